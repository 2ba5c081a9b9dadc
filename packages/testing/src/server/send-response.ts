import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultSet } from './fault-set.ts';

/** Set anew for this connection, or by this server. */
const HOP_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding']);

/** Gives the network time to deliver what was written before a reset, which would discard it. */
const RESET_GRACE_MS = 20;

/**
 * Puts the answer on the wire with its faults. Event streams and newline-delimited JSON go out as they come; all else
 * has a Content-Length, as real APIs send it, so that a client can tell a cut from an end.
 */
export async function sendResponse(
  response: Response,
  out: ServerResponse,
  faults: FaultSet,
  signal: AbortSignal,
): Promise<void> {
  const headers: [string, string][] = [...response.headers].filter(([name]) => !HOP_HEADERS.has(name));
  const isStreamed = /event-stream|ndjson/u.test(response.headers.get('content-type') ?? '');
  const whole = isStreamed ? undefined : new Uint8Array(await response.arrayBuffer());
  if (whole !== undefined && response.status !== 204 && response.status !== 304) {
    headers.push(['content-length', String(whole.length)]);
  }
  out.socket?.setNoDelay(true);
  out.writeHead(response.status, headers.flat());
  out.flushHeaders();

  const limit = Math.min(faults.resetAfterBytes ?? Infinity, faults.truncateAfterBytes ?? Infinity);
  const chunks = whole === undefined ? streamOf(response) : [whole];
  let sent = 0;
  for await (const chunk of chunks) {
    for (const piece of cutAt(chunk.subarray(0, Math.max(0, limit - sent)), faults.splitAt, sent)) {
      if (sent > 0 && faults.splitAt.includes(sent)) await sleep(faults.gapMs, undefined, { signal });
      if (!(await write(out, piece))) return;
      sent += piece.length;
    }
    if (sent >= limit) break;
  }
  if (limit === Infinity) {
    out.end();
  } else if (faults.resetAfterBytes === limit) {
    await sleep(RESET_GRACE_MS, undefined, { signal });
    out.socket?.resetAndDestroy();
  } else {
    out.socket?.end();
  }
}

async function* streamOf(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  yield* response.body;
}

function* cutAt(chunk: Uint8Array, positions: readonly number[], offset: number): Generator<Uint8Array> {
  let start = 0;
  for (const position of positions) {
    const end = position - offset;
    if (end <= start || end >= chunk.length) continue;
    yield chunk.subarray(start, end);
    start = end;
  }
  if (start < chunk.length) yield chunk.subarray(start);
}

/** Resolves when the operating system took the bytes; false when the connection is gone. */
function write(out: ServerResponse, bytes: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    if (out.destroyed) {
      resolve(false);
      return;
    }
    out.write(bytes, (error) => resolve(error === undefined || error === null));
  });
}
