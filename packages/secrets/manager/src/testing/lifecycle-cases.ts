import type { ConformanceCase } from '@mortise/testing';
import type { SecretProvider, SecretReference } from '../secret-provider.ts';
import { refusalOf, requireBytes, requireThat } from './assertions.ts';
import { encode, type SecretProviderSubject } from './secret-provider-subject.ts';

const HOUR_MS = 3_600_000;
const GONE = ['NOT_FOUND', 'PENDING_DELETION', 'VERSION_DISABLED'] as const;

/** What holds for the repeatable writes, overlaps, stages, retirements and deletions that a backend declares. */
export const lifecycleCases: readonly ConformanceCase<SecretProviderSubject>[] = [
  {
    id: 'secrets.40',
    title: 'takes a write that is repeated under its idempotency key for the same write',
    requires: 'idempotent',
    async run({ provider, reference }) {
      const subject = reference('repeated');
      const first = await provider.setSecret(subject, { data: 'first' }, { idempotencyKey: 'write-1' });
      const again = await provider.setSecret(subject, { data: 'first' }, { idempotencyKey: 'write-1' });
      requireThat(again.version === first.version, 'setSecret repeated: expected the version of the first write');
      const second = await provider.rotateSecret(subject, { data: 'second' }, { idempotencyKey: 'write-2' });
      requireThat(second.version !== first.version, 'rotateSecret under another key: expected a new version');
      const secondAgain = await provider.rotateSecret(subject, { data: 'second' }, { idempotencyKey: 'write-2' });
      requireThat(secondAgain.version === second.version, 'rotateSecret repeated: expected the version of the first');
      requireBytes('getSecret', await provider.getSecret(subject), encode('second'));
    },
  },
  {
    id: 'secrets.41',
    title: 'refuses another payload under an idempotency key with CONFLICT, and writes nothing',
    requires: 'idempotency-keys',
    async run({ provider, reference }) {
      const subject = reference('reused-key');
      const first = await provider.setSecret(subject, { data: 'first' }, { idempotencyKey: 'write-1' });
      await refusalOf('setSecret of another payload under the same key', ['CONFLICT'], () =>
        provider.setSecret(subject, { data: 'other' }, { idempotencyKey: 'write-1' }),
      );
      const current = await provider.getSecret(subject);
      requireBytes('getSecret', current, encode('first'));
      requireThat(current.version === first.version, 'getSecret: expected the version of the first write');
    },
  },
  {
    id: 'secrets.42',
    title: 'keeps the version that was current readable for the overlap, through further writes',
    requires: 'overlap',
    async run({ provider, reference }) {
      const subject = reference('overlapping');
      const { version } = await provider.setSecret(subject, { data: 'old' });
      const rotated = await provider.rotateSecret(subject, { data: 'new' }, { overlapMs: HOUR_MS });
      if (rotated.previousVersion !== undefined) {
        requireThat(
          rotated.previousVersion === version,
          'rotateSecret: expected the version before as previousVersion',
        );
      }
      for (let round = 0; round < 12; round += 1) await provider.rotateSecret(subject, { data: `later ${round}` });
      requireBytes('getSecret of the old version', await provider.getSecret(subject, { version }), encode('old'));
    },
  },
  {
    id: 'secrets.43',
    title: 'stages a version that can be read by its number and changes nothing else, then makes it current',
    requires: 'staging',
    async run({ provider, reference }) {
      const { stageSecret, promoteSecret } = stagingOf(provider);
      const subject = reference('staged');
      const old = await provider.setSecret(subject, { data: 'old' });
      const staged = await stageSecret(subject, { data: 'new' });
      requireBytes('getSecret beside a staged version', await provider.getSecret(subject), encode('old'));
      const pinned = await provider.getSecret(subject, { version: staged.version });
      requireBytes('getSecret of the staged version', pinned, encode('new'));
      const promoted = await promoteSecret(subject, staged.version);
      requireThat(promoted.version === staged.version, 'promoteSecret: expected the version that was promoted');
      const current = await provider.getSecret(subject);
      requireBytes('getSecret after promoteSecret', current, encode('new'));
      requireThat(current.version === staged.version, 'getSecret after promoteSecret: expected the staged version');
      const before = await provider.getSecret(subject, { version: old.version });
      requireBytes('getSecret of the version before', before, encode('old'));
    },
  },
  {
    id: 'secrets.44',
    title: 'makes an older version current again, and lets a promotion be repeated',
    requires: 'staging',
    async run({ provider, reference }) {
      const { promoteSecret } = stagingOf(provider);
      const subject = reference('rolled-back');
      const old = await provider.setSecret(subject, { data: 'old' });
      await provider.rotateSecret(subject, { data: 'new' });
      for (let round = 0; round < 2; round += 1) await promoteSecret(subject, old.version);
      requireBytes('getSecret', await provider.getSecret(subject), encode('old'));
    },
  },
  {
    id: 'secrets.45',
    title: 'neither stages nor promotes what is not there',
    requires: 'staging',
    async run({ provider, reference }) {
      const { stageSecret, promoteSecret } = stagingOf(provider);
      const subject = reference('unstaged');
      await refusalOf('stageSecret of an absent secret', ['NOT_FOUND'], () => stageSecret(subject, { data: 'x' }));
      await refusalOf('promoteSecret of an absent secret', ['NOT_FOUND', 'INVALID'], () => promoteSecret(subject, '1'));
      await provider.setSecret(subject, { data: 'value' });
      await refusalOf('promoteSecret of a version that never was', ['NOT_FOUND', 'INVALID'], () =>
        promoteSecret(subject, '987654321'),
      );
      requireBytes('getSecret', await provider.getSecret(subject), encode('value'));
    },
  },
  {
    id: 'secrets.46',
    title: 'takes a staged write that is repeated under its idempotency key for the same write',
    requires: 'staging',
    async run({ provider, reference }) {
      const { stageSecret } = stagingOf(provider);
      const subject = reference('staged-twice');
      await provider.setSecret(subject, { data: 'old' });
      const first = await stageSecret(subject, { data: 'new' }, { idempotencyKey: 'stage-1' });
      const again = await stageSecret(subject, { data: 'new' }, { idempotencyKey: 'stage-1' });
      requireThat(again.version === first.version, 'stageSecret repeated: expected the version of the first');
      requireBytes('getSecret', await provider.getSecret(subject), encode('old'));
    },
  },
  {
    id: 'secrets.47',
    title: 'retires an older version for good, as often as it is asked to, and never the current one',
    requires: 'retire',
    async run({ provider, reference }) {
      const retire = async (subject: SecretReference, version: string): Promise<void> =>
        provider.retireVersion?.(subject, version) ?? missing('retireVersion');
      const subject = reference('retired');
      const old = await provider.setSecret(subject, { data: 'old' });
      const current = await provider.rotateSecret(subject, { data: 'new' });
      await refusalOf('retireVersion of the current version', ['CONFLICT'], () => retire(subject, current.version));
      for (let round = 0; round < 2; round += 1) await retire(subject, old.version);
      await refusalOf('getSecret of a retired version', GONE, () =>
        provider.getSecret(subject, { version: old.version }),
      );
      requireBytes('getSecret', await provider.getSecret(subject), encode('new'));
    },
  },
  {
    id: 'secrets.48',
    title: 'brings a deleted secret back',
    requires: 'restore',
    async run({ provider, reference }) {
      const restore = async (subject: SecretReference): Promise<void> =>
        provider.restoreSecret?.(subject) ?? missing('restoreSecret');
      const subject = reference('restored');
      await refusalOf('restoreSecret of an absent secret', ['NOT_FOUND'], () => restore(subject));
      const { version } = await provider.setSecret(subject, { data: 'value' });
      await provider.deleteSecret(subject);
      await refusalOf('getSecret of a deleted secret', GONE, () => provider.getSecret(subject));
      await restore(subject);
      const value = await provider.getSecret(subject);
      requireBytes('getSecret of a restored secret', value, encode('value'));
      requireThat(value.version === version, 'getSecret of a restored secret: expected the version that it had');
    },
  },
  {
    id: 'secrets.49',
    title: 'deletes for good when forced to, and lets the name be used again',
    requires: 'force-delete',
    async run({ provider, reference }) {
      const subject = reference('forced');
      await provider.setSecret(subject, { data: 'first' });
      await provider.deleteSecret(subject, { force: true });
      await refusalOf('getSecret', ['NOT_FOUND'], () => provider.getSecret(subject));
      if (provider.restoreSecret !== undefined) {
        await refusalOf('restoreSecret', ['NOT_FOUND', 'UNSUPPORTED'], async () => provider.restoreSecret?.(subject));
      }
      await provider.setSecret(subject, { data: 'second' });
      requireBytes('getSecret', await provider.getSecret(subject), encode('second'));
    },
  },
  {
    id: 'secrets.50',
    title: 'refuses a recovery window that it cannot keep with UNSUPPORTED, and deletes nothing',
    requires: 'write',
    async run({ provider, reference }) {
      if (provider.restoreSecret !== undefined) return;
      const subject = reference('no-window');
      await provider.setSecret(subject, { data: 'value' });
      await refusalOf('deleteSecret with a recovery window', ['UNSUPPORTED'], () =>
        provider.deleteSecret(subject, { recoveryWindowDays: 7 }),
      );
      requireBytes('getSecret', await provider.getSecret(subject), encode('value'));
    },
  },
];

function stagingOf(provider: SecretProvider): Required<Pick<SecretProvider, 'stageSecret' | 'promoteSecret'>> {
  const stageSecret = provider.stageSecret?.bind(provider) ?? missing('stageSecret');
  const promoteSecret = provider.promoteSecret?.bind(provider) ?? missing('promoteSecret');
  return { stageSecret, promoteSecret };
}

function missing(method: string): never {
  requireThat(false, `${method}: expected the backend to have it, since it declares the capability`);
}
