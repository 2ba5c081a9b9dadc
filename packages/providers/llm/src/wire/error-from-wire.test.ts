import { createCanary, findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { errorFromAnswer, requestIdOf } from './error-from-wire.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');

const errorOf = (status: number, body: unknown = '', headers: Record<string, string> = {}) =>
  errorFromAnswer(
    { status, headers: new Headers(headers), body: typeof body === 'string' ? body : JSON.stringify(body) },
    NOW,
  );

describe('the error for an answer', () => {
  it.each([
    [400, 'invalid_request', 'never'],
    [401, 'unauthenticated', 'never'],
    [402, 'quota_exceeded', 'never'],
    [403, 'forbidden', 'never'],
    [404, 'not_found', 'never'],
    [408, 'timeout', 'transient'],
    [418, 'invalid_request', 'never'],
    [429, 'rate_limited', 'throttled'],
    [500, 'provider_error', 'transient'],
    [501, 'unsupported', 'never'],
    [529, 'provider_error', 'transient'],
    [504, 'timeout', 'transient'],
    [302, 'provider_error', 'never'],
  ])('with status %i is %s, to be retried: %s', (status, code, retry) => {
    expect(errorOf(status)).toMatchObject({ code, retry, httpStatus: status });
  });

  it.each([
    [
      'nested, as OpenAI sends it',
      { error: { message: 'm', type: 'requests', code: 'rate_limit_exceeded' } },
      'rate_limit_exceeded',
    ],
    [
      'nested without a code',
      { error: { message: 'm', type: 'invalid_request_error', code: null } },
      'invalid_request_error',
    ],
    ['flat, as Mistral sends it', { object: 'error', message: 'm', type: 'invalid_model', code: '1500' }, '1500'],
    ['flat with a number', { object: 'error', code: 3505 }, '3505'],
    ['a bare detail, as Mistral sends for 401', { detail: 'Unauthorized' }, undefined],
    ['a page of HTML', '<html>', undefined],
    ['prose where a code should be', { error: { code: 'the key sk-123 is bad' } }, undefined],
  ])('reads the code of the vendor: %s', (_what, body, providerCode) => {
    expect(errorOf(400, body).providerCode).toBe(providerCode);
  });

  it('lets the code of the vendor say more than the status', () => {
    expect(errorOf(429, { error: { code: 'insufficient_quota' } })).toMatchObject({
      code: 'quota_exceeded',
      retry: 'never',
    });
    expect(errorOf(400, { error: { code: 'content_filter' } })).toMatchObject({ code: 'content_filtered' });
  });

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'Wed, 25 Nov 2026 12:00:05 GMT' }, 5000],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('reads the wait from %j', (headers, wait) => {
    expect(errorOf(429, '', headers).retryAfterMs).toBe(wait);
  });

  it('has no wait where a retry cannot help', () => {
    expect(errorOf(400, '', { 'retry-after': '7' }).retryAfterMs).toBeUndefined();
  });

  it.each(['token', 'hostile'] as const)('shows nothing of a body that quotes a %s credential', (style) => {
    const canary = createCanary(7, style);
    const bodies = [{ error: { message: canary, code: canary } }, { detail: canary }, `<p>${canary}`, { type: canary }];
    expect(bodies.flatMap((body) => findCanary(errorOf(401, body), canary))).toEqual([]);
  });

  it('carries the id of the request where it is one', () => {
    expect(errorOf(500, '', { 'x-request-id': 'req_1' }).requestId).toBe('req_1');
    expect(requestIdOf(new Headers({ 'x-request-id': 'two words', 'mistral-correlation-id': 'm-1' }))).toBe('m-1');
    expect(requestIdOf(new Headers())).toBeUndefined();
  });
});
