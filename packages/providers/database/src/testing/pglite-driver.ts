import { MortiseError } from '@mortise/core';
import type { PGlite } from '@electric-sql/pglite';
import type { DatabaseNotice } from '../model/notice.ts';
import type { DatabaseRow } from '../model/query-result.ts';
import { formatBytea } from '../postgres/codec/bytes.ts';
import { BUILT_IN_TYPE_IDS } from '../postgres/codec/built-in-types.ts';
import type { PostgresConnection, PostgresDriver, PostgresRequest } from '../postgres/driver.ts';
import { RESET_SESSION } from '../postgres/statements.ts';
import type { Turnstile } from './turnstile.ts';

/** One PostgreSQL in the process, with its single connection. */
export interface Engine {
  readonly pglite: PGlite;
  /** Lets one borrower through at a time. */
  readonly turnstile: Turnstile;
  /** Set by `breakConnection`: from now on the connection on loan answers nothing. */
  isBroken: boolean;
}

/** Lends the single connection of the engine. */
export function createPgliteDriver(engine: Engine, acquireTimeoutMs: number): PostgresDriver {
  return {
    hasSessions: true,
    canPrepare: false,
    isConcurrent: false,
    canInterrupt: false,
    async acquire(signal) {
      const leave = await engine.turnstile.enter(signal, acquireTimeoutMs);
      return createConnection(engine, leave);
    },
    // The engine outlives its providers.
    close: async () => undefined,
  };
}

/** Parameters are sent as the text that they are already. */
const serializers = Object.fromEntries(BUILT_IN_TYPE_IDS.map((id) => [id, (text: string) => text]));

function createConnection(engine: Engine, leave: () => void): PostgresConnection {
  const { pglite } = engine;
  return {
    async query(request: PostgresRequest) {
      const { statement, params, rowMode } = request;
      refuseWhenBroken(engine);
      const notices: DatabaseNotice[] = [];
      const reply = await pglite.query<DatabaseRow>(
        statement,
        params.map((param) => (param instanceof Uint8Array ? formatBytea(param) : param)),
        {
          rowMode,
          serializers,
          parsers: Object.fromEntries(BUILT_IN_TYPE_IDS.map((id) => [id, request.parserOf(id)])),
          onNotice: ({ severity = 'NOTICE', message = '', code }) =>
            void notices.push({ severity, message, ...(code === undefined ? {} : { sqlState: code }) }),
        },
      );
      return {
        rows: reply.rows,
        fields: reply.fields.map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID })),
        notices,
        ...(reply.command === undefined ? {} : { command: reply.command }),
        ...(reply.rowCount === undefined ? {} : { count: reply.rowCount }),
      };
    },
    async script(text) {
      refuseWhenBroken(engine);
      const command = (await pglite.exec(text)).at(-1)?.command;
      return command === undefined ? {} : { command };
    },
    release(isBroken) {
      if (isBroken) void startAfresh(engine).finally(leave);
      else leave();
    },
  };
}

/** What a new connection would be: no transaction, no settings. */
async function startAfresh(engine: Engine): Promise<void> {
  engine.isBroken = false;
  await engine.pglite.exec(`rollback; ${RESET_SESSION}`);
}

/** Not a `DatabaseError`, because no driver throws one: what a lost connection means is for the layer above to say. */
function refuseWhenBroken({ isBroken }: Engine): void {
  if (isBroken) throw new MortiseError({ code: 'CONNECTION_BROKEN', message: 'The connection was broken on purpose' });
}
