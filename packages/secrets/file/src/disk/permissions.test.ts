import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryDirectory } from '../__fixtures__/temporary-directory.ts';
import type { Subject } from '../reference/subject.ts';
import { assertNotWritableByOthers, assertPrivate } from './permissions.ts';

const SUBJECT: Subject = { provider: 'file', operation: 'read', reference: 'file://a' };

async function statsWith(kind: 'file' | 'directory', mode: number): Promise<Stats> {
  const path = join(await temporaryDirectory(), 'x');
  await (kind === 'file' ? writeFile(path, '') : mkdir(path));
  await chmod(path, mode);
  return stat(path);
}

function outcomeOf(check: () => void): string {
  try {
    check();
    return 'passed';
  } catch (error) {
    return String(error);
  }
}

describe('assertPrivate', () => {
  it.each([
    ['file', 0o600],
    ['file', 0o400],
    ['directory', 0o700],
  ] as const)('lets a %s of mode %o pass', async (kind, mode) => {
    const stats = await statsWith(kind, mode);
    expect(() => assertPrivate(stats, '/x', 'enforce', SUBJECT)).not.toThrow();
  });

  it.each([
    ['file', 0o640, 'run "chmod 0600" on it'],
    ['file', 0o602, 'mode 0602'],
    ['directory', 0o710, 'run "chmod 0700" on it'],
  ] as const)('refuses a %s of mode %o and says what to do', async (kind, mode, text) => {
    const stats = await statsWith(kind, mode);
    expect(() => assertPrivate(stats, '/x', 'enforce', SUBJECT)).toThrow(text);
    expect(() => assertPrivate(stats, '/x', 'enforce', SUBJECT)).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }),
    );
    expect(() => assertPrivate(stats, '/x', 'ignore', SUBJECT)).not.toThrow();
  });

  it.each([
    [1000, 1000, true],
    [1000, 0, true],
    [0, 1000, true],
    [1000, 1001, false],
  ])('for user %i and owner %i passes: %s', async (user, owner, passes) => {
    vi.spyOn(process, 'geteuid').mockReturnValue(user);
    const stats = Object.assign(await statsWith('file', 0o600), { uid: owner });
    expect(outcomeOf(() => assertPrivate(stats, '/x', 'enforce', SUBJECT))).toMatch(
      passes ? /^passed$/ : /\/x belongs to user 1001, and this process runs as user 1000$/,
    );
  });
});

describe('assertNotWritableByOthers', () => {
  it.each([
    ['file', 0o644, true],
    ['file', 0o444, true],
    ['file', 0o664, false],
    ['file', 0o646, false],
    ['directory', 0o755, true],
    ['directory', 0o775, false],
    ['directory', 0o1777, true],
  ] as const)('for a %s of mode %o passes: %s', async (kind, mode, passes) => {
    const stats = await statsWith(kind, mode);
    const message = outcomeOf(() => assertNotWritableByOthers(stats, '/x', 'enforce', SUBJECT));
    expect(message).toMatch(passes ? /^passed$/ : /other users can change \/x .* run "chmod go-w"/);
  });
});
