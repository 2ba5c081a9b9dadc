import type { ImageDimensions } from '../model/image-format.ts';

/** Size and transparency in a WebP's first chunk (RFC 9649). */
export function readWebp(bytes: Uint8Array, view: DataView): { dimensions?: ImageDimensions; hasAlpha?: boolean } {
  if (bytes.byteLength < 30) return {};
  switch (String.fromCharCode(...bytes.subarray(12, 16))) {
    case 'VP8X':
      return {
        dimensions: { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 },
        hasAlpha: (view.getUint8(20) & 0x10) !== 0,
      };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return {
        dimensions: { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 },
        hasAlpha: ((bits >> 28) & 1) === 1,
      };
    }
    case 'VP8 ':
      return {
        dimensions: { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff },
        hasAlpha: false,
      };
    default:
      return {};
  }
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}
