import type { ImageDimensions } from '../model/image-format.ts';

/** Size in an AVIF's `ispe` property, the largest where there are several (a thumbnail has its own). */
export function readIsoImage(bytes: Uint8Array, view: DataView): { dimensions?: ImageDimensions } {
  let largest: ImageDimensions | undefined;
  for (let at = 0; at + 16 <= Math.min(bytes.byteLength, 4096); at += 1) {
    if (view.getUint32(at) !== ISPE) continue;
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (largest === undefined || found.width * found.height > largest.width * largest.height) largest = found;
  }
  return largest === undefined ? {} : { dimensions: largest };
}

/** `ispe` as a big-endian number. */
const ISPE = 0x69737065;
