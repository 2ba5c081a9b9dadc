import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { SecretProviderError } from '@mortise/secrets';
import { describe, expect, it } from 'vitest';
import { readTree, temporaryDirectory } from './__fixtures__/temporary-directory.ts';
import { IDENTITY, temporaryVault } from './__fixtures__/temporary-vault.ts';
import { FileSecretProvider, generateIdentity, MountedSecretProvider } from './index.ts';

const CANARY = 'canary-5e1f-Zm9vYmFy';
const REFERENCE = 'file://tenants/acme/mistral';

/** The canary as it stands, and as the encodings that turn up in dumps would have it. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const shifted = [0, 1, 2].map((pad) => Buffer.concat([Buffer.alloc(pad, 'x'), bytes, Buffer.alloc(3, 'x')]));
  return [
    text,
    text.toLowerCase(),
    bytes.toString('hex'),
    bytes.join(','),
    // Whatever stands before it, the middle of its base64 is one of three.
    ...shifted.map((padded) => padded.toString('base64').slice(4, -8)),
  ];
}

function expectNowhere(output: string, canary: string): void {
  expect(formsOf(canary).filter((form) => output.includes(form))).toEqual([]);
}

/** Every way in which a thrown error or a held object comes to be printed. */
function printed(value: unknown): string {
  const parts = [inspect(value, { depth: 12, showHidden: true }), JSON.stringify(value) ?? '', String(value)];
  if (value instanceof Error) parts.push(value.stack ?? '', printed(value.cause));
  return parts.join('\n');
}

describe('formsOf', () => {
  it.each([
    ['plain', (text: string) => `a ${text} b`],
    ['base64 at any offset', (text: string) => Buffer.from(`{"k":"${text}"}`).toString('base64')],
    ['hex', (text: string) => Buffer.from(`x${text}`).toString('hex')],
  ])('finds the canary in %s', (_, dump) => {
    expect(formsOf(CANARY).filter((form) => dump(CANARY).includes(form))).not.toEqual([]);
  });
});

describe('a secret', () => {
  it('stands nowhere on the disk, nor do its labels', async () => {
    const { vault, directory } = await temporaryVault();
    for (let index = 0; index < 3; index += 1) {
      await vault.setSecret(REFERENCE, { data: CANARY, contentType: CANARY, labels: { [CANARY]: CANARY } });
    }
    await vault.setSecret('file://deleted', { data: CANARY });
    await vault.deleteSecret('file://deleted');
    const files = await readTree(directory);
    expect(files.size).toBe(5);
    for (const [path, content] of files) {
      for (const encoding of ['latin1', 'base64', 'hex'] as const) expectNowhere(content.toString(encoding), CANARY);
      expectNowhere(path, CANARY);
      expectNowhere(content.toString('latin1'), IDENTITY);
    }
  });

  it('is in no error, whatever goes wrong', async () => {
    const { vault, directory, fileOf } = await temporaryVault({ maxPayloadBytes: 100 });
    await vault.setSecret(REFERENCE, { data: CANARY });
    const wrong = new FileSecretProvider({ directory, identity: await generateIdentity() });
    await writeFile(fileOf('tenants/acme/mistral', 2), CANARY, { mode: 0o600 });
    const errors = await Promise.all(
      [
        vault.getSecret(REFERENCE),
        vault.setSecret(REFERENCE, { data: CANARY.repeat(10) }),
        vault.setSecret(REFERENCE, { data: `${CANARY}%`, encoding: 'base64' }),
        vault.rotateSecret('file://absent', { data: CANARY }),
        vault.setSecret(`${REFERENCE}?version=1`, { data: CANARY }),
        wrong.setSecret(REFERENCE, { data: CANARY }),
        wrong.getSecret(REFERENCE),
      ].map(async (call) =>
        call.then(
          () => 'resolved',
          (error: unknown) => error,
        ),
      ),
    );
    for (const error of errors) {
      expect(SecretProviderError.is(error)).toBe(true);
      expectNowhere(printed(error), CANARY);
      expectNowhere(printed(error), IDENTITY);
    }
  });

  it('is not shown by the value that carries it', async () => {
    const { vault } = await temporaryVault();
    await vault.setSecret(REFERENCE, { data: CANARY });
    const value = await vault.getSecret(REFERENCE);
    expect(new TextDecoder().decode(value.data)).toBe(CANARY);
    expectNowhere(printed(value), CANARY);
  });

  it('that is mounted is in no version, error or printed value', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'key'), CANARY, { mode: 0o400 });
    const mounted = new MountedSecretProvider({ directory, maxBytes: 30 });
    const value = await mounted.getSecret('mounted://key');
    expect(value.data).toHaveLength(CANARY.length);
    expectNowhere(printed(value), CANARY);
    const small = new MountedSecretProvider({ directory, maxBytes: 3 });
    const error: unknown = await small.getSecret('mounted://key').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TOO_LARGE' });
    expectNowhere(printed(error), CANARY);
  });
});

describe('the identity', () => {
  it('is not shown by a provider, before and after it is used', async () => {
    const { vault, directory } = await temporaryVault();
    const lazy = new FileSecretProvider({ directory, identity: [IDENTITY] });
    expectNowhere(printed([vault, lazy]), IDENTITY);
    await lazy.open();
    expect(printed(lazy)).toContain('FileSecretProvider');
    expectNowhere(printed(lazy), IDENTITY);
  });

  it('is not shown when it is malformed', async () => {
    const malformed = `${IDENTITY.slice(0, -1)}${IDENTITY.endsWith('Q') ? 'P' : 'Q'}`;
    const vault = new FileSecretProvider({ directory: await temporaryDirectory(), identity: malformed });
    const error: unknown = await vault.open().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INVALID' });
    expectNowhere(printed(error), malformed);
  });
});
