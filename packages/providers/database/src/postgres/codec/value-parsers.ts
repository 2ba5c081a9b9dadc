import { DEFAULT_DATABASE_TYPE_POLICY, type DatabaseTypePolicy } from '../../type-policy.ts';
import type { PostgresParser } from '../driver.ts';
import { parseArrayLiteral } from './array-literal.ts';
import { BUILT_IN_TYPES, type PostgresTypeKind } from './built-in-types.ts';
import { parseBytea } from './bytes.ts';
import { parseInstant } from './instant.ts';

const asText: PostgresParser = (text) => text;

/**
 * Gives the parser of each type, by its number, under a type policy. Types that are not built in come back as text.
 *
 * @param policy What to do differently from `DEFAULT_DATABASE_TYPE_POLICY`.
 */
export function createValueParsers(policy: Partial<DatabaseTypePolicy> = {}): (typeId: number) => PostgresParser {
  const byKind = parsersByKind({ ...DEFAULT_DATABASE_TYPE_POLICY, ...policy });
  const byId = new Map<number, PostgresParser>();
  for (const { kind, ids } of BUILT_IN_TYPES) {
    const parse = byKind[kind];
    byId.set(ids[0], parse).set(ids[1], (text) => parseArrayLiteral(text, parse));
  }
  return (typeId) => byId.get(typeId) ?? asText;
}

function parsersByKind(policy: DatabaseTypePolicy): Record<PostgresTypeKind, PostgresParser> {
  const int8: Record<DatabaseTypePolicy['int8'], PostgresParser> = { bigint: BigInt, string: asText, number: Number };
  return {
    bool: (text) => text === 't' || text === 'true',
    bytea: parseBytea,
    float: Number,
    int: Number,
    int8: int8[policy.int8],
    json: policy.json === 'parsed' ? (text): unknown => JSON.parse(text) : asText,
    numeric: policy.numeric === 'number' ? Number : asText,
    text: asText,
    timestamptz: policy.timestamptz === 'Date' ? parseInstant : asText,
  };
}
