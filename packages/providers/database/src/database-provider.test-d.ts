import { supports } from '@mortise/core';
import { expectTypeOf } from 'vitest';
import type {
  DatabaseArrayRow,
  DatabaseCapabilities,
  DatabaseProvider,
  DatabaseQueryResult,
  DatabaseRow,
  DatabaseStatementParam,
} from './index.ts';

/* The interface as existing implementations and callers know it. */

type OldParam =
  | string
  | number
  | boolean
  | bigint
  | Date
  | Uint8Array
  | null
  | Record<string, unknown>
  | readonly unknown[];
type OldRow = Record<string, unknown>;
interface OldResult<TRow extends OldRow = OldRow> {
  rows: TRow[];
  rowCount: number;
}
interface OldProvider {
  query<TRow extends OldRow = OldRow>(statement: string, params?: readonly OldParam[]): Promise<OldResult<TRow>>;
  execute(statement: string, params?: readonly OldParam[]): Promise<void>;
  transaction<T>(run: (database: OldProvider) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** An implementation that knows nothing of the additions. */
class OldImplementation implements OldProvider {
  async query<TRow extends OldRow = OldRow>(
    _statement: string,
    _params?: readonly OldParam[],
  ): Promise<OldResult<TRow>> {
    return { rows: [], rowCount: 0 };
  }
  async execute(_statement: string, _params?: readonly OldParam[]): Promise<void> {}
  async transaction<T>(run: (database: OldProvider) => Promise<T>): Promise<T> {
    return run(this);
  }
  async close(): Promise<void> {}
}

/** The same, written against the interface of this package. */
class SameImplementation implements DatabaseProvider {
  async query<TRow extends DatabaseRow = DatabaseRow>(
    _statement: string,
    _params?: readonly DatabaseStatementParam[],
  ): Promise<DatabaseQueryResult<TRow>> {
    return { rows: [], rowCount: 0 };
  }
  async execute(_statement: string, _params?: readonly DatabaseStatementParam[]): Promise<void> {}
  async transaction<T>(run: (database: DatabaseProvider) => Promise<T>): Promise<T> {
    return run(this);
  }
  async close(): Promise<void> {}
}

// An old implementation is a provider, and a provider can be handed to old code.
export const provider: DatabaseProvider = new OldImplementation();
export const same: DatabaseProvider = new SameImplementation();
export const old: OldProvider = provider;

expectTypeOf<OldParam>().toEqualTypeOf<DatabaseStatementParam>();
expectTypeOf<OldRow>().toEqualTypeOf<DatabaseRow>();
expectTypeOf<DatabaseQueryResult<{ id: number }>>().toExtend<OldResult<{ id: number }>>();

// Rows have the type that the caller names.
const named = await provider.query<{ id: number }>('select 1 as id');
expectTypeOf(named.rows).toEqualTypeOf<{ id: number }[]>();
const arrays = await provider.query<DatabaseArrayRow<[id: number, label: string]>>('select 1, $1', ['a'], {
  rowMode: 'array',
});
expectTypeOf(arrays.rows[0]?.[0]).toEqualTypeOf<number | undefined>();

// Additions are optional until it is asked for them.
// @ts-expect-error `run` may not be there
await provider.run('select 1');
if (supports(provider, 'run')) await provider.run('select 1');

// @ts-expect-error a symbol is no parameter
await provider.query('select $1', [Symbol('x')]);
// @ts-expect-error not an isolation level
await provider.transaction(async () => 1, { isolation: 'snapshot' });
// @ts-expect-error not an abort strategy
await provider.query('select 1', [], { onAbort: 'wait' });

expectTypeOf<DatabaseCapabilities['paramStyle']>().toEqualTypeOf<'$n' | '?' | ':name'>();
