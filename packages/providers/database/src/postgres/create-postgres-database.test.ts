import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../errors/database-error.ts';
import { createPostgresDatabase } from './create-postgres-database.ts';
import type { PostgresConnection, PostgresDriver } from './driver.ts';

/** A driver that answers everything at once and keeps account. */
function createScriptedDriver(overrides: Partial<PostgresConnection> = {}): { driver: PostgresDriver; log: string[] } {
  const log: string[] = [];
  const connection: PostgresConnection = {
    async query({ statement }) {
      log.push(statement);
      return { rows: [], command: 'SELECT', count: 0, fields: [], notices: [] };
    },
    async script(text) {
      log.push(text);
      return { command: text.toUpperCase() };
    },
    release: (isBroken) => void log.push(isBroken ? 'destroy' : 'release'),
    ...overrides,
  };
  const driver: PostgresDriver = {
    hasSessions: true,
    canPrepare: true,
    isConcurrent: false,
    canInterrupt: false,
    acquire: async () => connection,
    close: async () => void log.push('close'),
  };
  return { driver, log };
}

function conflict(): DatabaseError {
  return new DatabaseError({ code: 'serialization_failure', message: 'serialization_failure', retry: 'transient' });
}

describe('retries of a transaction', () => {
  it('wait 10 ms, doubled each time up to a second, of which a random half is left out', async () => {
    const { driver } = createScriptedDriver();
    const waits: number[] = [];
    const database = createPostgresDatabase(driver, {
      random: () => 0,
      sleep: async (ms) => void waits.push(ms),
    });
    const transaction = database.transaction(async () => Promise.reject(conflict()), { retries: 9 });
    await expect(transaction).rejects.toMatchObject({ code: 'serialization_failure' });
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 500, 500]);
  });

  it('happen when the conflict is the cause of what the callback threw', async () => {
    const { driver, log } = createScriptedDriver();
    const database = createPostgresDatabase(driver, { sleep: async () => undefined });
    let starts = 0;
    const result = await database.transaction(
      async () => {
        starts += 1;
        if (starts === 1) throw new TypeError('could not save', { cause: conflict() });
        return starts;
      },
      { retries: 1 },
    );
    expect(result).toBe(2);
    expect(log).toEqual(['begin', 'rollback', 'begin', 'commit', 'release']);
  });

  it('end with the call: no wait outlives an abort', async () => {
    const { driver, log } = createScriptedDriver();
    const controller = new AbortController();
    const database = createPostgresDatabase(driver, {
      sleep: async (_ms, signal) => {
        controller.abort();
        signal.throwIfAborted();
      },
    });
    const transaction = database.transaction(async () => Promise.reject(conflict()), {
      retries: 5,
      signal: controller.signal,
    });
    await expect(transaction).rejects.toMatchObject({ code: 'aborted' });
    expect(log.filter((entry) => entry === 'begin')).toHaveLength(1);
  });

  it.each([[-1], [1.5], [101], [Number.NaN]])('are refused when there shall be %s of them', async (retries) => {
    const { driver } = createScriptedDriver();
    const transaction = createPostgresDatabase(driver).transaction(async () => 1, { retries });
    await expect(transaction).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

describe('the words of a transaction', () => {
  it('carry its isolation and access mode', async () => {
    const { driver, log } = createScriptedDriver();
    await createPostgresDatabase(driver).transaction(async () => 1, { isolation: 'repeatable read', readOnly: true });
    expect(log).toEqual(['begin isolation level repeatable read, read only', 'commit', 'release']);
  });

  it('never carry text that is no isolation level', async () => {
    const { driver, log } = createScriptedDriver();
    const transaction = createPostgresDatabase(driver).transaction(async () => 1, {
      // @ts-expect-error deliberately no level
      isolation: 'x; drop table y',
    });
    await expect(transaction).rejects.toMatchObject({ code: 'invalid_request', field: 'isolation' });
    expect(log).toEqual(['release']);
  });

  it('set and release a savepoint of its own for each depth', async () => {
    const { driver, log } = createScriptedDriver();
    await createPostgresDatabase(driver).transaction(async (one) =>
      one.transaction(async (two) => two.transaction(async () => 1)),
    );
    expect(log).toEqual([
      'begin',
      'savepoint mortise_savepoint_2',
      'savepoint mortise_savepoint_3',
      'release savepoint mortise_savepoint_3',
      'release savepoint mortise_savepoint_2',
      'commit',
      'release',
    ]);
  });
});

describe('a connection', () => {
  it('is not lent again after its rollback failed', async () => {
    const { driver, log } = createScriptedDriver({
      async script(text) {
        if (text === 'rollback') throw new TypeError('socket closed');
        return {};
      },
    });
    const failure = new TypeError('the original');
    const transaction = createPostgresDatabase(driver).transaction(async () => Promise.reject(failure));
    await expect(transaction).rejects.toBe(failure);
    expect(log).toEqual(['destroy']);
  });

  it('is not lent again after a session that could not be cleaned', async () => {
    const { driver, log } = createScriptedDriver({
      async script() {
        throw new TypeError('socket closed');
      },
    });
    await createPostgresDatabase(driver).withSession(async () => 1);
    expect(log.at(-1)).toBe('destroy');
  });

  it('is waited for by close, once, and closed after it', async () => {
    const { driver, log } = createScriptedDriver();
    const database = createPostgresDatabase(driver);
    const call = database.query('select 1');
    await Promise.all([database.close(), database.close(), call]);
    expect(log).toEqual(['select 1', 'release', 'close']);
  });

  it('is given up as outcome_unknown when a commit gets no answer', async () => {
    const { driver } = createScriptedDriver({
      async script(text) {
        if (text === 'commit') throw new TypeError('socket closed');
        return {};
      },
    });
    await expect(createPostgresDatabase(driver).transaction(async () => 1)).rejects.toMatchObject({
      code: 'outcome_unknown',
      retryable: false,
    });
  });
});

it.each([['a b'], ["x'; drop"], [''], ['a..b']])(
  'refuses the setting name %j before anything is sent',
  async (name) => {
    const { driver, log } = createScriptedDriver();
    const session = createPostgresDatabase(driver).withSession(async () => 1, { settings: { [name]: 'x' } });
    await expect(session).rejects.toMatchObject({ code: 'invalid_request', field: 'settings' });
    expect(log).toEqual([]);
  },
);
