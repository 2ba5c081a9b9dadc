import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { classifyHttpStatus } from './classify-http-status.ts';
import { IntegrationError } from './integration-error.ts';
import { MortiseError } from './mortise-error.ts';

const CANARY = 'canary-5d1f0a';

class LimitError extends MortiseError<'LIMIT'> {}

function makeError(cause?: unknown): IntegrationError {
  return new IntegrationError({
    code: 'rate_limited',
    message: 'The provider is busy; try later',
    retry: 'throttled',
    retryAfterMs: 1500,
    httpStatus: 429,
    providerCode: 'slow_down',
    requestId: 'req-1',
    field: 'model',
    cause,
  });
}

describe('identity', () => {
  const samples = {
    mortise: new LimitError({ code: 'LIMIT', message: 'x' }),
    integration: makeError(),
    plain: new Error('x'),
    named: Object.assign(new Error('x'), { name: 'MortiseError', code: 'LIMIT' }),
    text: 'MortiseError',
    nothing: null,
    absent: undefined,
  };

  it.each<[keyof typeof samples, boolean, boolean]>([
    ['mortise', true, false],
    ['integration', true, true],
    ['plain', false, false],
    ['named', false, false],
    ['text', false, false],
    ['nothing', false, false],
    ['absent', false, false],
  ])('of %s: MortiseError %s, IntegrationError %s', (name, isMortise, isIntegration) => {
    expect(MortiseError.is(samples[name])).toBe(isMortise);
    expect(IntegrationError.is(samples[name])).toBe(isIntegration);
  });
});

describe('fields', () => {
  it('takes its name from its class and is an Error with a stack', () => {
    const error = new LimitError({ code: 'LIMIT', message: 'too many' });
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('LimitError');
    expect(error.stack).toContain('too many');
    expect(String(error)).toBe('LimitError: too many');
  });

  it('is never retryable unless it says so', () => {
    expect(new LimitError({ code: 'LIMIT', message: 'x' }).retryable).toBe(false);
    expect(new LimitError({ code: 'LIMIT', message: 'x', retry: 'transient' }).retryable).toBe(true);
    expect(makeError().retryable).toBe(true);
  });

  it('leaves out what was not given', () => {
    expect(Object.keys(new IntegrationError({ code: 'timeout', message: 'x' })).sort()).toEqual(['code', 'retry']);
    expect('cause' in new LimitError({ code: 'LIMIT', message: 'x' })).toBe(false);
  });
});

describe('printing', () => {
  const cause = Object.assign(new Error(CANARY), { config: { headers: { authorization: CANARY } } });

  it('serialises what helps and neither cause nor stack', () => {
    expect(JSON.parse(JSON.stringify(makeError(cause)))).toEqual({
      name: 'IntegrationError',
      code: 'rate_limited',
      message: 'The provider is busy; try later',
      retryable: true,
      retryAfterMs: 1500,
      httpStatus: 429,
      providerCode: 'slow_down',
      requestId: 'req-1',
      field: 'model',
    });
    expect(JSON.parse(JSON.stringify(new LimitError({ code: 'LIMIT', message: 'x' })))).toEqual({
      name: 'LimitError',
      code: 'LIMIT',
      message: 'x',
      retryable: false,
    });
  });

  it('keeps the cause readable for whoever asks for it', () => {
    expect(makeError(cause).cause).toBe(cause);
  });

  it.each<[string, (error: Error) => string]>([
    ['JSON', (error) => JSON.stringify(error)],
    ['inspection', (error) => inspect(error)],
    ['deep inspection of what holds it', (error) => inspect({ list: [error] }, { depth: null, showHidden: true })],
    ['text', (error) => String(error)],
    ['its stack', (error) => error.stack ?? ''],
    ['its enumerable fields', (error) => JSON.stringify(Object.entries(error))],
    ['an outer error', (error) => inspect(new Error('outer', { cause: error }), { depth: null })],
  ])('does not show the cause in %s', (_name, show) => {
    expect(show(makeError(cause))).not.toContain(CANARY);
    expect(show(makeError(cause)).length).toBeGreaterThan(10);
  });

  it('shows message, stack and fields in inspection', () => {
    const shown = inspect(makeError(cause));
    expect(shown).toMatch(/^IntegrationError: The provider is busy; try later\n\s+at /);
    expect(shown).toContain("code: 'rate_limited'");
    expect(shown).toContain('httpStatus: 429');
  });
});

describe('classifyHttpStatus', () => {
  it.each([
    [400, 'invalid_request', 'never'],
    [401, 'unauthenticated', 'never'],
    [402, 'quota_exceeded', 'never'],
    [403, 'forbidden', 'never'],
    [404, 'not_found', 'never'],
    [405, 'invalid_request', 'never'],
    [408, 'timeout', 'transient'],
    [409, 'conflict', 'never'],
    [410, 'not_found', 'never'],
    [412, 'precondition_failed', 'never'],
    [413, 'invalid_request', 'never'],
    [415, 'invalid_request', 'never'],
    [422, 'invalid_request', 'never'],
    [425, 'unavailable', 'transient'],
    [429, 'rate_limited', 'throttled'],
    [451, 'forbidden', 'never'],
    [500, 'provider_error', 'transient'],
    [501, 'unsupported', 'never'],
    [502, 'unavailable', 'transient'],
    [503, 'unavailable', 'transient'],
    [504, 'timeout', 'transient'],
    [599, 'provider_error', 'transient'],
  ])('reads %i as %s, retry %s', (status, code, retry) => {
    expect(classifyHttpStatus(status)).toEqual({ code, retry });
  });

  it.each([200, 204, 301, 399, 600, 0, 429.5, Number.NaN])('does not read %d', (status) => {
    expect(classifyHttpStatus(status)).toBeUndefined();
  });

  it('reads the wait, and 503 with a wait as throttling', () => {
    expect(classifyHttpStatus(503, { 'Retry-After': '7' }, 0)).toEqual({
      code: 'unavailable',
      retry: 'throttled',
      retryAfterMs: 7000,
    });
    expect(classifyHttpStatus(429, new Headers({ 'retry-after-ms': '250' }), 0)).toEqual({
      code: 'rate_limited',
      retry: 'throttled',
      retryAfterMs: 250,
    });
    expect(classifyHttpStatus(503, { 'retry-after': 'soon' }, 0)?.retry).toBe('transient');
  });
});
