import { inspect } from 'node:util';
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import type { Subject } from '../reference/subject.ts';
import { Keyring } from './keyring.ts';

const SUBJECT: Subject = { provider: 'file', operation: 'open', reference: '' };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('Keyring', () => {
  it('opens what it sealed', async () => {
    const keyring = await Keyring.create([await generateX25519Identity()], [], SUBJECT);
    expect(await keyring.decrypt(await keyring.encrypt(encode('abc')))).toEqual(encode('abc'));
  });

  it('writes to the first identity and reads with all', async () => {
    const [old, next] = [await generateX25519Identity(), await generateX25519Identity()];
    const [onlyOld, onlyNext] = [await Keyring.create([old], [], SUBJECT), await Keyring.create([next], [], SUBJECT)];
    const both = await Keyring.create([next, old], [], SUBJECT);
    const sealed = await both.encrypt(encode('abc'));
    expect(await onlyNext.decrypt(sealed)).toEqual(encode('abc'));
    expect(await onlyOld.decrypt(sealed)).toBe('no matching identity');
    expect(await both.decrypt(await onlyOld.encrypt(encode('old')))).toEqual(encode('old'));
  });

  it('writes to further recipients as well', async () => {
    const [own, recovery] = [await generateX25519Identity(), await generateX25519Identity()];
    const keyring = await Keyring.create([own], [await identityToRecipient(recovery)], SUBJECT);
    const offline = await Keyring.create([recovery], [], SUBJECT);
    const sealed = await keyring.encrypt(encode('abc'));
    expect(await offline.decrypt(sealed)).toEqual(encode('abc'));
    expect(await keyring.decrypt(sealed)).toEqual(encode('abc'));
  });

  it("takes age's post-quantum identities too", async () => {
    const keyring = await Keyring.create([await generateHybridIdentity()], [], SUBJECT);
    expect(await keyring.decrypt(await keyring.encrypt(encode('abc')))).toEqual(encode('abc'));
  });

  it('tells damage from a key that does not fit', async () => {
    const keyring = await Keyring.create([await generateX25519Identity()], [], SUBJECT);
    const other = await Keyring.create([await generateX25519Identity()], [], SUBJECT);
    const sealed = await keyring.encrypt(encode('abc'));
    expect(await other.decrypt(sealed)).toBe('no matching identity');
    const flipped = sealed.map((byte, index) => (index === sealed.length - 1 ? byte ^ 1 : byte));
    expect(await keyring.decrypt(flipped)).toBe('damaged');
    expect(await keyring.decrypt(sealed.subarray(0, -1))).toBe('damaged');
    expect(await keyring.decrypt(encode('not age at all'))).toBe('damaged');
    expect(await keyring.decrypt(new Uint8Array())).toBe('damaged');
  });

  it('names the set of recipients, whatever their order', async () => {
    const [own, a, b] = [
      await generateX25519Identity(),
      await generateX25519Identity(),
      await generateX25519Identity(),
    ];
    const [forA, forB] = [await identityToRecipient(a), await identityToRecipient(b)];
    const fingerprintOf = async (recipients: string[]): Promise<string> =>
      (await Keyring.create([own], recipients, SUBJECT)).fingerprint;
    expect(await fingerprintOf([forA, forB])).toBe(await fingerprintOf([forB, forA, forB]));
    expect(await fingerprintOf([forA])).not.toBe(await fingerprintOf([forA, forB]));
    expect(await fingerprintOf([])).not.toContain(own);
  });

  it('needs an identity', async () => {
    await expect(Keyring.create([], [], SUBJECT)).rejects.toMatchObject({ code: 'INVALID' });
  });

  it.each([
    ['an identity', ['AGE-SECRET-KEY-1CANARY5E1F'], []],
    ['an identity with a wrong checksum', [`AGE-SECRET-KEY-1${'CANARY5E1F'.repeat(6).slice(0, 58)}`], []],
    ['a second identity', ['own', 'CANARY5E1F'], []],
    ['a recipient', ['own'], ['age1canary5e1f']],
  ])('refuses %s that is malformed, and does not show it', async (_, malformed, recipients) => {
    const own = await generateX25519Identity();
    const identities = malformed.map((identity) => (identity === 'own' ? own : identity));
    const error: unknown = await Keyring.create(identities, recipients, SUBJECT).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INVALID' });
    expect(error).not.toHaveProperty('cause');
    expect(inspect(error, { depth: 9, showHidden: true }).toUpperCase()).not.toContain('CANARY5E1F');
  });

  it('shows no key when it is inspected', async () => {
    const identity = await generateX25519Identity();
    const keyring = await Keyring.create([identity], [], SUBJECT);
    expect(inspect(keyring, { depth: 9, showHidden: true })).not.toContain(identity.slice(20));
    expect(JSON.stringify(keyring)).not.toContain(identity.slice(20));
  });
});
