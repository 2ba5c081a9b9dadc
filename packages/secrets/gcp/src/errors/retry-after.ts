import { readInt64 } from '../payload/read-int64.ts';
import { read } from './read-property.ts';

const HOUR_MS = 3_600_000;

/**
 * How long the service asks to wait: `google.rpc.RetryInfo` among the details of the error, in whichever shape the
 * transport leaves it, else a `retry-after` header in seconds. Between 0 and an hour.
 */
export function readRetryAfterMs(error: unknown): number | undefined {
  const details = read(error, 'statusDetails');
  if (Array.isArray(details)) {
    for (const detail of details) {
      const waitMs = readDurationMs(read(detail, 'retryDelay'));
      if (waitMs !== undefined) return clamp(waitMs);
    }
  }
  const header =
    readHeader(read(error, 'metadata')) ?? readHeader(read(read(read(error, 'cause'), 'response'), 'headers'));
  return header === undefined ? undefined : clamp(header * 1000);
}

/** A protobuf duration: `{ seconds, nanos }` with numbers, texts or `Long`s, or JSON's `"1.5s"`. */
function readDurationMs(duration: unknown): number | undefined {
  if (typeof duration === 'string') {
    const seconds = /^([0-9]{1,9}(?:\.[0-9]{1,9})?)s$/.exec(duration)?.[1];
    return seconds === undefined ? undefined : Number(seconds) * 1000;
  }
  if (typeof duration !== 'object' || duration === null) return undefined;
  const seconds = Number(readInt64(read(duration, 'seconds') ?? 0));
  const nanos = Number(readInt64(read(duration, 'nanos') ?? 0));
  const waitMs = seconds * 1000 + nanos / 1e6;
  return Number.isFinite(waitMs) ? waitMs : undefined;
}

/** Of `Headers` and of gRPC's `Metadata` alike. */
function readHeader(headers: unknown): number | undefined {
  const get = read(headers, 'get');
  if (typeof get !== 'function') return undefined;
  try {
    const found: unknown = Reflect.apply(get, headers, ['retry-after']);
    const text = String(Array.isArray(found) ? found[0] : found);
    return /^[0-9]{1,6}$/.test(text) ? Number(text) : undefined;
  } catch {
    return undefined;
  }
}

function clamp(waitMs: number): number {
  return Math.min(HOUR_MS, Math.max(0, Math.round(waitMs)));
}
