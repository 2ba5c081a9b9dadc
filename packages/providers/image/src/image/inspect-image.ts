import type { ImageDimensions, ImageFormat } from '../model/image-format.ts';
import { readIsoImage } from './iso-image.ts';
import { readJpeg } from './jpeg.ts';
import { readWebp } from './webp.ts';

/** What image bytes tell about themselves. */
export interface ImageFacts {
  readonly format: ImageFormat;
  readonly dimensions?: ImageDimensions;
  /** Whether pixels may be transparent. Absent: the header does not say. */
  readonly hasAlpha?: boolean;
}

/**
 * Reads format, size and transparency from the first bytes of a picture.
 *
 * @returns Undefined for bytes without a header that is known here.
 */
export function inspectImage(bytes: Uint8Array): ImageFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, '\u0089PNG\r\n\u001a\n')) return pngFacts(bytes, view);
  if (startsWith(bytes, '\u00ff\u00d8\u00ff')) return { format: 'jpg', ...readJpeg(view), hasAlpha: false };
  if (startsWith(bytes, 'GIF8')) return gifFacts(view);
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return { format: 'webp', ...readWebp(bytes, view) };
  if (startsWith(bytes, 'ftypavi', 4)) return { format: 'avif', ...readIsoImage(bytes, view) };
  return svgFacts(bytes);
}

/** Colour types 4 and 6 have an alpha channel; others may have a tRNS chunk, which is not looked for beyond the header. */
function pngFacts(bytes: Uint8Array, view: DataView): ImageFacts {
  if (bytes.byteLength < 26) return { format: 'png' };
  const colour = view.getUint8(25);
  return {
    format: 'png',
    dimensions: { width: view.getUint32(16), height: view.getUint32(20) },
    ...(colour === 4 || colour === 6 ? { hasAlpha: true } : colour === 3 ? {} : { hasAlpha: false }),
  };
}

function gifFacts(view: DataView): ImageFacts {
  if (view.byteLength < 10) return { format: 'gif' };
  return { format: 'gif', dimensions: { width: view.getUint16(6, true), height: view.getUint16(8, true) } };
}

/** The root element may come after a declaration and comments. */
function svgFacts(bytes: Uint8Array): ImageFacts | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, 4096));
  const root = /^\uFEFF?\s*(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*(<svg\b[^>]*>)/i.exec(text)?.[1];
  if (root === undefined) return undefined;
  const width = svgLength(root, 'width');
  const height = svgLength(root, 'height');
  return { format: 'svg', hasAlpha: true, ...(width && height ? { dimensions: { width, height } } : {}) };
}

function svgLength(root: string, name: string): number | undefined {
  const value = new RegExp(`\\s${name}\\s*=\\s*["']\\s*([0-9.]+)(?:px)?\\s*["']`).exec(root)?.[1];
  return value === undefined ? undefined : Number(value);
}

function startsWith(bytes: Uint8Array, mark: string, offset = 0): boolean {
  for (let index = 0; index < mark.length; index += 1) {
    if (bytes[offset + index] !== mark.charCodeAt(index)) return false;
  }
  return true;
}
