import { corruptAnswer } from '../faults/corrupt-answer.ts';
import type { FaultQueue, GcpFault, StruckFault } from '../faults/gcp-fault.ts';
import type { OpenCall } from '../recorded-call.ts';
import { errorInfo, retryInfo, RpcError } from '../service/rpc-error.ts';
import type { SecretManagerService } from '../service/secret-manager-service.ts';

/** What both transports share: the service, the faults to come and the calls on record. */
export interface CallHandlerOptions {
  readonly service: SecretManagerService;
  readonly faults: FaultQueue;
  readonly calls: OpenCall[];
  /** A bearer token that REST calls have to carry. Absent: any or none will do. */
  readonly accessToken: string | undefined;
}

/** What a call is answered with, before its transport puts it on the wire. */
export type Answer =
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  | { readonly kind: 'error'; readonly error: RpcError }
  | { readonly kind: 'http'; readonly fault: Extract<GcpFault, { kind: 'http' }> }
  | { readonly kind: 'none' };

export class CallHandler {
  readonly #options: CallHandlerOptions;

  constructor(options: CallHandlerOptions) {
    this.#options = options;
  }

  get accessToken(): string | undefined {
    return this.#options.accessToken;
  }

  /** Puts a call on record and decides what strikes it. */
  open(call: Omit<OpenCall, 'status' | 'isCancelled' | 'request'>): {
    readonly call: OpenCall;
    readonly struck: StruckFault | undefined;
  } {
    const open: OpenCall = { ...call, request: undefined, status: undefined, isCancelled: false };
    this.#options.calls.push(open);
    return { call: open, struck: this.#options.faults.take(call.rpc) };
  }

  /**
   * The answer, with what strikes it apart from the wire.
   *
   * @param read The request, or the error that it is.
   */
  answer(call: OpenCall, read: () => Uint8Array, struck: StruckFault | undefined): Answer {
    const fault = struck?.fault;
    const isReplaced =
      fault?.kind === 'status' || fault?.kind === 'http' || fault?.kind === 'hang' || fault?.kind === 'reset';
    const usual = isReplaced && !struck?.isApplied ? undefined : this.#answer(call, read);
    const answer = strike(fault, usual);
    call.status = answer.kind === 'error' ? answer.error.code : answer.kind === 'message' ? 'OK' : undefined;
    return answer;
  }

  #answer(call: OpenCall, read: () => Uint8Array): Answer {
    try {
      return { kind: 'message', bytes: this.#options.service.answer(call, read()) };
    } catch (error) {
      if (error instanceof RpcError) return { kind: 'error', error };
      const message = error instanceof Error ? error.message : 'The server failed.';
      return { kind: 'error', error: new RpcError('INTERNAL', message) };
    }
  }
}

function strike(fault: GcpFault | undefined, usual: Answer | undefined): Answer {
  switch (fault?.kind) {
    case 'status': {
      const { status, message = `Injected ${status}.`, retryDelayMs, reason } = fault;
      const details = [
        ...(reason === undefined ? [] : [errorInfo(reason)]),
        ...(retryDelayMs === undefined ? [] : [retryInfo(retryDelayMs)]),
      ];
      return { kind: 'error', error: new RpcError(status, message, details) };
    }
    case 'http':
      return { kind: 'http', fault };
    case 'hang':
    case 'reset':
      return { kind: 'none' };
    case 'corrupt':
      return usual?.kind === 'message'
        ? { ...usual, bytes: corruptAnswer(usual.bytes, fault.part) }
        : (usual ?? { kind: 'none' });
    default:
      return usual ?? { kind: 'none' };
  }
}
