import type { DatabaseNotice } from '@mortise/provider-database';
import type { PostgresConnection, PostgresReply } from '@mortise/provider-database/postgres';
import type { Interrupter } from './interrupt.ts';
import type { PgNotice, PgPoolClient, PgQueryResult } from './pg-client.ts';

/** One client of the pool, for the time of one loan. */
export function createPoolConnection(client: PgPoolClient, interrupt: Interrupter): PostgresConnection {
  let notices: DatabaseNotice[] = [];
  let isReleased = false;
  const onNotice = (notice: PgNotice) => notices.push(toNotice(notice));
  // Without a listener the process would end when the connection breaks between two statements; the next statement tells.
  const onError = () => undefined;
  client.on('notice', onNotice);
  client.on('error', onError);

  const release = (destroy: boolean) => {
    if (isReleased) return;
    isReleased = true;
    client.removeListener('notice', onNotice);
    // The pool listens again from here on; a destroyed client may still report the end of its socket.
    if (!destroy) client.removeListener('error', onError);
    client.release(destroy);
  };

  return {
    async query(request) {
      notices = [];
      const result = await client.query({
        text: request.statement,
        values: [...request.params],
        rowMode: request.rowMode,
        queryMode: 'extended',
        types: { getTypeParser: (typeId) => request.parserOf(typeId) },
        ...(request.name === undefined ? {} : { name: request.name }),
      });
      return toReply(result, notices);
    },
    async script(text) {
      const result: PgQueryResult | PgQueryResult[] = await client.query({ text });
      const last = Array.isArray(result) ? result.at(-1) : result;
      return last === undefined ? {} : { command: last.command };
    },
    interrupt: (how) => interrupt({ client, destroy: () => release(true) }, how),
    release,
  };
}

function toReply(
  { rows, command, rowCount, fields }: PgQueryResult,
  notices: readonly DatabaseNotice[],
): PostgresReply {
  return {
    rows,
    command,
    ...(rowCount === null ? {} : { count: rowCount }),
    fields: fields.map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID })),
    notices,
  };
}

function toNotice({ severity = 'NOTICE', message = '', code }: PgNotice): DatabaseNotice {
  return { severity, message, ...(code === undefined ? {} : { sqlState: code }) };
}
