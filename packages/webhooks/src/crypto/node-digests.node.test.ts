import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { asIf } from '../__fixtures__/as-if.ts';
import { nodeDigests } from './node-digests.ts';

const original = process;

/** A process that hands out this instead of Node's crypto module. */
function processWith(module: unknown): void {
  vi.stubGlobal('process', { ...original, getBuiltinModule: () => module });
}

describe('what is used of Node', () => {
  it('signs as createHmac does', () => {
    const digests = nodeDigests();
    expect(digests?.isSynchronous).toBe(true);
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.uint8Array({ maxLength: 2000 }),
        (secret, message) => {
          for (const digest of ['sha1', 'sha256', 'sha512'] as const) {
            const expected = createHmac(digest, secret).update(message).digest('hex');
            expect(Buffer.from(asIf(digests?.macKey(digest, secret).sign([message]))).toString('hex')).toBe(expected);
          }
        },
      ),
    );
  });

  it.each([
    ['there is no process', () => vi.stubGlobal('process', undefined)],
    ['the process is another one', () => vi.stubGlobal('process', { env: {} })],
    ['there is no such module', () => processWith(undefined)],
    ['the module is a stub', () => processWith({ createHash: () => undefined, createHmac: () => undefined })],
    [
      'asking for it throws',
      () =>
        vi.stubGlobal('process', {
          getBuiltinModule: () => {
            throw new TypeError('no');
          },
        }),
    ],
    [
      'it digests wrongly',
      () =>
        processWith({
          createHash: () => undefined,
          createHmac: () => ({ update: () => undefined, digest: () => 'x'.repeat(32) }),
        }),
    ],
  ])('is left alone where %s', (_when, prepare) => {
    prepare();
    expect(nodeDigests()).toBeUndefined();
  });

  it.each([
    ['is missing', undefined],
    [
      'throws',
      () => {
        throw new TypeError('no');
      },
    ],
    ['digests wrongly', () => 'x'.repeat(32)],
  ])('falls back to createHmac where the one-shot hash %s', (_when, hash) => {
    const crypto = original.getBuiltinModule('node:crypto');
    processWith({ createHash: crypto.createHash, createHmac: crypto.createHmac, hash });
    const mac = nodeDigests()?.macKey('sha256', Buffer.from('k')).sign(['message']);
    expect(Buffer.from(asIf(mac)).toString('hex')).toBe(createHmac('sha256', 'k').update('message').digest('hex'));
  });
});
