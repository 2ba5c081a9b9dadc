import type { ConformanceCase } from '@mortise/testing';
import type { ReplayStore } from '../replay/replay-store.ts';
import { requireThat } from './assertions.ts';

/**
 * A store under test, fresh for each check. Capabilities: `clock` (time can be moved on), `shared` (`another` opens the same
 * store from elsewhere).
 */
export interface ReplayStoreSubject {
  readonly store: ReplayStore;
  /** Moves the store's time on. */
  advance?(ms: number): void | Promise<void>;
  /** The same store, as another server sees it. */
  another?(): ReplayStore | Promise<ReplayStore>;
  close?(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const KEYS = [
  '',
  ' ',
  'a',
  'A',
  'a:b',
  'a%3Ab',
  'a/b',
  'é',
  'e\u0301',
  '\u{1F511}',
  '__proto__',
  'constructor',
  "'; --",
  'k'.repeat(2000),
];

/** What a replay store must do; run them with `runConformance` of `@mortise/testing`. */
export const replayStoreCases: readonly ConformanceCase<ReplayStoreSubject>[] = [
  {
    id: 'replay.1',
    title: 'lets the first through and nobody after it',
    async run({ store }) {
      requireThat(await store.remember('first', HOUR_MS), 'remember: expected true for a new key');
      for (let time = 2; time <= 4; time += 1)
        requireThat(!(await store.remember('first', HOUR_MS)), `remember: expected false the ${time}. time`);
    },
  },
  {
    id: 'replay.2',
    title: 'tells keys apart exactly, whatever they contain',
    async run({ store }) {
      for (const key of KEYS)
        requireThat(
          await store.remember(key, HOUR_MS),
          `remember: expected true for ${JSON.stringify(key.slice(0, 20))}`,
        );
      for (const key of KEYS)
        requireThat(
          !(await store.remember(key, HOUR_MS)),
          `remember: expected false for ${JSON.stringify(key.slice(0, 20))}`,
        );
    },
  },
  {
    id: 'replay.3',
    title: 'lets exactly one of many simultaneous callers through',
    async run({ store }) {
      const answers = await Promise.all(Array.from({ length: 50 }, async () => store.remember('at once', HOUR_MS)));
      const passed = answers.filter(Boolean).length;
      requireThat(passed === 1, `remember: expected one of 50 callers to pass, but ${passed} did`);
    },
  },
  {
    id: 'replay.4',
    title: 'lets a key through again once it was forgotten, and forgets unknown ones quietly',
    async run({ store }) {
      await store.forget('never seen');
      await store.remember('failed', HOUR_MS);
      await store.remember('other', HOUR_MS);
      await store.forget('failed');
      requireThat(await store.remember('failed', HOUR_MS), 'remember: expected true after forget');
      requireThat(!(await store.remember('other', HOUR_MS)), 'forget: expected other keys to stay');
    },
  },
  {
    id: 'replay.5',
    title: 'remembers for as long as it was asked to, and not much longer',
    requires: 'clock',
    async run(subject) {
      const { store } = subject;
      await store.remember('short', 60_000);
      await subject.advance?.(59_000);
      requireThat(!(await store.remember('short', 60_000)), 'remember: expected false before the time is over');
      await subject.advance?.(2000);
      requireThat(await store.remember('short', 60_000), 'remember: expected true after the time is over');
      await subject.advance?.(59_000);
      requireThat(!(await store.remember('short', 60_000)), 'remember: expected the time to begin anew');
    },
  },
  {
    id: 'replay.6',
    title: 'is one store for all servers',
    requires: 'shared',
    async run(subject) {
      const { store } = subject;
      const other = (await subject.another?.()) ?? store;
      await store.remember('here', HOUR_MS);
      requireThat(!(await other.remember('here', HOUR_MS)), 'remember: expected false on another server');
      await other.forget('here');
      requireThat(await store.remember('here', HOUR_MS), 'remember: expected true after forget on another server');
    },
  },
];
