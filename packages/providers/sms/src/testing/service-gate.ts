import { type CallOptions, classifyHttpStatus, IntegrationError, type Sleep } from '@mortise/core';
import { type CallScope, openCallScope } from '../call/call-scope.ts';

/** What a service does wrong on request. */
export type ServiceFault =
  /** It takes the request and never answers. */
  | { readonly type: 'hang' }
  | { readonly type: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** It does what was asked, and the answer is lost on the way. */
  | { readonly type: 'lost-answer' }
  /** It answers with a success status and an error in the body. */
  | { readonly type: 'error-body'; readonly code: string };

/** What was done under each idempotency key by one method. */
export type Memory<Result> = Map<string, { readonly fingerprint: string; readonly result: Promise<Result> }>;

/** One call, as it comes to the gate. */
export interface GateCall<Result> {
  readonly options: CallOptions;
  /** What would be done twice by mistake. Absent: the call only reads. */
  readonly writes?: { readonly body: unknown; readonly memory: Memory<Result> };
}

export interface ServiceGateOptions {
  /** Stands for the credential that a real provider would send. */
  readonly credential: string;
  /** Waits for time limits. */
  readonly sleep: Sleep;
}

/** Where the calls of an in-memory provider enter its service: counts them, ends them, fails them, and drops repeats. */
export class ServiceGate {
  readonly #options: ServiceGateOptions;
  readonly #closing = new AbortController();
  readonly #faults: ServiceFault[] = [];
  readonly #credentials: string[] = [];
  #open = 0;

  constructor(options: ServiceGateOptions) {
    this.#options = options;
  }

  /** The credential of each request so far. */
  get credentials(): readonly string[] {
    return this.#credentials;
  }

  /** Requests whose answer is still under way. */
  get open(): number {
    return this.#open;
  }

  /** The next request fails this way; several wait in line. */
  failNext(fault: ServiceFault): void {
    this.#faults.push(fault);
  }

  close(): void {
    this.#closing.abort();
  }

  /** Lets a call in, unless it is ended, and gives what came of it. */
  async pass<Result>({ options, writes }: GateCall<Result>, effect: () => Result | Promise<Result>): Promise<Result> {
    const scope = this.#openScope(options);
    this.#credentials.push(this.#options.credential);
    this.#open += 1;
    try {
      return await scope.race(this.#answer(scope, writes === undefined ? { options } : { options, writes }, effect));
    } catch (error) {
      throw scope.explain(error);
    } finally {
      this.#open -= 1;
      scope.close();
    }
  }

  async #answer<Result>(
    scope: CallScope,
    { options, writes }: GateCall<Result>,
    effect: () => Result | Promise<Result>,
  ): Promise<Result> {
    // A request is never answered in the turn in which it was sent.
    await Promise.resolve();
    const fault = this.#faults.shift();
    if (fault?.type === 'hang') return untilEnded(scope);
    if (fault?.type === 'status') throw statusError(fault.status, fault.headers);
    if (fault?.type === 'error-body') {
      const message = `The service refused the request: ${fault.code}`;
      throw new IntegrationError({ code: 'provider_error', providerCode: fault.code, message });
    }
    const { idempotencyKey } = options;
    const isOnce = idempotencyKey !== undefined && writes !== undefined;
    const result = await (isOnce ? once(idempotencyKey, writes, effect) : effect());
    if (fault?.type === 'lost-answer') throw lostAnswer(writes !== undefined && idempotencyKey === undefined);
    return result;
  }

  #openScope(options: CallOptions): CallScope {
    if (this.#closing.signal.aborted) {
      throw new IntegrationError({ code: 'invalid_request', message: 'The provider is closed; create another' });
    }
    const { signal } = options;
    const either = signal === undefined ? this.#closing.signal : AbortSignal.any([signal, this.#closing.signal]);
    return openCallScope({ ...options, signal: either }, this.#options.sleep);
  }
}

/** The effect, or what came of it before under the same key. */
async function once<Result>(
  key: string,
  { body, memory }: NonNullable<GateCall<Result>['writes']>,
  effect: () => Result | Promise<Result>,
): Promise<Result> {
  const fingerprint = JSON.stringify(body);
  const known = memory.get(key);
  if (known !== undefined) {
    if (known.fingerprint === fingerprint) return known.result;
    const message = 'idempotencyKey: was used before for another request; take a new key';
    throw new IntegrationError({ code: 'conflict', field: 'idempotencyKey', message });
  }
  const result = (async () => effect())();
  memory.set(key, { fingerprint, result });
  // What failed may be tried again under its key.
  result.catch(() => memory.delete(key));
  return result;
}

function statusError(status: number, headers: Readonly<Record<string, string>> = {}): IntegrationError {
  const failure = classifyHttpStatus(status, headers) ?? { code: 'provider_error', retry: 'never' };
  return new IntegrationError({ ...failure, httpStatus: status, message: `The service failed with status ${status}` });
}

function lostAnswer(isDoubtful: boolean): IntegrationError {
  return isDoubtful
    ? new IntegrationError({
        code: 'outcome_unknown',
        message: 'The connection broke before the answer came: what was asked may have been done',
      })
    : new IntegrationError({ code: 'unavailable', retry: 'transient', message: 'The connection broke' });
}

/** Never resolves: a service that hangs is left only by ending the call. */
function untilEnded({ signal }: CallScope): Promise<never> {
  return new Promise((_resolve, reject) => {
    const onAbort = (): void => reject(new IntegrationError({ code: 'aborted', message: 'The call was ended' }));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
