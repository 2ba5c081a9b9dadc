import { SecretProviderError, type SecretReference } from '@mortise/secrets';
import type { AwsCall } from '../client/aws-call.ts';
import { type BatchItem, MAX_BATCH_SIZE, readBatch, type SecretReadOutcome } from './read-batch.ts';
import { readVersion } from './read-version.ts';
import { toSecretValue } from './to-secret-value.ts';

export interface BatchReader {
  /** Makes ready to ask for one reference. */
  readonly open: (reference: SecretReference) => Promise<AwsCall>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Reads many references: in batches by region, and one by one those that select a version or stage. */
export async function readInBatches(
  references: readonly SecretReference[],
  { open, now }: BatchReader,
): Promise<Map<SecretReference, SecretReadOutcome>> {
  const outcomes = new Map<SecretReference, SecretReadOutcome>();
  const batches = new Map<string, BatchItem[]>();
  const settle = async (
    reference: SecretReference,
    read: () => Promise<SecretReadOutcome | undefined>,
  ): Promise<void> => {
    const outcome = await read().catch(asOutcome);
    if (outcome !== undefined) outcomes.set(reference, outcome);
  };
  for (const reference of new Set(references)) {
    await settle(reference, async () => {
      const call = await open(reference);
      const { version, stage, region = '' } = call.reference;
      if (version !== undefined || stage !== undefined) {
        return { value: toSecretValue(await readVersion(call, call.reference), now()) };
      }
      batches.set(region, [...(batches.get(region) ?? []), { reference, parsed: call.reference, call }]);
      return undefined;
    });
  }
  for (const items of batches.values()) {
    for (let start = 0; start < items.length; start += MAX_BATCH_SIZE) {
      const batch = items.slice(start, start + MAX_BATCH_SIZE);
      await settleBatch(batch, outcomes, now);
    }
  }
  return outcomes;
}

async function settleBatch(
  batch: readonly BatchItem[],
  outcomes: Map<SecretReference, SecretReadOutcome>,
  now: () => number,
): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  try {
    const read = await readBatch(first.call, batch, now);
    for (const [index, { reference }] of batch.entries()) {
      const outcome = read[index];
      if (outcome !== undefined) outcomes.set(reference, outcome);
    }
  } catch (error) {
    const outcome = asOutcome(error);
    for (const { reference } of batch) outcomes.set(reference, outcome);
  }
}

function asOutcome(error: unknown): SecretReadOutcome {
  if (SecretProviderError.is(error)) return { error };
  throw error;
}
