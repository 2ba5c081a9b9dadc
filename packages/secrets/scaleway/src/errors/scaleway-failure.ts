import type { Exchange } from '../client/exchange.ts';
import type { ApiProblem } from './api-problem.ts';

/**
 * How far a call came: `token` (the host's function gave none), `unsent` (nothing left), `network` (no whole answer came), `refused` (an answer with an error
 * status), `unreadable` (a success that says nothing usable).
 */
export type ScalewayFailureKind = 'token' | 'unsent' | 'network' | 'refused' | 'unreadable';

/**
 * One failed call of the API, and the `cause` of the error that the caller gets. Stands in for the SDK's own error,
 * whose message and `body` may show the secret: it holds words of a closed vocabulary, a status and a UUID only.
 */
export class ScalewayFailure extends Error {
  readonly kind: ScalewayFailureKind;
  declare readonly status?: number;
  declare readonly problem?: ApiProblem;
  /** Under which the service logs the request. */
  declare readonly requestId?: string;
  /** Such as `ECONNRESET`, where no answer came. */
  declare readonly networkCode?: string;

  constructor(kind: ScalewayFailureKind, { status, problem, requestId }: Partial<Exchange> = {}, networkCode?: string) {
    super(describe(kind, status, problem, networkCode));
    this.kind = kind;
    Object.defineProperty(this, 'name', { value: 'ScalewayFailure', configurable: true, writable: true });
    if (status !== undefined) this.status = status;
    if (problem !== undefined) this.problem = problem;
    if (requestId !== undefined) this.requestId = requestId;
    if (networkCode !== undefined) this.networkCode = networkCode;
  }
}

function describe(
  kind: ScalewayFailureKind,
  status: number | undefined,
  problem: ApiProblem | undefined,
  networkCode: string | undefined,
): string {
  const inBrackets = (text: string | undefined): string => (text === undefined ? '' : ` (${text})`);
  const messages: Readonly<Record<ScalewayFailureKind, string>> = {
    token: 'The function that gives the token failed, or gave what cannot be one',
    unsent: 'The request could not be made',
    network: `No answer came${inBrackets(networkCode)}`,
    refused: `The service answered with status ${String(status)}${inBrackets(problem?.type)}`,
    unreadable: `The answer with status ${String(status)} is not what the API documents`,
  };
  return messages[kind];
}

/** The system's code for a broken connection, where fetch or its cause has one. */
export function networkCodeOf(error: unknown): string | undefined {
  for (const candidate of [error, error instanceof Error ? error.cause : undefined]) {
    const code: unknown = candidate instanceof Error && 'code' in candidate ? candidate.code : undefined;
    if (typeof code === 'string' && /^(?:E[A-Z]{3,20}|UND_ERR_[A-Z_]{1,32})$/.test(code)) return code;
  }
  return undefined;
}
