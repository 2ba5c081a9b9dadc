/** How image bytes are stored. Always describes the bytes that are there. Gains members over time: keep a default branch. */
export type ImageFormat = 'png' | 'jpg' | 'webp' | 'svg' | 'avif' | 'gif';

/** Size in pixels. */
export interface ImageDimensions {
  width: number;
  height: number;
}

const MEDIA_TYPES: Readonly<Record<ImageFormat, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  avif: 'image/avif',
  gif: 'image/gif',
};

/** Media type under which a format travels. */
export function mediaTypeOfImage(format: ImageFormat): string {
  return MEDIA_TYPES[format];
}

/** Format that a media type or a vendor's name for it names, such as `image/jpeg` or `jpeg`; undefined if not known. */
export function imageFormatOf(name: string): ImageFormat | undefined {
  const [bare = ''] = name
    .toLowerCase()
    .replace(/^image\//, '')
    .split(/[;+]/, 1);
  const short = bare.trim() === 'jpeg' ? 'jpg' : bare.trim();
  return FORMATS.find((format) => format === short);
}

const FORMATS = ['png', 'jpg', 'webp', 'svg', 'avif', 'gif'] as const satisfies readonly ImageFormat[];
