import { BoundedCache } from './bounded-cache.ts';
import { KeySetError } from './key-set-error.ts';

/** Published key sets, by address. */
export interface KeySets {
  /**
   * The document at an address, from memory where it is not older than `maxAgeMs`.
   *
   * @param request.refresh True: a key was not in it. It is fetched anew, unless it has just been.
   * @returns The parsed JSON; the same object as long as it was not fetched anew.
   * @throws {KeySetError} It cannot be had.
   */
  get(url: string, request: { readonly maxAgeMs: number; readonly refresh?: boolean }): Promise<object>;
}

export interface KeySetsOptions {
  /** Default `globalThis.fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Calls back after `ms` unless cancelled by what it returns. Default `setTimeout`. */
  readonly setTimer?: (callback: () => void, ms: number) => () => void;
  /** Time for one answer. Default 5,000. */
  readonly timeoutMs?: number;
  /** Default 262,144. */
  readonly maxBytes?: number;
  /** Addresses that are remembered. Default 128. */
  readonly maxSets?: number;
  /** Least time between two fetches that unknown keys ask for. Anyone can send an unknown key. Default 60,000. */
  readonly refreshIntervalMs?: number;
  /** Time after a failure in which the address is left alone. Default 5,000. */
  readonly failurePauseMs?: number;
}

interface Entry {
  document?: object;
  fetchedAt: number;
  failedAt: number;
  pending?: Promise<object>;
}

/**
 * Fetches key sets over HTTPS and remembers them. Simultaneous callers share one request; no redirect is followed; a set
 * that is too old is not used when a new one cannot be had.
 */
export function createKeySets(options: KeySetsOptions = {}): KeySets {
  const { now = Date.now, refreshIntervalMs = 60_000, failurePauseMs = 5000, maxSets = 128 } = options;
  const entries = new BoundedCache<string, Entry>(Math.max(1, Math.ceil(maxSets / 2)));
  return {
    async get(url, { maxAgeMs, refresh = false }) {
      let entry = entries.get(url);
      if (entry === undefined) {
        entry = { fetchedAt: Number.NEGATIVE_INFINITY, failedAt: Number.NEGATIVE_INFINITY };
        entries.set(url, entry);
      }
      const { document, pending } = entry;
      if (pending !== undefined) return pending;
      const ageMs = now() - entry.fetchedAt;
      if (document !== undefined && ageMs <= maxAgeMs && !(refresh && ageMs >= refreshIntervalMs)) return document;
      if (now() - entry.failedAt < failurePauseMs) {
        if (document !== undefined && ageMs <= maxAgeMs) return document;
        throw new KeySetError(`The key set at ${url} could not be fetched a moment ago; try again in a while`);
      }
      entry.pending = load(url, entry, now, options);
      return entry.pending;
    },
  };
}

async function load(url: string, entry: Entry, now: () => number, options: KeySetsOptions): Promise<object> {
  try {
    const document = await fetchJson(url, options);
    entry.document = document;
    entry.fetchedAt = now();
    return document;
  } catch (error) {
    entry.failedAt = now();
    throw error;
  } finally {
    delete entry.pending;
  }
}

async function fetchJson(url: string, options: KeySetsOptions): Promise<object> {
  const { timeoutMs = 5000, maxBytes = 262_144, setTimer = defaultTimer } = options;
  const send = options.fetch ?? ((address: string, init: RequestInit) => fetch(address, init));
  if (!url.startsWith('https://')) throw new KeySetError(`The key set at ${url} is not at an https address`);
  const controller = new AbortController();
  const cancel = setTimer(() => controller.abort(), timeoutMs);
  try {
    const timedOut = new Promise<never>((_, reject) => {
      controller.signal.addEventListener('abort', () =>
        reject(new KeySetError(`The key set at ${url} did not come within ${timeoutMs} ms`)),
      );
    });
    return await Promise.race([readJson(url, maxBytes, () => send(url, requestInit(controller.signal))), timedOut]);
  } catch (error) {
    if (error instanceof KeySetError) throw error;
    throw new KeySetError(`The key set at ${url} could not be fetched`, error);
  } finally {
    cancel();
  }
}

/** `manual`, since a redirect must not lead elsewhere and not every platform knows `error`. */
function requestInit(signal: AbortSignal): RequestInit {
  return { headers: { accept: 'application/json' }, redirect: 'manual', signal };
}

async function readJson(url: string, maxBytes: number, send: () => Promise<Response>): Promise<object> {
  const response = await send();
  if (response.status !== 200) {
    await response.body?.cancel().catch(() => undefined);
    throw new KeySetError(`The key set at ${url} was answered with status ${response.status}`);
  }
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (let chunk = await reader?.read(); chunk?.value !== undefined; chunk = await reader?.read()) {
    length += chunk.value.length;
    if (length > maxBytes) {
      await reader?.cancel();
      throw new KeySetError(`The key set at ${url} exceeds ${maxBytes} bytes`);
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  const document: unknown = JSON.parse(text + decoder.decode());
  if (typeof document !== 'object' || document === null)
    throw new KeySetError(`The key set at ${url} is no JSON object`);
  return document;
}

function defaultTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
