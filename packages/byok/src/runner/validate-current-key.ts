import type { KeyBackend } from '../key/key-backend.ts';
import type { ByokKeyRecord } from '../record/byok-key-record.ts';
import { forSubject, ownerOf } from '../record/new-record.ts';
import { applyVerdict } from '../validation/apply-verdict.ts';
import { checkKey, type CheckKeyOptions, type KeyVerdict } from '../validation/check-key.ts';
import { toInstant } from './byok-clock.ts';
import type { ByokValidationReport } from './byok-key-runner.ts';
import { RecordAccess } from './record-access.ts';

/** A key that is replaced this often while it is checked is left to the next check. */
const MAX_ROUNDS = 3;

/** Checks the key that is current and notes down what came out, unless the key was replaced meanwhile: then once more. */
export async function validateCurrentKey(
  options: CheckKeyOptions & { readonly backend: KeyBackend },
): Promise<ByokValidationReport> {
  const { env, subject, signal } = options;
  const records = new RecordAccess(env, ownerOf(subject), signal);
  for (let round = 1; ; round += 1) {
    const before = forSubject(await records.load(), subject, env.clock.now());
    const { verdict, version } = await check(options);
    let isReplaced = false;
    const record = await records.change((stored) => {
      const now = forSubject(stored, subject, env.clock.now());
      isReplaced = now.generation !== before.generation && round < MAX_ROUNDS;
      return isReplaced ? now : applyVerdict(now, verdict, version);
    });
    if (!isReplaced) return report(options, record, verdict);
  }
}

async function check(
  options: CheckKeyOptions & { readonly backend: KeyBackend },
): Promise<{ readonly verdict: KeyVerdict; readonly version: string | undefined }> {
  const { env, backend, redactor, signal } = options;
  const unknown = (error: string): KeyVerdict => ({
    outcome: 'unknown',
    facts: { validatedAt: toInstant(env.clock.now()) },
    error,
  });
  try {
    const key = await backend.readCurrent();
    if (key === undefined) {
      return { verdict: unknown("There is no secret under the connection's reference"), version: undefined };
    }
    return { verdict: await checkKey(key, options), version: key.version };
  } catch (error) {
    signal?.throwIfAborted();
    return { verdict: unknown(redactor.messageOf(error)), version: undefined };
  }
}

function report({ env }: CheckKeyOptions, record: ByokKeyRecord, { outcome, error }: KeyVerdict): ByokValidationReport {
  const { tenantId, connectionId } = record;
  const reason = error === undefined ? {} : { error };
  env.emit({ type: 'key_validated', at: toInstant(env.clock.now()), tenantId, connectionId, outcome, ...reason });
  return { outcome, ...reason, record };
}
