import type { ByokKeyRecord } from './byok-key-record.ts';

/** The record once another key is in use than the one that was reported. */
export function replaceCompromised(record: ByokKeyRecord): ByokKeyRecord {
  const { compromise } = record;
  return compromise === undefined ? record : { ...record, compromise: { ...compromise, isReplaced: true } };
}

/** The record without its compromise, once the key that was reported is neither in use nor left to be ended. */
export function settleCompromise(record: ByokKeyRecord): ByokKeyRecord {
  const { compromise, ...rest } = record;
  if (compromise?.isReplaced !== true || record.retiring.some((old) => old.reason === 'compromised')) return record;
  return rest;
}

/** Whether the key that is in use is the one that was reported, and nothing is being done about it. */
export function isStillCompromised({ compromise, rotation }: ByokKeyRecord): boolean {
  return compromise?.isReplaced === false && rotation === undefined;
}
