import {
  type ByokKeyLifecycle,
  type ByokKeyValidationOutcome,
  type ByokKeyValidationResult,
  validateSecret,
} from '@mortise/core';
import type { KeyMaterial, KeyRedactor } from '../key/key-material.ts';
import type { ByokKeyFacts } from '../record/byok-key-record.ts';
import { boundedCall } from '../runner/bounded-call.ts';
import { toInstant } from '../runner/byok-clock.ts';
import type { ByokSubject, RunnerEnvironment } from '../runner/runner-options.ts';

/** A provider that asks for more is asked again after a day. */
const MAX_WAIT_MS = 86_400_000;

/** What a check of a key came to, without any part of the key. */
export interface KeyVerdict {
  readonly outcome: ByokKeyValidationOutcome;
  readonly facts: ByokKeyFacts;
  /** Why it is not `valid`; redacted. */
  readonly error?: string;
  readonly retryAfterMs?: number;
  /** Whether the key was not even shown to the provider, since it does not fit the spec's schema. */
  readonly isMalformed?: boolean;
}

export interface CheckKeyOptions {
  readonly env: RunnerEnvironment;
  readonly lifecycle: ByokKeyLifecycle;
  readonly subject: ByokSubject;
  readonly redactor: KeyRedactor;
  readonly signal: AbortSignal | undefined;
}

/**
 * Checks a key against the spec's schema and with its provider. Whatever the lifecycle throws, and a lifecycle that does
 * not answer, is `unknown`: neither may turn a key that works into one that does not. Rejects only when the caller aborts.
 */
export async function checkKey(key: KeyMaterial, options: CheckKeyOptions): Promise<KeyVerdict> {
  const { env, lifecycle, subject, redactor, signal } = options;
  redactor.add(key);
  const facts = (): ByokKeyFacts => ({ validatedAt: toInstant(env.clock.now()) });
  const problem = subject.spec === undefined ? undefined : findProblem(key, subject.spec);
  if (problem !== undefined) return { outcome: 'invalid', facts: facts(), error: problem, isMalformed: true };
  try {
    const { connection } = subject;
    const result: unknown = await boundedCall(
      "The provider's validation",
      async (attemptSignal) =>
        lifecycle.validateKey({ ...key.fields }, { signal: attemptSignal, connection, config: connection.config }),
      { clock: env.clock, timeoutMs: env.lifecycleTimeoutMs, signal },
    );
    return isResult(result)
      ? toVerdict(result, options)
      : { outcome: 'unknown', facts: facts(), error: 'The lifecycle gave no validation result' };
  } catch (error) {
    signal?.throwIfAborted();
    return { outcome: 'unknown', facts: facts(), error: redactor.messageOf(error), ...waitOf(error) };
  }
}

function findProblem(key: KeyMaterial, spec: NonNullable<ByokSubject['spec']>): string | undefined {
  // Text that is no JSON may fill the schema's only field; JSON must fit as it is, or as the texts a call would get.
  const shapes = [key.json, { ...key.fields }].filter((shape) => shape !== undefined);
  const results = shapes.map((shape) => validateSecret(spec, shape));
  const [first] = results;
  if (first === undefined || results.some(({ valid }) => valid)) return undefined;
  const [problem] = first.problems;
  const where = problem === undefined ? '' : `: ${problem.message} at "${problem.path}"`;
  return `The secret does not fit the schema of "${spec.meta.key}"${where}`;
}

function toVerdict(result: ByokKeyValidationResult, { env, redactor, subject }: CheckKeyOptions): KeyVerdict {
  const now = env.clock.now();
  const scopes = textsOf(result.scopes)?.map((scope) => redactor.text(scope));
  const quotas = quotasOf(result.quotaRemaining, redactor);
  const expiresAt = typeof result.expiresAt === 'string' ? toExpiry(result.expiresAt, redactor) : undefined;
  const facts: ByokKeyFacts = {
    validatedAt: toInstant(now),
    ...(scopes === undefined ? {} : { scopes }),
    ...(quotas === undefined ? {} : { quotaSnapshot: quotas }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  const { outcome, reason } = classify(result, { subject, expiresAt, now });
  const told = typeof result.error === 'string' && result.error !== '' ? redactor.text(result.error) : undefined;
  return {
    outcome,
    facts,
    ...(outcome === 'valid' ? {} : { error: told ?? redactor.text(reason ?? `The provider says ${outcome}`) }),
    ...waitOf(result),
  };
}

interface Circumstances {
  readonly subject: ByokSubject;
  readonly expiresAt: string | undefined;
  readonly now: number;
}

function classify(
  result: ByokKeyValidationResult,
  { subject, expiresAt, now }: Circumstances,
): { readonly outcome: ByokKeyValidationOutcome; readonly reason?: string } {
  const { valid, outcome = valid ? 'valid' : 'invalid' } = result;
  if (valid ? outcome === 'invalid' : outcome === 'valid') {
    return {
      outcome: 'unknown',
      reason: `The lifecycle contradicts itself: valid is ${valid}, the outcome ${outcome}`,
    };
  }
  if (outcome === 'missing_scope') {
    const missing = textsOf(result.missingScopes) ?? missingScopes(result, subject);
    return { outcome, reason: `The key lacks scopes: ${missing.join(', ') || 'not named by the provider'}` };
  }
  if (outcome !== 'valid') return { outcome };
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now) {
    return { outcome: 'invalid', reason: `The key expired at ${expiresAt}` };
  }
  const missing = missingScopes(result, subject);
  if (missing.length > 0) return { outcome: 'missing_scope', reason: `The key lacks scopes: ${missing.join(', ')}` };
  const quotas = Object.values(result.quotaRemaining ?? {});
  if (quotas.length > 0 && quotas.every((left) => left <= 0)) {
    return { outcome: 'quota_exhausted', reason: 'Nothing is left of any quota of the key' };
  }
  return { outcome };
}

/** Empty where the provider does not tell what was granted: nobody can tell what is missing then. */
function missingScopes(result: ByokKeyValidationResult, subject: ByokSubject): string[] {
  const granted = textsOf(result.scopes);
  if (granted === undefined) return [];
  const required = subject.requiredScopes ?? subject.spec?.byokSetup?.requiredScopes ?? [];
  return required.filter((scope) => !granted.includes(scope));
}

/** As ISO 8601 where it can be read; otherwise as it came, which `isByokKeyUsable` takes for the past. */
export function toExpiry(text: string, redactor: KeyRedactor): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? redactor.text(text) : toInstant(ms);
}

function quotasOf(quotas: unknown, redactor: KeyRedactor): Record<string, number> | undefined {
  if (typeof quotas !== 'object' || quotas === null) return undefined;
  const entries = Object.entries(quotas).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
  );
  return Object.fromEntries(entries.map(([name, left]) => [redactor.text(name), left]));
}

function textsOf(values: unknown): string[] | undefined {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : undefined;
}

function waitOf(told: unknown): Pick<KeyVerdict, 'retryAfterMs'> {
  if (typeof told !== 'object' || told === null || !('retryAfterMs' in told)) return {};
  const { retryAfterMs } = told;
  return typeof retryAfterMs === 'number' && retryAfterMs > 0
    ? { retryAfterMs: Math.min(retryAfterMs, MAX_WAIT_MS) }
    : {};
}

function isResult(value: unknown): value is ByokKeyValidationResult {
  return typeof value === 'object' && value !== null && 'valid' in value && typeof value.valid === 'boolean';
}
