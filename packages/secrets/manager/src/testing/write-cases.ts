import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { formatSecretUri } from '../reference/format-secret-uri.ts';
import { parseSecretUri } from '../reference/parse-secret-uri.ts';
import { secretReferenceScheme } from '../reference/secret-reference-scheme.ts';
import { failureOf, refusalOf, requireThat, requireBytes } from './assertions.ts';
import { INHERITED_NAMES } from './read-cases.ts';
import { encode, type SecretProviderSubject } from './secret-provider-subject.ts';

/** What holds for every backend that takes writes. */
export const writeCases: readonly ConformanceCase<SecretProviderSubject>[] = [
  {
    id: 'secrets.20',
    title: 'creates a secret and reads it back in the version it reported',
    requires: 'write',
    async run({ provider, reference }) {
      requireThat(provider.writable !== false, 'writable: expected true or absent');
      const written = await provider.setSecret(reference('created'), { data: 'first' });
      requireThat(written.version !== '', 'setSecret: expected a version');
      const value = await provider.getSecret(written.reference);
      requireBytes('getSecret of the reported reference', value, encode('first'));
      requireThat(value.version === written.version, 'getSecret: expected the version that setSecret reported');
      requireBytes('getSecret', await provider.getSecret(reference('created')), encode('first'));
    },
  },
  {
    id: 'secrets.21',
    title: 'makes a new version with each write, and the last one current',
    requires: 'write',
    async run({ provider, reference }) {
      const subject = reference('rewritten');
      const first = await provider.setSecret(subject, { data: 'first' });
      const second = await provider.setSecret(subject, { data: 'second' });
      requireThat(first.version !== second.version, 'setSecret: expected another version for the second write');
      requireBytes('getSecret', await provider.getSecret(subject), encode('second'));
    },
  },
  {
    id: 'secrets.22',
    title: 'keeps older versions readable, by option and by reference, as the version that was asked for',
    requires: 'versions',
    async run({ provider, reference }) {
      const subject = reference('versioned');
      const { version } = await provider.setSecret(subject, { data: 'first' });
      await provider.rotateSecret(subject, { data: 'second' });
      const parsed = parseSecretUri(subject);
      const pinned = formatSecretUri({ ...parsed, extras: { ...parsed.extras, version } });
      const reads = [await provider.getSecret(subject, { version }), await provider.getSecret(pinned)];
      for (const value of reads) {
        requireBytes('getSecret of the older version', value, encode('first'));
        requireThat(value.version === version, 'getSecret of the older version: expected its version');
      }
      await refusalOf('getSecret of a version that never was', ['NOT_FOUND', 'INVALID'], () =>
        provider.getSecret(subject, { version: '987654321' }),
      );
    },
  },
  {
    id: 'secrets.23',
    title: 'reports a reference that is not pinned to the new version',
    requires: 'write',
    async run({ provider, reference }) {
      const subject = reference('unpinned');
      const first = await provider.setSecret(subject, { data: 'first' });
      const second = await provider.rotateSecret(first.reference, { data: 'second' });
      await provider.rotateSecret(second.reference, { data: 'third' });
      requireBytes('getSecret of what setSecret reported', await provider.getSecret(first.reference), encode('third'));
      const current = await provider.getSecret(second.reference);
      requireBytes('getSecret of what rotateSecret reported', current, encode('third'));
    },
  },
  {
    id: 'secrets.24',
    title: 'says NOT_FOUND when a secret to be rotated is absent, and creates none',
    requires: 'write',
    async run({ provider, reference }) {
      const subject = reference('never-set');
      await refusalOf('rotateSecret', ['NOT_FOUND'], () => provider.rotateSecret(subject, { data: 'value' }));
      await refusalOf('getSecret after that', ['NOT_FOUND'], () => provider.getSecret(subject));
    },
  },
  {
    id: 'secrets.25',
    title: 'has no secret after deleting it',
    requires: 'write',
    async run({ provider, reference }) {
      const subject = reference('deleted');
      const { version } = await provider.setSecret(subject, { data: 'value' });
      await provider.deleteSecret(subject);
      const gone = ['NOT_FOUND', 'PENDING_DELETION', 'VERSION_DISABLED'] as const;
      await refusalOf('getSecret of a deleted secret', gone, () => provider.getSecret(subject));
      await refusalOf('getSecret of its version', gone, () => provider.getSecret(subject, { version }));
    },
  },
  {
    id: 'secrets.26',
    title: 'keeps secrets with similar names apart',
    requires: 'write',
    async run({ provider, reference }) {
      const names = ['stripe-secret', 'stripe_secret', 'stripe.secret', 'Stripe-Secret', 'stripe-secret-2'];
      for (const name of names) await provider.setSecret(reference(name), { data: name });
      for (const name of names) {
        requireBytes(`getSecret of "${name}"`, await provider.getSecret(reference(name)), encode(name));
      }
    },
  },
  {
    id: 'secrets.27',
    title: 'stores under a name that every object inherits as under any other',
    requires: 'write',
    async run({ provider, reference }) {
      for (const name of INHERITED_NAMES) {
        const { version } = await provider.setSecret(reference(name), { data: name });
        const value = await provider.getSecret(reference(name));
        requireBytes(`getSecret of "${name}"`, value, encode(name));
        requireThat(value.version === version, `getSecret of "${name}": expected the version that setSecret reported`);
      }
    },
  },
  {
    id: 'secrets.28',
    title: 'stores any bytes, and what text in base64, base64url and latin-1 stands for',
    requires: 'binary',
    async run({ provider, reference }) {
      const all = Uint8Array.from({ length: 256 }, (_, index) => index);
      await provider.setSecret(reference('bytes'), { data: all });
      requireBytes('bytes', await provider.getSecret(reference('bytes')), all);
      const latin1 = Array.from(all, (byte) => String.fromCharCode(byte)).join('');
      const base64 = btoa(latin1);
      const base64url = base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      for (const [encoding, data] of [
        ['binary', latin1],
        ['base64', base64],
        ['base64url', base64url],
      ] as const) {
        await provider.setSecret(reference(encoding), { data, encoding });
        requireBytes(encoding, await provider.getSecret(reference(encoding)), all);
      }
    },
  },
  {
    id: 'secrets.29',
    title: 'refuses text that is not in its encoding, and writes nothing',
    requires: 'write',
    async run({ provider, reference }) {
      const subject = reference('malformed');
      await refusalOf('setSecret', ['INVALID'], () =>
        provider.setSecret(subject, { data: 'no*base64', encoding: 'base64' }),
      );
      await refusalOf('getSecret after that', ['NOT_FOUND'], () => provider.getSecret(subject));
    },
  },
  {
    id: 'secrets.30',
    title: 'stores a payload of the largest size',
    requires: 'write',
    async run({ provider, reference, maxBytes = 65_536 }) {
      const data = encode('x'.repeat(maxBytes));
      await provider.setSecret(reference('large'), { data });
      requireBytes('getSecret', await provider.getSecret(reference('large')), data);
    },
  },
  {
    id: 'secrets.31',
    title: 'refuses a larger payload with TOO_LARGE, and writes nothing',
    requires: 'size-limit',
    async run({ provider, reference, maxBytes = 65_536 }) {
      const subject = reference('too-large');
      const data = encode('x'.repeat(maxBytes + 1));
      await refusalOf('setSecret', ['TOO_LARGE'], () => provider.setSecret(subject, { data }));
      await refusalOf('getSecret after that', ['NOT_FOUND'], () => provider.getSecret(subject));
    },
  },
  {
    id: 'secrets.32',
    title: 'shows no payload in any error',
    requires: 'write',
    async run({ provider, reference, inspect }) {
      const data = createCanary();
      const scheme = secretReferenceScheme(reference('absent')) ?? '';
      const failures = [
        await failureOf('rotateSecret of an absent secret', () => provider.rotateSecret(reference('leak'), { data })),
        await failureOf('setSecret under a malformed reference', () =>
          provider.setSecret(`${scheme}://../x`, { data }),
        ),
        await failureOf('setSecret of binary text', () =>
          provider.setSecret(reference('leak'), { data: `${data}\u20ac`, encoding: 'binary' }),
        ),
      ];
      for (const error of failures) assertNoCanary(error, data, inspect === undefined ? {} : { inspect });
    },
  },
  {
    id: 'secrets.33',
    title: "rejects an aborted write with the signal's own reason, and writes nothing",
    requires: 'write',
    async run({ provider, reference }) {
      const subject = reference('aborted-write');
      const reason = new DOMException('The caller went away', 'AbortError');
      const error = await failureOf('setSecret with an aborted signal', () =>
        provider.setSecret(subject, { data: 'value' }, { signal: AbortSignal.abort(reason) }),
      );
      requireThat(error === reason, "setSecret with an aborted signal: expected the signal's reason");
      await refusalOf('getSecret after that', ['NOT_FOUND'], () => provider.getSecret(subject));
    },
  },
  {
    id: 'secrets.34',
    title: 'keeps what was written when the caller overwrites its own bytes',
    requires: 'write',
    async run({ provider, reference }) {
      const data = encode('value');
      await provider.setSecret(reference('copied'), { data });
      data.fill(0);
      requireBytes('getSecret', await provider.getSecret(reference('copied')), encode('value'));
    },
  },
  {
    id: 'secrets.35',
    title: 'gives simultaneous writes versions of their own, or CONFLICT, and loses none that it reported',
    requires: 'write',
    async run({ provider, reference }) {
      const subject = reference('contended');
      await provider.setSecret(subject, { data: 'start' });
      const payloads = Array.from({ length: 12 }, (_, index) => `writer ${index}`);
      const outcomes = await Promise.allSettled(payloads.map((data) => provider.setSecret(subject, { data })));
      const written = new Map<string, string>();
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status === 'fulfilled') {
          const { version } = outcome.value;
          requireThat(!written.has(version), 'setSecret: expected a version of its own for each writer');
          written.set(version, payloads[index] ?? '');
        } else {
          await refusalOf('setSecret beside others', ['CONFLICT'], () => Promise.reject(outcome.reason));
        }
      }
      requireThat(written.size > 0, 'setSecret beside others: expected at least one to succeed');
      const current = await provider.getSecret(subject);
      const expected = written.get(current.version ?? '');
      requireThat(expected !== undefined, 'getSecret: expected one of the versions that were reported');
      requireBytes('getSecret', current, encode(expected));
    },
  },
  {
    id: 'secrets.36',
    title: 'never shows a reader half of a write',
    requires: 'write',
    async run({ provider, reference }) {
      const subject = reference('atomic');
      await provider.setSecret(subject, { data: 'a'.repeat(20_000) });
      const write = async (): Promise<void> => {
        for (const letter of 'bcdef') await provider.rotateSecret(subject, { data: letter.repeat(20_000) });
      };
      const read = async (): Promise<void> => {
        for (let round = 0; round < 10; round += 1) {
          const { data } = await provider.getSecret(subject);
          const isWhole = data.length === 20_000 && data.every((byte) => byte === data[0]);
          requireThat(isWhole, 'getSecret beside a write: expected one whole version');
        }
      };
      await Promise.all([write(), read(), read()]);
    },
  },
];
