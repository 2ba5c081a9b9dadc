import { AsyncLocalStorage } from 'node:async_hooks';
import type { ApiProblem } from '../errors/api-problem.ts';

/** One call of the API, as our HTTP client saw it. The SDK neither takes a signal nor keeps the headers of an answer. */
export interface Exchange {
  readonly signal: AbortSignal;
  /** Whether the request may have reached the service. */
  isSent: boolean;
  /** HTTP status of the last answer that came in whole. */
  status?: number;
  /** What an answer that is not a success says. */
  problem?: ApiProblem;
  /** UUID under which the service logs the request. */
  requestId?: string;
}

/** Tells our HTTP client, which the SDK calls, for which call it works. */
export const exchanges: AsyncLocalStorage<Exchange> = new AsyncLocalStorage();
