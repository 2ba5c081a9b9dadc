import type { ImageDimensions } from '../model/image-format.ts';

/** Size in a JPEG's frame header, or nothing where none is found. */
export function readJpeg(view: DataView): { dimensions?: ImageDimensions } {
  let offset = 2;
  while (offset + 9 <= view.byteLength) {
    if (view.getUint8(offset) !== 0xff) return {};
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      // Fill bytes may stand before a marker.
      offset += 1;
      continue;
    }
    // SOF0 to SOF15, but for the tables and the extension that have numbers among them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { dimensions: { height: view.getUint16(offset + 5), width: view.getUint16(offset + 7) } };
    }
    const length = view.getUint16(offset + 2);
    if (length < 2) return {};
    offset += 2 + length;
  }
  return {};
}
