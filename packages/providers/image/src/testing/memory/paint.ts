import type { ImageDimensions } from '../../model/image-format.ts';
import type { Pixels } from './png.ts';

/** A picture that depends on prompt and seed, and on nothing else: stripes in two colours. */
export function paint(
  prompt: string,
  seed: number,
  { width, height }: ImageDimensions,
  isTransparent: boolean,
): Pixels {
  const hash = hashOf(`${seed}:${prompt}`);
  const colours = [hash & 0xffffff, (hash >>> 8) ^ 0x5a5a5a] as const;
  const stripe = 1 + (hash % 16);
  const rgba = new Uint8Array(width * height * 4);
  for (let index = 0; index < width * height; index += 1) {
    const isFirst = Math.floor((index % width) / stripe) % 2 === 0;
    const colour = isFirst ? colours[0] : colours[1];
    rgba.set(
      [colour & 0xff, (colour >> 8) & 0xff, (colour >> 16) & 0xff, isTransparent && !isFirst ? 0 : 255],
      index * 4,
    );
  }
  return { width, height, rgba };
}

/** Each pixel as a square of pixels. */
export function enlarge({ width, height, rgba }: Pixels, scale: number): Pixels {
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const bigger = new Uint8Array(size.width * size.height * 4);
  for (let index = 0; index < size.width * size.height; index += 1) {
    const x = Math.min(Math.floor((index % size.width) / scale), width - 1);
    const y = Math.min(Math.floor(Math.floor(index / size.width) / scale), height - 1);
    const from = (y * width + x) * 4;
    bigger.set(rgba.subarray(from, from + 4), index * 4);
  }
  return { ...size, rgba: bigger };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
