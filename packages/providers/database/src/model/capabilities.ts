import { type Static, Type } from '@mortise/core/schema';

/** Shape of `DatabaseCapabilities`, for whoever sends them to another process. */
export const DatabaseCapabilitiesSchema = Type.Object(
  {
    dialect: Type.String({ minLength: 1, description: 'SQL dialect, such as postgresql, mysql or sqlite' }),
    paramStyle: Type.Union([Type.Literal('$n'), Type.Literal('?'), Type.Literal(':name')], {
      description: 'How placeholders are written',
    }),
    transactions: Type.Boolean({ description: 'transaction() is atomic' }),
    savepoints: Type.Boolean({ description: 'A nested transaction() rolls back alone' }),
    returning: Type.Boolean({ description: 'Writes can return rows' }),
    cancel: Type.Boolean({ description: 'Aborting a call stops its statement on the server' }),
    streaming: Type.Boolean({ description: 'stream() fetches chunks on demand instead of the whole result' }),
    sessions: Type.Boolean({ description: 'withSession() is supported' }),
    prepared: Type.Boolean({ description: 'The option name keeps a prepared statement on the server' }),
    concurrent: Type.Boolean({ description: 'Several statements run at the same time, on connections of their own' }),
    isolationLevels: Type.Array(
      Type.Union([
        Type.Literal('read uncommitted'),
        Type.Literal('read committed'),
        Type.Literal('repeatable read'),
        Type.Literal('serializable'),
      ]),
      { description: 'Levels that transaction() accepts' },
    ),
  },
  { additionalProperties: false },
);

/** What an implementation can do; the schema describes each member. Data, so that callers branch before they call. */
export type DatabaseCapabilities = Static<typeof DatabaseCapabilitiesSchema>;
