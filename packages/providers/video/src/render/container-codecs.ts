import type { VideoCodec, VideoOutputFormat } from './render-config.ts';

/** Codecs that a container holds. A GIF has its own way to store pictures, so that a codec has no say in it. */
const CODECS: Readonly<Record<VideoOutputFormat, readonly VideoCodec[]>> = {
  mp4: ['h264', 'h265', 'av1'],
  webm: ['vp8', 'vp9', 'av1'],
  gif: [],
};

/** Whether the container can hold pictures of the codec. */
export function containerTakesCodec(format: VideoOutputFormat, codec: VideoCodec | undefined): boolean {
  return codec === undefined || CODECS[format].includes(codec);
}
