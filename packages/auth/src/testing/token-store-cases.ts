import type { ConformanceCase } from '@mortise/testing';
import type { StoredGrant, TokenStore } from '../keeper/token-store.ts';
import { requireRejection, requireThat } from './assertions.ts';

/**
 * A store under test, fresh and empty for each check. Capability `shared`: `reopen` gives another store over the same
 * grants, as another process would have it.
 */
export interface TokenStoreSubject {
  readonly store: TokenStore;
  /** An id of the store's kind, another for each name. Default: the name. */
  readonly grantId?: (name: string) => string;
  reopen?(this: void): Promise<TokenStore>;
  close?(): Promise<void>;
}

const AT = '2026-06-15T12:00:00.000Z';

/** What every `TokenStore` keeps. Run them with `runConformance` of `@mortise/testing`, or loop over them. */
export const tokenStoreCases: readonly ConformanceCase<TokenStoreSubject>[] = [
  {
    id: 'tokens.1',
    title: 'has no grant before one is saved',
    async run({ store, grantId = asIs }) {
      requireThat((await store.load(grantId('a'))) === undefined, 'load of an empty store: expected undefined');
      requireThat(!(await store.remove(grantId('a'), { expected: '1' })), 'remove of nothing: expected false');
    },
  },
  {
    id: 'tokens.2',
    title: 'gives back what was saved, to the last field',
    async run({ store, grantId = asIs }) {
      for (const [name, grant] of Object.entries({ full: fullGrant(), empty: {}, ended: endedGrant() })) {
        const version = await store.save(grantId(name), grant, { expected: undefined });
        requireThat(typeof version === 'string' && version !== '', `save of "${name}": expected a version`);
        const loaded = await store.load(grantId(name));
        requireThat(loaded?.version === version, `load of "${name}": expected the version that was saved`);
        requireSame(`load of "${name}"`, loaded.grant, grant);
      }
    },
  },
  {
    id: 'tokens.3',
    title: 'replaces a grant at the stored version, and gives it another one',
    async run({ store, grantId = asIs }) {
      const first = await saveNew(store, grantId('a'), fullGrant());
      const second = await store.save(grantId('a'), endedGrant(), { expected: first });
      requireThat(second !== undefined && second !== first, 'save at the stored version: expected another version');
      requireSame('load', (await store.load(grantId('a')))?.grant, endedGrant());
    },
  },
  {
    id: 'tokens.4',
    title: 'refuses a save from another version, and changes nothing',
    async run({ store, grantId = asIs }) {
      const first = await saveNew(store, grantId('a'), fullGrant());
      const second = await store.save(grantId('a'), endedGrant(), { expected: first });
      for (const expected of [first, undefined, 'never-was']) {
        const version = await store.save(grantId('a'), {}, { expected });
        requireThat(version === undefined, `save that expects ${expected ?? 'nothing'}: expected undefined`);
      }
      const loaded = await store.load(grantId('a'));
      requireThat(loaded?.version === second, 'load after refused saves: expected the version as it was');
      requireSame('load after refused saves', loaded?.grant, endedGrant());
    },
  },
  {
    id: 'tokens.5',
    title: 'creates no grant where another version was expected',
    async run({ store, grantId = asIs }) {
      const version = await store.save(grantId('a'), fullGrant(), { expected: 'never-was' });
      requireThat(version === undefined, 'save where there is none: expected undefined');
      requireThat((await store.load(grantId('a'))) === undefined, 'load: expected that nothing was saved');
    },
  },
  {
    id: 'tokens.6',
    title: 'lets exactly one of many saves from one version succeed',
    async run({ store, grantId = asIs }) {
      const expected = await saveNew(store, grantId('a'), fullGrant());
      const versions = await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          const grant = { ...fullGrant(), fence: 100 + index };
          return { grant, version: await store.save(grantId('a'), grant, { expected }) };
        }),
      );
      const [winner, ...others] = versions.filter(({ version }) => version !== undefined);
      requireThat(winner !== undefined && others.length === 0, 'saves at once: expected that one succeeds');
      requireSame('load after saves at once', (await store.load(grantId('a')))?.grant, winner.grant);
    },
  },
  {
    id: 'tokens.7',
    title: 'keeps grants apart',
    async run({ store, grantId = asIs }) {
      await saveNew(store, grantId('a'), fullGrant());
      requireThat((await store.load(grantId('b'))) === undefined, 'load of another grant: expected undefined');
      await saveNew(store, grantId('b'), endedGrant());
      requireSame('load', (await store.load(grantId('a')))?.grant, fullGrant());
    },
  },
  {
    id: 'tokens.8',
    title: 'removes a grant at the stored version alone, and can take it anew',
    async run({ store, grantId = asIs }) {
      const first = await saveNew(store, grantId('a'), fullGrant());
      const second = await store.save(grantId('a'), endedGrant(), { expected: first });
      requireThat(!(await store.remove(grantId('a'), { expected: first })), 'remove of an old version: expected false');
      requireThat(!(await store.remove(grantId('a'), { expected: undefined })), 'remove of nothing: expected false');
      requireThat(await store.remove(grantId('a'), { expected: second }), 'remove: expected true');
      requireThat((await store.load(grantId('a'))) === undefined, 'load after removal: expected undefined');
      const third = await saveNew(store, grantId('a'), fullGrant());
      requireThat(third !== second, 'save after removal: expected a version that was not there before');
    },
  },
  {
    id: 'tokens.9',
    title: 'shares nothing that can be changed with its callers',
    async run({ store, grantId = asIs }) {
      const extra = { instance: 'one' };
      const grant = { token: { accessToken: 'a', tokenType: 'Bearer', extra } };
      await saveNew(store, grantId('a'), grant);
      extra.instance = 'two';
      const loaded = (await store.load(grantId('a')))?.grant.token?.extra;
      requireThat(loaded?.['instance'] === 'one', 'load: expected what was saved, not what became of it');
    },
  },
  {
    id: 'tokens.10',
    title: 'rejects with the signal’s own reason where it has aborted, and changes nothing',
    async run({ store, grantId = asIs }) {
      const reason = { why: 'test' };
      const signal = AbortSignal.abort(reason);
      const id = grantId('a');
      await requireRejection('load', reason, async () => store.load(id, { signal }));
      await requireRejection('save', reason, async () => store.save(id, fullGrant(), { expected: undefined, signal }));
      await requireRejection('remove', reason, async () => store.remove(id, { expected: '1', signal }));
      requireThat((await store.load(id)) === undefined, 'load: expected that nothing was saved');
    },
  },
  {
    id: 'tokens.11',
    title: 'shows a grant to every other store over the same grants, and compares with its saves',
    requires: 'shared',
    async run({ store, reopen, grantId = asIs }) {
      const other = await reopen?.();
      requireThat(other !== undefined, 'a subject that is "shared" needs reopen');
      const first = await saveNew(store, grantId('a'), fullGrant());
      requireThat((await other.load(grantId('a')))?.version === first, 'load elsewhere: expected the same version');
      requireThat(
        (await other.save(grantId('a'), endedGrant(), { expected: first })) !== undefined,
        'save elsewhere: expected success',
      );
      const late = await store.save(grantId('a'), fullGrant(), { expected: first });
      requireThat(late === undefined, 'save from the version before: expected undefined');
    },
  },
];

