/**
 * How audio bytes are stored. It always describes the bytes that are there, never the ones that were asked for.
 * Gains members over time: keep a default branch.
 *
 * - `pcm`, `mulaw`, `alaw`: bare samples without a header; rate and channels must be told beside them;
 * - `wav`: samples behind a RIFF header;
 * - `opus`: Opus in an Ogg stream; `ogg`: an Ogg stream of any codec;
 * - `aac`: ADTS frames; `m4a`: AAC in an MP4 file.
 */
export type AudioFormat = 'mp3' | 'wav' | 'ogg' | 'pcm' | 'opus' | 'aac' | 'flac' | 'mulaw' | 'alaw' | 'webm' | 'm4a';

/** How one sample is stored: integers or floats in little-endian order, or companded to 8 bits (ITU-T G.711). */
export type AudioEncoding = 'pcm_s16le' | 'pcm_s24le' | 'pcm_s32le' | 'pcm_f32le' | 'mulaw' | 'alaw';

const MEDIA_TYPES: Readonly<Record<AudioFormat, string>> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  pcm: 'audio/pcm',
  opus: 'audio/ogg',
  aac: 'audio/aac',
  flac: 'audio/flac',
  mulaw: 'audio/basic',
  alaw: 'audio/x-alaw-basic',
  webm: 'audio/webm',
  m4a: 'audio/mp4',
};

const FORMATS: ReadonlyMap<string, AudioFormat> = new Map<string, AudioFormat>([
  ['audio/mpeg', 'mp3'],
  ['audio/mp3', 'mp3'],
  ['audio/wav', 'wav'],
  ['audio/x-wav', 'wav'],
  ['audio/wave', 'wav'],
  ['audio/vnd.wave', 'wav'],
  ['audio/ogg', 'ogg'],
  ['application/ogg', 'ogg'],
  ['audio/opus', 'opus'],
  ['audio/pcm', 'pcm'],
  ['audio/l16', 'pcm'],
  ['audio/aac', 'aac'],
  ['audio/flac', 'flac'],
  ['audio/x-flac', 'flac'],
  ['audio/basic', 'mulaw'],
  ['audio/pcmu', 'mulaw'],
  ['audio/x-alaw-basic', 'alaw'],
  ['audio/pcma', 'alaw'],
  ['audio/webm', 'webm'],
  ['video/webm', 'webm'],
  ['audio/mp4', 'm4a'],
  ['audio/m4a', 'm4a'],
  ['audio/x-m4a', 'm4a'],
  ['video/mp4', 'm4a'],
]);

/** Media type under which a format travels, such as `audio/mpeg`. */
export function mediaTypeOfAudio(format: AudioFormat): string {
  return MEDIA_TYPES[format];
}

/** Format that a media type names, parameters ignored; undefined for one that is not known. */
export function audioFormatOfMediaType(mediaType: string): AudioFormat | undefined {
  return FORMATS.get(mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '');
}

/** Whether bytes of the format are bare samples, which nobody can read without being told their rate. */
export function isRawAudio(format: AudioFormat): format is 'pcm' | 'mulaw' | 'alaw' {
  return format === 'pcm' || format === 'mulaw' || format === 'alaw';
}
