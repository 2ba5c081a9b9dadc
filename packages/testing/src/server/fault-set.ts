import type { Fault } from '../faults/fault.ts';

/** The faults of one request, each kind at its place in the answer. */
export interface FaultSet {
  readonly delayMs: number;
  readonly isHanging: boolean;
  /** Stands in for the handler's answer. */
  readonly replacement: Response | undefined;
  /** Undefined: no reset. Minus one: before anything is sent. */
  readonly resetAfterBytes: number | undefined;
  readonly truncateAfterBytes: number | undefined;
  readonly splitAt: readonly number[];
  readonly gapMs: number;
}

export function collectFaults(faults: readonly Fault[]): FaultSet {
  const set: { -readonly [Key in keyof FaultSet]: FaultSet[Key] } = {
    delayMs: 0,
    isHanging: false,
    replacement: undefined,
    resetAfterBytes: undefined,
    truncateAfterBytes: undefined,
    splitAt: [],
    gapMs: 5,
  };
  for (const fault of faults) {
    switch (fault.kind) {
      case 'latency':
        set.delayMs += fault.delayMs;
        break;
      case 'hang':
        set.isHanging = true;
        break;
      case 'status':
        set.replacement = statusResponse(fault.status, fault.headers, fault.body);
        break;
      case 'malformed':
        set.replacement = fault.as === 'html' ? htmlResponse() : brokenJsonResponse();
        break;
      case 'reset':
        set.resetAfterBytes = fault.afterBytes ?? -1;
        break;
      case 'truncate':
        set.truncateAfterBytes = fault.afterBytes;
        break;
      case 'split':
        set.splitAt = [...set.splitAt, ...fault.at].sort((one, other) => one - other);
        set.gapMs = fault.gapMs ?? set.gapMs;
        break;
    }
  }
  return set;
}

function statusResponse(
  status: number,
  headers: Readonly<Record<string, string>> | undefined,
  body: string | undefined,
): Response {
  const mayHaveBody = status !== 204 && status !== 205 && status !== 304;
  const text = body ?? JSON.stringify({ error: { message: `Injected status ${status}`, code: status } });
  return new Response(mayHaveBody ? text : null, {
    status,
    headers: { ...(mayHaveBody ? { 'content-type': 'application/json' } : {}), ...headers },
  });
}

function brokenJsonResponse(): Response {
  return new Response('{"id":"cut-off","choices":[{"index":0,"message":{"role":"assi', {
    headers: { 'content-type': 'application/json' },
  });
}

function htmlResponse(): Response {
  return new Response('<!doctype html><html><body><h1>Please sign in to this network</h1></body></html>', {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
}
