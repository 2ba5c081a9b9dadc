import { IntegrationError } from '@mortise/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyError } from './classify-error.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('the class of an error', () => {
  it.each([
    [408, 'transient'],
    [425, 'transient'],
    [429, 'throttled'],
    [500, 'transient'],
    [502, 'transient'],
    [503, 'transient'],
    [504, 'transient'],
    [401, 'auth'],
    [400, 'permanent'],
    [403, 'permanent'],
    [404, 'permanent'],
    [409, 'permanent'],
    [422, 'permanent'],
    [451, 'permanent'],
  ])('with HTTP status %i is %s, wherever the status stands', (status, expected) => {
    for (const fields of [
      { status },
      { statusCode: status },
      { httpStatus: status },
      { response: { status } },
      { code: status },
    ]) {
      expect(classifyError(Object.assign(new Error('x'), fields))).toMatchObject({
        class: expected,
        httpStatus: status,
      });
    }
  });

  it('is throttled for a 503 that names a wait', () => {
    expect(classifyError({ status: 503, headers: new Headers({ 'Retry-After': '3' }) }, NOW)).toMatchObject({
      class: 'throttled',
      retryAfterMs: 3_000,
    });
  });

  it.each([
    ['a reset connection in a cause', new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }), 'transient'],
    ['a refused connection', { code: 'ECONNREFUSED' }, 'transient'],
    ['a throttling exception', { name: 'ThrottlingException' }, 'throttled'],
    ['a body that does not parse', new SyntaxError('Unexpected token'), 'transient'],
    ['a timeout of fetch', new DOMException('timed out', 'TimeoutError'), 'transient'],
    ['an abort', new DOMException('aborted', 'AbortError'), 'aborted'],
    [
      'a provider error of ours',
      new IntegrationError({ code: 'rate_limited', message: 'x', retry: 'throttled' }),
      'throttled',
    ],
    ['a provider error of ours that is final', new IntegrationError({ code: 'not_found', message: 'x' }), 'permanent'],
    ['an error flagged retryable', { retryable: true }, 'transient'],
    ['an error flagged final', { retryable: false }, 'permanent'],
    ['a plain error', new Error('boom'), 'unknown'],
    ['a text', 'boom', 'unknown'],
  ])('of %s is %s', (_name, error, expected) => {
    expect(classifyError(error).class).toBe(expected);
  });

  it.each([
    ['throttled', 403, { code: 'rate_limited', retry: 'throttled' }],
    ['auth', 403, { code: 'unauthenticated' }],
    ['permanent', 401, { code: 'forbidden' }],
    ['permanent', 404, { code: 'not_found' }],
  ] as const)('of ours is %s where it says so, whatever its status %i', (expected, httpStatus, options) => {
    expect(classifyError(new IntegrationError({ message: 'x', httpStatus, ...options })).class).toBe(expected);
  });

  it('says whether the request certainly never left', () => {
    expect(classifyError(new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })).neverSent).toBe(true);
    expect(classifyError({ code: 'ECONNRESET' }).neverSent).toBe(false);
  });

  it('reads the wait in milliseconds from vendor headers before Retry-After', () => {
    const headers = { 'Retry-After-Ms': '250', 'retry-after': '9' };
    expect(classifyError({ status: 429, response: { headers } }, NOW).retryAfterMs).toBe(250);
  });
});

describe('any value', () => {
  it('is classified without a throw', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withMap: true, withSet: true }), (value) => {
        expect(() => classifyError(value)).not.toThrow();
        expect(() =>
          classifyError({ code: value, status: value, headers: value, response: value, cause: value }),
        ).not.toThrow();
      }),
    );
  });

  it('may be a cycle, a proxy or full of throwing getters', () => {
    const cycle: { cause?: unknown } = {};
    cycle.cause = cycle;
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    expect(classifyError(cycle).class).toBe('unknown');
    expect(classifyError(hostile).class).toBe('unknown');
    expect(classifyError({ headers: hostile }).class).toBe('unknown');
  });
});
