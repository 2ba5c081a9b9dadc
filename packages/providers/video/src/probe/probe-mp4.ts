import type { VideoCodec } from '../render/render-config.ts';
import { type Box, boxesIn, findBox } from './iso-boxes.ts';

/** What a video file says of itself. */
export interface VideoFacts {
  readonly durationSeconds: number;
  readonly width: number;
  readonly height: number;
  readonly frameCount: number;
  readonly fps: number;
  /** Absent: one that is not known here. */
  readonly codec?: VideoCodec;
}

const CODECS: ReadonlyMap<string, VideoCodec> = new Map<string, VideoCodec>([
  ['avc1', 'h264'],
  ['avc3', 'h264'],
  ['hvc1', 'h265'],
  ['hev1', 'h265'],
  ['vp09', 'vp9'],
  ['vp08', 'vp8'],
  ['av01', 'av1'],
  ['apch', 'prores'],
  ['apcn', 'prores'],
  ['ap4h', 'prores'],
]);

/**
 * Reads length, size, frames and codec of the first video track from the index of an MP4 file (ISO/IEC 14496-12).
 *
 * @returns Undefined for bytes that are no MP4 file, have no video track, or keep their frames in fragments.
 */
export function probeMp4(bytes: Uint8Array): VideoFacts | undefined {
  const movie = findBox(boxesIn(bytes), ['moov']);
  for (const track of movie === undefined ? [] : boxesIn(movie.content).filter(({ type }) => type === 'trak')) {
    const facts = factsOf(track);
    if (facts !== undefined) return facts;
  }
  return undefined;
}

function factsOf({ content }: Box): VideoFacts | undefined {
  const boxes = boxesIn(content);
  const handler = findBox(boxes, ['mdia', 'hdlr'])?.content;
  const media = findBox(boxes, ['mdia', 'mdhd'])?.view;
  const description = findBox(boxes, ['mdia', 'minf', 'stbl', 'stsd']);
  const times = findBox(boxes, ['mdia', 'minf', 'stbl', 'stts'])?.view;
  if (handler === undefined || media === undefined || description === undefined || times === undefined)
    return undefined;
  if (String.fromCharCode(...handler.subarray(8, 12)) !== 'vide' || description.content.byteLength < 44)
    return undefined;
  const time = readMediaHeader(media);
  const frameCount = countSamples(times);
  if (time === undefined || frameCount === 0 || time.duration === 0) return undefined;
  const durationSeconds = time.duration / time.timescale;
  const codec = CODECS.get(String.fromCharCode(...description.content.subarray(12, 16)));
  return {
    durationSeconds,
    width: description.view.getUint16(40),
    height: description.view.getUint16(42),
    frameCount,
    fps: frameCount / durationSeconds,
    ...(codec === undefined ? {} : { codec }),
  };
}

/** Version 1 has times of 64 bits. */
function readMediaHeader(view: DataView): { readonly timescale: number; readonly duration: number } | undefined {
  const isLong = view.byteLength > 0 && view.getUint8(0) === 1;
  if (view.byteLength < (isLong ? 32 : 20)) return undefined;
  const timescale = view.getUint32(isLong ? 20 : 12);
  const duration = isLong ? Number(view.getBigUint64(24)) : view.getUint32(16);
  return timescale === 0 ? undefined : { timescale, duration };
}

function countSamples(view: DataView): number {
  let count = 0;
  for (let offset = 8; offset + 8 <= view.byteLength; offset += 8) count += view.getUint32(offset);
  return count;
}
