import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { secretReferenceScheme } from '../reference/secret-reference-scheme.ts';
import { failureOf, refusalOf, requireThat, requireBytes } from './assertions.ts';
import { encode, seedSecret, type SecretProviderSubject } from './secret-provider-subject.ts';

const MALFORMED = ['', 'x', '://', '%', 'a'.repeat(10_000), '\u0000', 'other-kind://a'];

/** Names that every object inherits. */
export const INHERITED_NAMES = ['constructor', '__proto__', 'toString'];

/** What holds for every backend, read-only ones included. */
export const readCases: readonly ConformanceCase<SecretProviderSubject>[] = [
  {
    id: 'secrets.1',
    title: 'handles references of its kind, whether or not a secret is there, and no others; never throws',
    async run({ provider, reference }) {
      requireThat(provider.canHandle(reference('absent')), 'canHandle: expected true for a reference of its kind');
      for (const malformed of MALFORMED) {
        const shown = JSON.stringify(malformed.slice(0, 20));
        requireThat(!provider.canHandle(malformed), `canHandle: expected false for ${shown}`);
      }
    },
  },
  {
    id: 'secrets.2',
    title: 'reads the stored bytes, with the time of reading',
    requires: 'seed',
    async run(subject) {
      const data = encode('first value');
      const value = await subject.provider.getSecret(await seedSecret(subject, 'plain', data));
      requireBytes('getSecret', value, data);
      const { retrievedAt, version } = value;
      requireThat(
        retrievedAt instanceof Date && !Number.isNaN(retrievedAt.getTime()),
        'getSecret: expected a valid Date as retrievedAt',
      );
      requireThat(version !== '', 'getSecret: expected a version or none, but an empty one came');
    },
  },
  {
    id: 'secrets.3',
    title: 'keeps text exactly: no trimming, no Unicode normalisation',
    requires: 'seed',
    async run(subject) {
      const data = encode('  \u00e9 e\u0301 \u{1F511} "\\n"\t\n');
      requireBytes('getSecret', await subject.provider.getSecret(await seedSecret(subject, 'exact', data)), data);
    },
  },
  {
    id: 'secrets.4',
    title: 'says NOT_FOUND for an absent secret and names itself',
    async run({ provider, reference }) {
      const error = await refusalOf('getSecret of an absent secret', ['NOT_FOUND'], () =>
        provider.getSecret(reference('absent')),
      );
      requireThat(error.provider === provider.id, 'getSecret of an absent secret: expected its own id as provider');
      requireThat(!error.retryable, 'getSecret of an absent secret: expected an error that is not retryable');
    },
  },
  {
    id: 'secrets.5',
    title: 'says INVALID for a malformed reference of its kind',
    async run({ provider, reference }) {
      const scheme = secretReferenceScheme(reference('absent'));
      requireThat(scheme !== undefined, 'reference: expected a reference with a scheme');
      for (const rest of ['../escape', 'a/%2e%2e/b', 'a%zz', '', 'a%00b']) {
        await refusalOf(`getSecret of "…://${rest}"`, ['INVALID'], () => provider.getSecret(`${scheme}://${rest}`));
      }
    },
  },
  {
    id: 'secrets.6',
    title: 'finds no secret under a name that every object inherits',
    async run({ provider, reference }) {
      for (const name of INHERITED_NAMES) {
        await refusalOf(`getSecret of "${name}"`, ['NOT_FOUND', 'INVALID', 'FORBIDDEN'], () =>
          provider.getSecret(reference(name)),
        );
      }
    },
  },
  {
    id: 'secrets.7',
    title: "rejects an aborted read with the signal's own reason",
    requires: 'seed',
    async run(subject) {
      const reference = await seedSecret(subject, 'aborted', encode('value'));
      const reason = new DOMException('The caller went away', 'AbortError');
      const error = await failureOf('getSecret with an aborted signal', () =>
        subject.provider.getSecret(reference, { signal: AbortSignal.abort(reason) }),
      );
      requireThat(error === reason, "getSecret with an aborted signal: expected the signal's reason");
    },
  },
  {
    id: 'secrets.8',
    title: 'gives every reader bytes of its own',
    requires: 'seed',
    async run(subject) {
      const data = encode('shared value');
      const reference = await seedSecret(subject, 'shared', data);
      const [first, second] = [
        await subject.provider.getSecret(reference),
        await subject.provider.getSecret(reference),
      ];
      first.data.fill(0);
      requireBytes('a value read beside one that was overwritten', second, data);
      requireBytes('a read after that', await subject.provider.getSecret(reference), data);
    },
  },
  {
    id: 'secrets.9',
    title: 'gives values that can be printed without showing their bytes',
    requires: 'seed',
    async run(subject) {
      const canary = createCanary();
      const reference = await seedSecret(subject, 'printed', encode(canary));
      const value = await subject.provider.getSecret(reference);
      requireBytes('getSecret', value, encode(canary));
      assertNoCanary(JSON.stringify({ value }), canary);
      assertNoCanary(Object.entries(value), canary);
      if (subject.inspect !== undefined) assertNoCanary(subject.inspect({ value }), canary);
    },
  },
  {
    id: 'secrets.10',
    title: 'says that it takes no writes and refuses them with READ_ONLY',
    requires: 'read-only',
    async run({ provider, reference }) {
      requireThat(provider.writable === false, 'writable: expected false');
      const subject = reference('absent');
      await refusalOf('setSecret', ['READ_ONLY'], () => provider.setSecret(subject, { data: 'value' }));
      await refusalOf('rotateSecret', ['READ_ONLY'], () => provider.rotateSecret(subject, { data: 'value' }));
      await refusalOf('deleteSecret', ['READ_ONLY'], () => provider.deleteSecret(subject));
    },
  },
];
