import type { HealthRecordBase } from '../model/record-base.ts';
import { compareInstants } from '../time/instant.ts';

type Replaceable = Pick<
  HealthRecordBase,
  'externalId' | 'tenantId' | 'connectionId' | 'revision' | 'updatedAt' | 'status'
>;

/**
 * The newest of each record: one that comes again under the same id of the vendor, on the same connection, takes the
 * place of the earlier one, unless it is older by `updatedAt` or by a `revision` that is a number. Deliveries may come
 * out of order. A deleted record stays, with its status, so that a late older one does not bring it back.
 */
export function replaceRecords<Item extends Replaceable>(known: Iterable<Item>, incoming: Iterable<Item>): Item[] {
  const newest = new Map<string, Item>();
  for (const record of [...known, ...incoming]) {
    // As JSON, so that no id can be made to look like another's.
    const key = JSON.stringify([record.tenantId, record.connectionId, record.externalId]);
    const earlier = newest.get(key);
    if (earlier === undefined || !isOlder(record, earlier)) newest.set(key, record);
  }
  return [...newest.values()];
}

function isOlder(record: Replaceable, earlier: Replaceable): boolean {
  if (record.updatedAt !== undefined && earlier.updatedAt !== undefined) {
    const order = compareInstants(record.updatedAt, earlier.updatedAt);
    if (order !== 0) return order < 0;
  }
  const [one, other] = [numberOf(record.revision), numberOf(earlier.revision)];
  return one !== undefined && other !== undefined && one < other;
}

function numberOf(revision: string | undefined): bigint | undefined {
  return revision !== undefined && /^\d{1,40}$/.test(revision) ? BigInt(revision) : undefined;
}
