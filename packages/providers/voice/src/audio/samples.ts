import type { AudioEncoding } from './audio-format.ts';
import { fromAlaw, fromMulaw, toAlaw, toMulaw } from './companding.ts';
import { bytesPerSample } from './sample-encoding.ts';

/** Stored samples as numbers from -1 to below 1, channels interleaved. A last sample that is cut off is left out. */
export function decodeSamples(bytes: Uint8Array, encoding: AudioEncoding): Float32Array {
  const width = bytesPerSample(encoding);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Float32Array(Math.floor(bytes.byteLength / width));
  for (let index = 0; index < samples.length; index += 1) samples[index] = readSample(view, index * width, encoding);
  return samples;
}

/** Numbers from -1 to 1 as stored samples; what lies outside is clipped. */
export function encodeSamples(samples: ArrayLike<number>, encoding: AudioEncoding): Uint8Array {
  const width = bytesPerSample(encoding);
  const bytes = new Uint8Array(samples.length * width);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < samples.length; index += 1) {
    writeSample(view, index * width, Math.min(Math.max(samples[index] ?? 0, -1), 1), encoding);
  }
  return bytes;
}

function readSample(view: DataView, offset: number, encoding: AudioEncoding): number {
  switch (encoding) {
    case 'pcm_s16le':
      return view.getInt16(offset, true) / 0x8000;
    case 'pcm_s24le':
      return (view.getUint16(offset, true) + view.getInt8(offset + 2) * 0x10000) / 0x800000;
    case 'pcm_s32le':
      return view.getInt32(offset, true) / 0x80000000;
    case 'pcm_f32le':
      return view.getFloat32(offset, true);
    case 'mulaw':
      return fromMulaw(view.getUint8(offset)) / 0x8000;
    default:
      return fromAlaw(view.getUint8(offset)) / 0x8000;
  }
}

function writeSample(view: DataView, offset: number, value: number, encoding: AudioEncoding): void {
  switch (encoding) {
    case 'pcm_s16le':
      view.setInt16(offset, Math.min(Math.round(value * 0x8000), 0x7fff), true);
      break;
    case 'pcm_s24le': {
      const whole = Math.min(Math.round(value * 0x800000), 0x7fffff);
      view.setUint16(offset, whole & 0xffff, true);
      view.setInt8(offset + 2, whole >> 16);
      break;
    }
    case 'pcm_s32le':
      view.setInt32(offset, Math.min(Math.round(value * 0x80000000), 0x7fffffff), true);
      break;
    case 'pcm_f32le':
      view.setFloat32(offset, value, true);
      break;
    case 'mulaw':
      view.setUint8(offset, toMulaw(Math.min(Math.round(value * 0x8000), 0x7fff)));
      break;
    default:
      view.setUint8(offset, toAlaw(Math.min(Math.round(value * 0x8000), 0x7fff)));
      break;
  }
}
