import type { VideoCodec } from '../../render/render-config.ts';

export interface Mp4Facts {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly frameCount: number;
  readonly codec: VideoCodec;
}

const FOURCC: Readonly<Record<VideoCodec, string>> = {
  h264: 'avc1',
  h265: 'hvc1',
  vp8: 'vp08',
  vp9: 'vp09',
  av1: 'av01',
  prores: 'apcn',
};
const TIMESCALE = 90_000;

/** The index of an MP4 file for so many frames, with one byte for each in place of its picture. Enough to be probed. */
export function writeMp4({ width, height, fps, frameCount, codec }: Mp4Facts): Uint8Array<ArrayBuffer> {
  const duration = Math.round((frameCount / fps) * TIMESCALE);
  const entry = [...zeros(24), ...u16(width), ...u16(height), ...zeros(50)];
  const description = box('stsd', [...u32(0), ...u32(1), ...box(FOURCC[codec], entry)]);
  const times = box('stts', [...u32(0), ...u32(1), ...u32(frameCount), ...u32(Math.round(duration / frameCount))]);
  const media = box('mdia', [
    ...box('mdhd', [...u32(0), ...u32(0), ...u32(0), ...u32(TIMESCALE), ...u32(duration), ...u32(0)]),
    ...box('hdlr', [...u32(0), ...u32(0), ...text('vide'), ...zeros(13)]),
    ...box('minf', box('stbl', [...description, ...times])),
  ]);
  return Uint8Array.from([
    ...box('ftyp', [...text('isom'), ...u32(0), ...text('isom')]),
    ...box('moov', box('trak', media)),
    ...box('mdat', zeros(frameCount)),
  ]);
}

function box(type: string, content: readonly number[]): number[] {
  return [...u32(content.length + 8), ...text(type), ...content];
}

function u32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

function u16(value: number): number[] {
  return [value >>> 8, value & 0xff];
}

function text(value: string): number[] {
  return [...new TextEncoder().encode(value)];
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}
