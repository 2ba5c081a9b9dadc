/** Frame of 1920 x 1080 pixels. */
export interface VideoFormatLandscape {
  type: 'landscape';
  width: 1920;
  height: 1080;
}

/** Frame of 1080 x 1920 pixels. */
export interface VideoFormatPortrait {
  type: 'portrait';
  width: 1080;
  height: 1920;
}

/** Frame of 1080 x 1080 pixels. */
export interface VideoFormatSquare {
  type: 'square';
  width: 1080;
  height: 1080;
}

/** A frame of any size, in pixels. */
export interface VideoFormatCustom {
  type: 'custom';
  width: number;
  height: number;
}

/** Shape of the frame. */
export type VideoFormat = VideoFormatLandscape | VideoFormatPortrait | VideoFormatSquare | VideoFormatCustom;

/** The shapes that have a name. */
export const VIDEO_FORMATS = Object.freeze({
  landscape: Object.freeze({ type: 'landscape', width: 1920, height: 1080 }),
  portrait: Object.freeze({ type: 'portrait', width: 1080, height: 1920 }),
  square: Object.freeze({ type: 'square', width: 1080, height: 1080 }),
} as const);
