import type { RpcStatus } from '../../errors/rpc-status.ts';

/** What goes wrong with a call. */
export type GcpFault =
  /** Answers late, then as usual. */
  | { readonly kind: 'latency'; readonly delayMs: number }
  /** Never answers; the connection stays open. */
  | { readonly kind: 'hang' }
  /** Answers with this status of the service instead. */
  | {
      readonly kind: 'status';
      readonly status: RpcStatus;
      readonly message?: string;
      /** As `google.rpc.RetryInfo`. */
      readonly retryDelayMs?: number;
      /** As `google.rpc.ErrorInfo`. */
      readonly reason?: string;
    }
  /** A proxy or load balancer answers in the service's place. */
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Ends the connection, and every other call on it: a TCP reset, before anything is sent. */
  | { readonly kind: 'reset' }
  /** Ends the answer after so many bytes of its body. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** Damages a payload that is read, its checksum, or the bytes of the whole answer. */
  | { readonly kind: 'corrupt'; readonly part: 'payload' | 'checksum' | 'answer' };

export interface InjectOptions {
  /** Only for this RPC, such as `AddSecretVersion`. Absent: for any. */
  readonly rpc?: string;
  /** Calls that match and pass unharmed before. Default 0. */
  readonly skip?: number;
  /** Calls that suffer. Default 1. */
  readonly times?: number;
  /** Default false: the call has no effect. True: it has, and only its answer suffers, so that its outcome stays unknown. */
  readonly isApplied?: boolean;
}

/** A fault as it strikes one call. */
export interface StruckFault {
  readonly fault: GcpFault;
  readonly isApplied: boolean;
}

interface Injected extends StruckFault {
  readonly rpc: string | undefined;
  skip: number;
  times: number;
}

/** The faults still to come, first come first served. */
export class FaultQueue {
  #injected: Injected[] = [];

  inject(fault: GcpFault, { rpc, skip = 0, times = 1, isApplied = false }: InjectOptions): void {
    this.#injected.push({ fault, rpc, skip, times, isApplied });
  }

  clear(): void {
    this.#injected = [];
  }

  /** The fault that strikes this call, if any. */
  take(rpc: string): StruckFault | undefined {
    for (const injected of this.#injected) {
      if (injected.times <= 0 || (injected.rpc !== undefined && injected.rpc !== rpc)) continue;
      if (injected.skip > 0) {
        injected.skip -= 1;
        continue;
      }
      injected.times -= 1;
      return injected;
    }
    return undefined;
  }
}
