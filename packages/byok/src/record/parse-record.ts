import { validateAgainstSchema } from '@mortise/core/schema';
import { ByokError } from '../byok-error.ts';
import type { ByokKeyRecord } from './byok-key-record.ts';

const text = { type: 'string' };
const filled = { type: 'string', minLength: 1 };
const instant = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T.*Z$' };
const count = { type: 'integer', minimum: 0 };
const flag = { type: 'boolean' };
const reason = { enum: ['scheduled', 'compromised', 'manual'] };
const texts = { type: 'array', items: text };
const numbers = { type: 'object', additionalProperties: { type: 'number' } };
const closed = (required: Record<string, unknown>, optional: Record<string, unknown> = {}): object => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
});

const place = closed({ reference: filled }, { version: filled });
const failure = closed({ code: filled, message: text });
const endedKey = closed({ endedAt: instant, isRevoked: flag });
const source = {
  anyOf: [
    closed({ kind: { const: 'lifecycle' } }),
    closed({ kind: { const: 'reference' }, reference: filled }, { version: filled }),
    closed({ kind: { const: 'handed-in' } }),
  ],
};
const rotation = closed(
  {
    id: { type: 'string', pattern: '^[a-z0-9]{8,40}$' },
    reason,
    source,
    step: {
      enum: ['planned', 'obtaining', 'stored', 'validated', 'promoting', 'promoted', 'verified', 'discarding'],
    },
    requestedAt: instant,
    deadlineAt: instant,
    overlapMs: { type: 'number', minimum: 0 },
    placement: { enum: ['staged', 'sibling'] },
    attempts: count,
  },
  {
    nextAttemptAt: instant,
    lastError: text,
    baseVersion: filled,
    candidate: place,
    promotionAt: instant,
    previous: place,
    ownsPrevious: flag,
    previousKeyValidUntil: text,
    newKeyExpiresAt: text,
    validation: closed({ validatedAt: instant }, { scopes: texts, quotaSnapshot: numbers, expiresAt: text }),
    newVersion: filled,
    failure,
    oldKey: endedKey,
  },
);
const metadata = closed(
  { createdAt: text, validationStatus: { enum: ['valid', 'invalid', 'unknown'] } },
  {
    lastRotatedAt: text,
    lastValidatedAt: text,
    quotaSnapshot: numbers,
    expiresAt: text,
    scopes: texts,
    lastError: text,
  },
);
const retiring = closed(
  { rotationId: filled, reason, place, isOwned: flag, retireAt: instant, attempts: count },
  { revokedAt: instant, nextAttemptAt: instant, lastError: text },
);

const RECORD_SCHEMA = closed(
  {
    format: { const: 1 },
    tenantId: filled,
    connectionId: filled,
    revision: count,
    secretRef: filled,
    metadata,
    generation: count,
    retiring: { type: 'array', items: retiring },
    fence: count,
  },
  {
    keyVersion: filled,
    validation: closed(
      {
        outcome: { enum: ['valid', 'invalid', 'missing_scope', 'quota_exhausted', 'unknown'] },
        checkedAt: instant,
        unknownsInARow: count,
      },
      { notBefore: instant },
    ),
    rotation,
    lastRotation: closed(
      {
        id: filled,
        reason,
        status: { enum: ['completed', 'rolled_back'] },
        finishedAt: instant,
        failuresInARow: count,
      },
      { failure, oldKey: endedKey },
    ),
    compromise: closed({ reportedAt: instant, isReplaced: flag }),
    lease: closed({ holder: filled, token: count, expiresAt: instant }),
  },
);

/**
 * Takes what a store read for a record, for authors of stores.
 *
 * @param where Names the place in the error, such as a file or a table's row.
 * @throws {ByokError} `STORE_CORRUPT`: it is none, or one of a later format.
 */
export function parseByokKeyRecord(value: unknown, where: string): ByokKeyRecord {
  const { problems } = validateAgainstSchema(RECORD_SCHEMA, value);
  if (isRecord(value, problems.length)) return value;
  const [first] = problems;
  const fault = first === undefined ? '' : `: ${first.message} at "${first.path}"`;
  throw new ByokError({ code: 'STORE_CORRUPT', message: `Expected the record of a key in ${where}${fault}` });
}

function isRecord(_value: unknown, problems: number): _value is ByokKeyRecord {
  return problems === 0;
}
