const RATES = [44_100, 48_000, 32_000] as const;

/** Rate and channels in the header of an MPEG audio frame; undefined where none begins at the offset. */
export function readMpegFrame(
  bytes: Uint8Array,
  offset: number,
): { readonly sampleRateHz: number; readonly channels: 1 | 2 } | undefined {
  const [sync = 0, kind = 0, rates = 0, mode = 0] = bytes.subarray(offset, offset + 4);
  if (sync !== 0xff || (kind & 0xe0) !== 0xe0) return undefined;
  const version = (kind >> 3) & 0x03;
  const layer = (kind >> 1) & 0x03;
  const bitrate = rates >> 4;
  const base = RATES[(rates >> 2) & 0x03];
  if (version === 1 || layer === 0 || bitrate === 0x0f || base === undefined) return undefined;
  // MPEG 1 has the rate itself, MPEG 2 a half of it, MPEG 2.5 a quarter.
  const divisor = version === 3 ? 1 : version === 2 ? 2 : 4;
  return { sampleRateHz: base / divisor, channels: mode >> 6 === 3 ? 1 : 2 };
}
