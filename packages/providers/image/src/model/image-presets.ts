import type { ImageDimensions } from './image-format.ts';

/** Sizes that pages and networks ask for, in pixels. */
export const IMAGE_PRESETS = Object.freeze({
  ogImage: Object.freeze({ width: 1200, height: 630 }),
  twitterCard: Object.freeze({ width: 1200, height: 675 }),
  instagramSquare: Object.freeze({ width: 1080, height: 1080 }),
  instagramStory: Object.freeze({ width: 1080, height: 1920 }),
  blogHero: Object.freeze({ width: 1920, height: 1080 }),
  thumbnail: Object.freeze({ width: 640, height: 360 }),
  favicon: Object.freeze({ width: 512, height: 512 }),
  emailHeader: Object.freeze({ width: 600, height: 200 }),
  illustration: Object.freeze({ width: 1024, height: 1024 }),
}) satisfies Readonly<Record<string, Readonly<ImageDimensions>>>;