function asIs(name: string): string {
  return name;
}

function fullGrant(): StoredGrant {
  return {
    token: {
      accessToken: 'access "quoted" ünicode',
      refreshToken: 'refresh',
      tokenType: 'DPoP',
      expiresAt: AT,
      scope: 'a b',
      extra: { instance: 'https://eu.example.com', nested: { list: [1, null, true] } },
    },
    obtainedAt: AT,
    intent: { startedAt: AT, holder: 'me', isUnknown: true, isRecovery: true },
    failure: { count: 2, firstAt: AT, retryAt: AT, code: 'UNAVAILABLE' },
    fence: 7,
  };
}

function endedGrant(): StoredGrant {
  return { token: { accessToken: 'access', tokenType: 'Bearer' }, obtainedAt: AT, ended: 'invalid_grant' };
}

async function saveNew(store: TokenStore, grantId: string, grant: StoredGrant): Promise<string> {
  const version = await store.save(grantId, grant, { expected: undefined });
  requireThat(version !== undefined, 'save where there is none: expected success');
  return version;
}

/** Compared as JSON with sorted members; the message names no value, since grants hold tokens. */
function requireSame(what: string, actual: unknown, expected: unknown): void {
  requireThat(sorted(actual) === sorted(expected), `${what}: expected exactly what was saved`);
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}
