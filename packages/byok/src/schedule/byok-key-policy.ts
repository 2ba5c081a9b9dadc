import { DEFAULT_BYOK_VALIDATION_MAX_AGE_MS, type IntegrationSpec } from '@mortise/core';
import { ByokError } from '../byok-error.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** When keys are validated and rotated, and how long an old one stays. Durations are milliseconds. */
export interface ByokKeyPolicy {
  /**
   * Days after which a key is rotated. `false`: never because of its age. Absent: what the integration's credential
   * manifest recommends for tenants' own keys, and never where it recommends nothing.
   */
  readonly rotateEveryDays?: number | false;
  /** How long before its expiry a key is rotated. `false`: an expiry rotates nothing. Default 7 days. */
  readonly rotateBeforeExpiryMs?: number | false;
  /** How long a validation is good for. Default 1 day. */
  readonly validationMaxAgeMs?: number;
  /** Part of `validationMaxAgeMs` after which the next validation is due, above 0 and at most 1. Default 0.5. */
  readonly validateAtShare?: number;
  /** Part of an interval by which connections come earlier, each by its own constant share of it, from 0 to 1. Default 0.1. */
  readonly jitter?: number;
  /** How long the old key stays after a scheduled or manual rotation. Default 1 day. */
  readonly overlapMs?: number;
  /** How long the old key stays when it is compromised. Default 0. */
  readonly compromisedOverlapMs?: number;
  /** How long a rotation may take before a new key that nobody can validate is given up. Default 1 hour. */
  readonly rotationDeadlineMs?: number;
  /** Wait after a scheduled rotation that was rolled back, doubled for each in a row, up to a day. Default 1 hour. */
  readonly retryRotationAfterMs?: number;
  /** Whether old keys are revoked at the provider after their overlap, where the lifecycle can. Default true. */
  readonly revokeOldKeys?: boolean;
}

export type ResolvedByokKeyPolicy = Required<ByokKeyPolicy>;

export const DEFAULT_BYOK_KEY_POLICY: ResolvedByokKeyPolicy = {
  rotateEveryDays: false,
  rotateBeforeExpiryMs: 7 * DAY_MS,
  validationMaxAgeMs: DEFAULT_BYOK_VALIDATION_MAX_AGE_MS,
  validateAtShare: 0.5,
  jitter: 0.1,
  overlapMs: DAY_MS,
  compromisedOverlapMs: 0,
  rotationDeadlineMs: HOUR_MS,
  retryRotationAfterMs: HOUR_MS,
  revokeOldKeys: true,
};

/**
 * A policy with nothing left open: what is given, then what the spec recommends, then the defaults.
 *
 * @throws {ByokError} `INVALID_OPTIONS`: a number is out of its range.
 */
export function resolveByokKeyPolicy(policy: ByokKeyPolicy = {}, spec?: IntegrationSpec): ResolvedByokKeyPolicy {
  const resolved = { ...DEFAULT_BYOK_KEY_POLICY, ...recommended(spec), ...definedOf(policy) };
  for (const [name, value, max] of [
    ['rotateEveryDays', resolved.rotateEveryDays, 36_500],
    ['rotateBeforeExpiryMs', resolved.rotateBeforeExpiryMs, Infinity],
    ['validationMaxAgeMs', resolved.validationMaxAgeMs, Infinity],
    ['validateAtShare', resolved.validateAtShare, 1],
    ['rotationDeadlineMs', resolved.rotationDeadlineMs, Infinity],
    ['retryRotationAfterMs', resolved.retryRotationAfterMs, Infinity],
  ] as const) {
    if (value !== false) requireNumber(name, value, { isPositive: true, max });
  }
  for (const [name, value, max] of [
    ['jitter', resolved.jitter, 1],
    ['overlapMs', resolved.overlapMs, 36_500 * DAY_MS],
    ['compromisedOverlapMs', resolved.compromisedOverlapMs, 36_500 * DAY_MS],
  ] as const) {
    requireNumber(name, value, { isPositive: false, max });
  }
  return resolved;
}

function recommended(spec: IntegrationSpec | undefined): Pick<ByokKeyPolicy, 'rotateEveryDays'> {
  const rotation = spec?.credentialManifest?.modes?.byok?.rotation;
  const days = rotation?.recommendedIntervalDays;
  return rotation?.supported === false || days === undefined ? {} : { rotateEveryDays: days };
}

/** An option given as `undefined` is an option not given. */
function definedOf(policy: ByokKeyPolicy): ByokKeyPolicy {
  return Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== undefined));
}

interface NumberRange {
  readonly isPositive: boolean;
  readonly max: number;
}

function requireNumber(name: string, value: number, { isPositive, max }: NumberRange): void {
  if ((isPositive ? value > 0 : value >= 0) && value <= max) return;
  const most = max === Infinity ? '' : ` and at most ${max}`;
  throw new ByokError({
    code: 'INVALID_OPTIONS',
    message: `The key policy's "${name}" must be ${isPositive ? 'above 0' : 'at least 0'}${most}, and is ${value}`,
  });
}
