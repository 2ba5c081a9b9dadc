import { IntegrationError } from '@mortise/core';
import type { StorageUploadData } from '../../model/object-body.ts';

/**
 * All bytes of an upload, as a copy. A stream is read to its end, or left where the signal aborts.
 *
 * @param onProgress Told after each piece how many bytes came so far.
 */
export async function readUpload(
  data: StorageUploadData,
  signal: AbortSignal,
  onProgress: (bytesSent: number) => void = () => undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  if (isStream(data)) return readPieces(data, signal, onProgress);
  const bytes =
    typeof data === 'string'
      ? new TextEncoder().encode(data)
      : new Uint8Array(data instanceof Blob ? await data.arrayBuffer() : data).slice();
  signal.throwIfAborted();
  onProgress(bytes.length);
  return bytes;
}

function isStream(data: StorageUploadData): data is AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> {
  return typeof data === 'object' && (data instanceof ReadableStream || Symbol.asyncIterator in data);
}

async function readPieces(
  source: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
  signal: AbortSignal,
  onProgress: (bytesSent: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const piece of untilAborted(source, signal)) {
    pieces.push(new Uint8Array(piece));
    length += piece.length;
    onProgress(length);
  }
  return joined(pieces, length);
}

/** The pieces, until the signal aborts; the source is told to stop then, though it may be waiting. */
async function* untilAborted(
  source: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const pieces = source[Symbol.asyncIterator]();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  // Nobody may be waiting when it comes.
  aborted.catch(() => undefined);
  let isDone = false;
  try {
    while (!isDone) {
      signal.throwIfAborted();
      const next = await Promise.race([pieces.next(), aborted]);
      if (next.done === true) isDone = true;
      else yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // Not waited for: a source that hangs would keep the call from ending.
    if (!isDone) void pieces.return?.()?.then(undefined, () => undefined);
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Content piece by piece. Can be read once. */
export function streamOf(bytes: Uint8Array, pieceBytes: number): AsyncIterable<Uint8Array> {
  let isTaken = false;
  return {
    [Symbol.asyncIterator]() {
      if (isTaken) {
        throw new IntegrationError({
          code: 'invalid_request',
          message: 'This content was read already; get the object again for another pass',
        });
      }
      isTaken = true;
      return inPieces(bytes, pieceBytes);
    },
  };
}

async function* inPieces(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array, void> {
  for (let start = 0; start < bytes.length; start += pieceBytes) yield bytes.slice(start, start + pieceBytes);
}
