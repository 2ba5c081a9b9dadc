import type { AudioFormat } from './audio-format.ts';
import { readMpegFrame } from './mpeg-frame.ts';
import { rawDurationMs } from './sample-encoding.ts';
import { readWav } from './wav.ts';

/** What audio bytes tell about themselves. */
export interface AudioFacts {
  readonly format: AudioFormat;
  readonly sampleRateHz?: number;
  readonly channels?: number;
  /** Only where the bytes say so without being decoded. */
  readonly durationMs?: number;
}

const ADTS_RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350] as const;

/**
 * Reads format, rate and channels from the first bytes of an audio file.
 *
 * @returns Undefined for bytes without a header that is known here: raw audio, or no audio at all.
 */
export function inspectAudio(bytes: Uint8Array): AudioFacts | undefined {
  if (startsWith(bytes, 'RIFF')) return wavFacts(bytes);
  if (startsWith(bytes, 'fLaC')) return flacFacts(bytes);
  if (startsWith(bytes, 'OggS')) return oggFacts(bytes);
  if (startsWith(bytes, 'ID3')) return mp3Facts(bytes, id3Length(bytes)) ?? { format: 'mp3' };
  if (startsWith(bytes, '\u001aE\u00df\u00a3')) return { format: 'webm' };
  if (startsWith(bytes, 'ftyp', 4)) return { format: 'm4a' };
  return adtsFacts(bytes) ?? mp3Facts(bytes, 0);
}

/**
 * Whether bytes are of the format that is claimed. Raw audio has no mark of its own: it only must not carry the header
 * of another format.
 */
export function isAudioOfFormat(bytes: Uint8Array, format: AudioFormat): boolean {
  const facts = inspectAudio(bytes);
  if (format === 'pcm' || format === 'mulaw' || format === 'alaw') {
    // Two bytes of sound can look like the start of an MPEG frame; longer marks cannot be an accident.
    return facts === undefined || facts.format === 'mp3' || facts.format === 'aac';
  }
  return facts?.format === format || (format === 'ogg' && facts?.format === 'opus');
}

function wavFacts(bytes: Uint8Array): AudioFacts | undefined {
  const wav = readWav(bytes);
  if (wav === undefined) return startsWith(bytes, 'WAVE', 8) ? { format: 'wav' } : undefined;
  const { channels, sampleRateHz } = wav;
  return { format: 'wav', channels, sampleRateHz, durationMs: rawDurationMs(wav.dataLength, wav) };
}

function mp3Facts(bytes: Uint8Array, offset: number): AudioFacts | undefined {
  const frame = readMpegFrame(bytes, offset);
  return frame && { format: 'mp3', ...frame };
}

/** STREAMINFO (RFC 9639, section 8.2). */
function flacFacts(bytes: Uint8Array): AudioFacts {
  const [a = 0, b = 0, c = 0] = bytes.subarray(18, 21);
  const sampleRateHz = (a << 12) | (b << 4) | (c >> 4);
  if (sampleRateHz === 0) return { format: 'flac' };
  return { format: 'flac', sampleRateHz, channels: ((c >> 1) & 0x07) + 1 };
}

function oggFacts(bytes: Uint8Array): AudioFacts {
  const packet = 27 + (bytes[26] ?? 0);
  // Opus always plays at 48 kHz (RFC 7845, section 5.1); the header's own rate only tells what was recorded.
  if (startsWith(bytes, 'OpusHead', packet)) {
    return { format: 'opus', sampleRateHz: 48_000, channels: bytes[packet + 9] ?? 1 };
  }
  if (startsWith(bytes, '\u0001vorbis', packet) && bytes.byteLength >= packet + 16) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + packet);
    return { format: 'ogg', channels: view.getUint8(11), sampleRateHz: view.getUint32(12, true) };
  }
  return { format: 'ogg' };
}

function adtsFacts(bytes: Uint8Array): AudioFacts | undefined {
  const [sync = 0, flags = 0, profile = 0, channel = 0] = bytes;
  // Layer bits are zero in ADTS and never in MPEG audio.
  if (sync !== 0xff || (flags & 0xf6) !== 0xf0) return undefined;
  const sampleRateHz = ADTS_RATES[(profile >> 2) & 0x0f];
  const channels = ((profile & 0x01) << 2) | (channel >> 6);
  if (sampleRateHz === undefined) return undefined;
  return { format: 'aac', sampleRateHz, ...(channels === 0 ? {} : { channels }) };
}

/** An ID3v2 tag stands before the first frame; its size has seven bits to the byte. */
function id3Length(bytes: Uint8Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  return 10 + ((a << 21) | (b << 14) | (c << 7) | d);
}

function startsWith(bytes: Uint8Array, mark: string, offset = 0): boolean {
  for (let index = 0; index < mark.length; index += 1) {
    if (bytes[offset + index] !== mark.charCodeAt(index)) return false;
  }
  return true;
}
