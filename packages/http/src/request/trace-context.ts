import type { HeaderSet } from './header-set.ts';

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const TRACESTATE = /^[\x20-\x7e]{1,512}$/;

/**
 * Passes a trace context on. A `traceparent` that is not well-formed is left out with its `tracestate`, as the standard
 * asks; a `tracestate` that is too long is left out alone.
 *
 * @see https://www.w3.org/TR/trace-context/
 */
export function addTraceContext(
  headers: HeaderSet,
  traceparent: string | undefined,
  tracestate: string | undefined,
): void {
  if (traceparent === undefined || !TRACEPARENT.test(traceparent)) return;
  headers['traceparent'] = traceparent;
  if (tracestate !== undefined && TRACESTATE.test(tracestate)) headers['tracestate'] = tracestate;
}
