import { MortiseError, type MortiseErrorOptions } from './mortise-error.ts';

/** What can go wrong in a call to a provider, whichever the domain. */
export type IntegrationErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'invalid_request'
  | 'unsupported'
  | 'rate_limited'
  | 'quota_exceeded'
  | 'timeout'
  | 'aborted'
  | 'unavailable'
  | 'cursor_expired'
  | 'consent_required'
  | 'content_filtered'
  | 'payment_declined'
  | 'partial_failure'
  /** A write that may or may not have happened. Safe to repeat only with an idempotency key. */
  | 'outcome_unknown'
  | 'provider_error';

/** What the provider told about a failure. */
export interface IntegrationErrorFacts {
  readonly httpStatus?: number;
  /** Code in the provider's own words. */
  readonly providerCode?: string;
  /** The provider's id of the request. */
  readonly requestId?: string;
  /** Input field that was refused. */
  readonly field?: string;
}

export interface IntegrationErrorOptions<Code extends string = IntegrationErrorCode>
  extends MortiseErrorOptions<Code>, IntegrationErrorFacts {}

const MARKER = Symbol.for('@mortise/integration-error');

const FACTS = ['httpStatus', 'providerCode', 'requestId', 'field'] as const;

/** The facts that are known. */
function factsOf(source: IntegrationErrorFacts): IntegrationErrorFacts {
  const known = FACTS.filter((fact) => source[fact] !== undefined);
  return Object.fromEntries(known.map((fact) => [fact, source[fact]]));
}

/** A provider call that failed. Domains may widen the codes with their own. */
export class IntegrationError<Code extends string = IntegrationErrorCode> extends MortiseError<Code> {
  // Declared only: a field of its own would exist, as `undefined`, on every error.
  declare readonly httpStatus?: number;
  declare readonly providerCode?: string;
  declare readonly requestId?: string;
  declare readonly field?: string;

  constructor(options: IntegrationErrorOptions<Code>) {
    super(options);
    Object.assign(this, factsOf(options));
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** What is safe to serialise: the base's fields and the provider's own status, code, request id and field. */
  override toJSON(): ReturnType<MortiseError<Code>['toJSON']> & IntegrationErrorFacts {
    return { ...super.toJSON(), ...factsOf(this) };
  }

  /** True for every `IntegrationError`, whichever copy of the package made it. */
  static override is(value: unknown): value is IntegrationError<string> {
    return MortiseError.is(value) && MARKER in value;
  }
}
