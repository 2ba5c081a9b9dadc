import { describe, expect, it } from 'vitest';
import { readRpcFailure } from './read-rpc-failure.ts';
import { toRpcStatus } from './rpc-status.ts';
import { toCredentialsError } from './to-credentials-error.ts';
import { toProviderError } from './to-provider-error.ts';

const SUBJECT = { provider: 'gcp-secret-manager', operation: 'read', reference: 'gcp://secrets/s' };

const codeOf = (error: unknown): string => toProviderError(error, SUBJECT, 'AccessSecretVersion').code;

describe('toRpcStatus', () => {
  it('reads gRPC numbers and names, HTTP statuses and codes of the network alike', () => {
    expect([5, '5', 'NOT_FOUND', 404, '404'].map(toRpcStatus)).toEqual(Array(5).fill('NOT_FOUND'));
    expect([14, 503, 502, 'ECONNRESET', 'ENOTFOUND', 'UND_ERR_SOCKET'].map(toRpcStatus)).toEqual(
      Array(6).fill('UNAVAILABLE'),
    );
    expect([7, 403].map(toRpcStatus)).toEqual(Array(2).fill('PERMISSION_DENIED'));
    expect([8, 429].map(toRpcStatus)).toEqual(Array(2).fill('RESOURCE_EXHAUSTED'));
  });

  it('makes nothing of what says nothing', () => {
    expect([undefined, null, 99, 204, 'ERR_INVALID_ARG_TYPE', {}].map(toRpcStatus)).toEqual(Array(6).fill(undefined));
  });
});

describe('toProviderError', () => {
  it.each([
    ['HTTP statuses as codes, of older versions of the SDK', { code: 404, message: 'x' }, 'NOT_FOUND'],
    ['their names', { code: 'PERMISSION_DENIED' }, 'FORBIDDEN'],
    ['an HTTP status alone', { httpStatusCode: 429 }, 'THROTTLED'],
    ['a broken resolver', { code: 14, message: 'x', cause: { code: 'ENOTFOUND' } }, 'UNAVAILABLE'],
    [
      'no token for a call of gRPC',
      { code: 2, message: '2 UNKNOWN: Getting metadata from plugin failed with error: no such file' },
      'UNAUTHENTICATED',
    ],
    ['a refused grant', { code: 3, message: 'invalid_grant: Invalid JWT Signature.' }, 'UNAUTHENTICATED'],
    ['JSON that cannot be read', { code: 14, message: 'x', cause: new SyntaxError('x') }, 'INTEGRITY'],
    [
      'a message that gRPC cannot read',
      { code: 13, message: 'Response message parsing error: index out of range' },
      'INTEGRITY',
    ],
    ['an error of the language', new TypeError("Cannot read properties of undefined (reading 'name')"), 'UNKNOWN'],
    ['a text', 'The client has already been closed.', 'INVALID'],
    ['nothing', undefined, 'UNKNOWN'],
    ['null', null, 'UNKNOWN'],
    ['a number', 5, 'UNKNOWN'],
  ])('takes %s', (_, error, code) => {
    expect(codeOf(error)).toBe(code);
  });

  it('survives errors whose properties throw, or go round in circles', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    const circular: { code: number; cause?: unknown } = { code: 14 };
    circular.cause = circular;
    expect(codeOf(hostile)).toBe('UNKNOWN');
    expect(codeOf(circular)).toBe('UNAVAILABLE');
  });

  it('reads the wait from headers, too', () => {
    const metadata = new Map([['retry-after', ['7']]]);
    expect(readRpcFailure({ code: 8, metadata }).retryAfterMs).toBe(7000);
    const cause = { response: { headers: new Headers({ 'retry-after': '2' }) } };
    expect(readRpcFailure({ code: 8, cause }).retryAfterMs).toBe(2000);
    const date = { response: { headers: new Headers({ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }) } };
    expect(readRpcFailure({ code: 8, cause: date }).retryAfterMs).toBeUndefined();
    expect(readRpcFailure({ code: 8, statusDetails: [null, { retryDelay: '1.5s' }] }).retryAfterMs).toBe(1500);
  });

  it('lets errors of the contract pass', () => {
    const error = toProviderError({ code: 5 }, SUBJECT, 'GetSecret');
    expect(toProviderError(error, SUBJECT, 'AccessSecretVersion')).toBe(error);
  });
});

describe('toCredentialsError', () => {
  it.each([
    ['no credentials', new Error('Could not load the default credentials.'), 'UNAUTHENTICATED', false],
    ['a source that cannot be reached', { code: 'ECONNREFUSED', message: 'x' }, 'UNAVAILABLE', true],
    ['a source that fails', { code: '500', status: 500, message: 'x' }, 'UNAVAILABLE', true],
    ['anything else', 'no', 'UNAUTHENTICATED', false],
  ])('takes %s', (_, error, code, retryable) => {
    expect(toCredentialsError(error, SUBJECT)).toMatchObject({ code, retryable });
  });
});
