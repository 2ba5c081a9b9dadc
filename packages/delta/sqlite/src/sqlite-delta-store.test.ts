import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MemoryDeltaStore, syncSource } from '@mortise/provider-delta';
import { deltaStoreCases, type DeltaStoreSubject } from '@mortise/provider-delta/testing';
import { formatReport, runConformance } from '@mortise/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteDeltaStore } from './open-sqlite-delta-store.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'mortise-delta-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = (): string => path.join(folder, `${(files += 1)}.db`);

function subjectOf(): DeltaStoreSubject<DatabaseSync> {
  let nowMs = Date.UTC(2026, 0, 1);
  const file = newFile();
  const open = () => openSqliteDeltaStore({ path: file, durability: 'normal', now: () => nowMs });
  const store = open();
  const user = new DatabaseSync(file);
  user.exec('CREATE TABLE user_rows (text TEXT) STRICT');
  return {
    store,
    advance: async (ms) => void (nowMs += ms),
    write: (tx, row) => void tx.prepare('INSERT INTO user_rows VALUES (?)').run(row),
    rows: async () =>
      user
        .prepare('SELECT text FROM user_rows')
        .all()
        .map(({ text }) => String(text)),
    reopen: async () => open(),
    close: async () => {
      user.close();
      await store.close();
    },
  };
}

describe('the store in a SQLite file', () => {
  it('keeps the contract', async () => {
    const outcomes = await runConformance<DeltaStoreSubject>({
      cases: deltaStoreCases,
      createContext: async () => {
        const subject: DeltaStoreSubject = subjectOf();
        return subject;
      },
      capabilities: ['transactional', 'shared'],
    });
    expect(formatReport(outcomes.filter(({ status }) => status !== 'passed'))).toBe(formatReport([]));
  });

  it('is refused in memory, where two connections would be two stores', () => {
    expect(() => openSqliteDeltaStore({ path: ':memory:' })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS' }),
    );
  });

  it('is refused where a newer version made the file', () => {
    const file = newFile();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(() => openSqliteDeltaStore({ path: file })).toThrow(expect.objectContaining({ code: 'INCOMPATIBLE' }));
  });

  it('is what it was after the process that wrote it has ended', async () => {
    const file = newFile();
    const ref = { tenantId: 'acme', connectionId: 'c1', stream: 'messages' };
    const first = openSqliteDeltaStore({ path: file });
    const source = {
      providerKey: 'email.example',
      pull: async () => ({
        changes: [{ providerKey: 'email.example', sourceId: 'm1', payload: 'hello', delta: {} }],
        nextCursor: { cursor: '7' },
      }),
    };
    const rows: string[] = [];
    const apply = ({ changes }: { readonly changes: readonly { readonly sourceId: string }[] }): void => {
      rows.push(...changes.map(({ sourceId }) => sourceId));
    };
    expect(await syncSource({ ref, source, store: first, apply })).toMatchObject({ outcome: 'synced', applied: 1 });
    await first.close();
    await first.close();
    await expect(first.load(ref)).rejects.toMatchObject({ code: 'CLOSED' });
    const second = openSqliteDeltaStore({ path: file });
    expect((await second.load(ref))?.progress).toMatchObject({ cursor: { cursor: '7' }, appliedCount: 1 });
    await second.close();
    expect(rows).toEqual(['m1']);
    expect(new MemoryDeltaStore()).toBeDefined();
  });

  it('waits for the write of another process, and says so when that takes too long', async () => {
    const file = newFile();
    const store = openSqliteDeltaStore({ path: file, busyTimeoutMs: 30 });
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const ref = { tenantId: 'acme', connectionId: 'c1', stream: 's' };
    await expect(store.acquire(ref, { holder: 'a', ttlMs: 1000 })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
    });
    other.exec('COMMIT');
    expect(await store.acquire(ref, { holder: 'a', ttlMs: 1000 })).toMatchObject({ isAcquired: true });
    other.close();
    await store.close();
  });
});
