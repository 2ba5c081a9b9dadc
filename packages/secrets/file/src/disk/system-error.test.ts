import { stat } from 'node:fs/promises';
import { SecretProviderError } from '@mortise/secrets';
import { describe, expect, it } from 'vitest';
import { failure, type Subject } from '../reference/subject.ts';
import { systemErrorCode, toProviderError } from './system-error.ts';

const SUBJECT: Subject = { provider: 'file', operation: 'read', reference: 'file://a' };
const systemError = (code: string): Error => Object.assign(new Error(`${code}: failed`), { code });

describe('toProviderError', () => {
  it.each([
    ['ENOENT', 'NOT_FOUND', false],
    ['EACCES', 'FORBIDDEN', false],
    ['EPERM', 'FORBIDDEN', false],
    ['ELOOP', 'FORBIDDEN', false],
    ['EROFS', 'READ_ONLY', false],
    ['ENOSPC', 'UNAVAILABLE', true],
    ['EDQUOT', 'UNAVAILABLE', true],
    ['EMFILE', 'UNAVAILABLE', true],
    ['ENFILE', 'UNAVAILABLE', true],
    ['EIO', 'UNAVAILABLE', true],
    ['ESTALE', 'UNAVAILABLE', true],
    ['ENOTDIR', 'INTEGRITY', true],
    ['EISDIR', 'INTEGRITY', true],
    ['ENOTSUP', 'UNSUPPORTED', false],
    ['ENAMETOOLONG', 'INVALID', false],
    ['EWHATEVER', 'UNKNOWN', false],
    ['toString', 'UNKNOWN', false],
  ])('makes %s %s', (systemCode, code, retryable) => {
    const cause = systemError(systemCode);
    const error = toProviderError(cause, SUBJECT);
    expect(error).toMatchObject({ code, retryable, provider: 'file', reference: 'file://a', cause });
  });

  it('reads what the file system itself throws', async () => {
    const error: unknown = await stat('/nowhere/at/all').catch((thrown: unknown) => thrown);
    expect(toProviderError(error, SUBJECT).message).toBe(
      'Secret backend "file" could not read "file://a": there is no such file (ENOENT)',
    );
  });

  it('takes a refused link for a file system without hard links', () => {
    const error = toProviderError(Object.assign(systemError('EPERM'), { syscall: 'link' }), SUBJECT);
    expect(error.code).toBe('UNSUPPORTED');
    const other = toProviderError(Object.assign(systemError('EPERM'), { syscall: 'open' }), SUBJECT);
    expect(other.code).toBe('FORBIDDEN');
  });

  it('keeps the cause out of what is serialised', () => {
    const error = toProviderError(systemError('EIO'), SUBJECT);
    expect(JSON.stringify(error)).not.toContain('failed"');
    expect(Object.keys(error)).not.toContain('cause');
  });

  it('passes errors of the contract on as they are', () => {
    const error = failure(SUBJECT, 'CONFLICT', 'x');
    expect(toProviderError(error, SUBJECT)).toBe(error);
  });

  it.each([undefined, null, 'text', 5, {}, new TypeError('x')])('makes anything else UNKNOWN: %j', (thrown) => {
    const error = toProviderError(thrown, SUBJECT);
    expect(SecretProviderError.is(error)).toBe(true);
    expect(error.code).toBe('UNKNOWN');
  });
});

describe('systemErrorCode', () => {
  it.each([
    [systemError('EIO'), 'EIO'],
    [new Error('x'), undefined],
    [Object.assign(new Error('x'), { code: 5 }), undefined],
    [{ code: 'EIO' }, undefined],
  ])('finds the code in %s', (error, code) => {
    expect(systemErrorCode(error)).toBe(code);
  });
});
