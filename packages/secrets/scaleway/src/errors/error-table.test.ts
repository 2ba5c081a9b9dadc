import { SecretProviderError } from '@mortise/secrets';
import type { Fault } from '@mortise/testing';
import { createAdvancedClient } from '@scaleway/sdk-client';
import { describe, expect, it } from 'vitest';
import { print, startBackend } from '../__fixtures__/backend.ts';
import { ScalewaySecretManagerProvider } from '../index.ts';
import { errorFault, type ScalewayErrorType } from '../testing/index.ts';

const REFERENCE = 'scw://secret-manager/key';
const RESOURCE = { resource: 'secret', resource_id: '624d7f85-d701-41e3-8c42-be04a5b42fc8' };
const NEVER = { retryable: false };
const TRANSIENT = { retryable: true, retry: 'transient' };

type Row = readonly [type: ScalewayErrorType, fields: Readonly<Record<string, unknown>>, status: number, code: string];

/** The documented types of errors, with the fields and the status that they come with. */
const FINAL: readonly Row[] = [
  ['not_found', RESOURCE, 404, 'NOT_FOUND'],
  ['unknown_resource', {}, 404, 'NOT_FOUND'],
  ['permissions_denied', { details: [{ resource: 'secret', action: 'access' }] }, 403, 'FORBIDDEN'],
  ['denied_authentication', { method: 'api_key', reason: 'not_found' }, 401, 'UNAUTHENTICATED'],
  ['denied_authentication', { method: 'api_key', reason: 'expired' }, 403, 'UNAUTHENTICATED'],
  ['invalid_arguments', { details: [{ argument_name: 'name', reason: 'format' }] }, 400, 'INVALID'],
  ['invalid_request_error', {}, 400, 'INVALID'],
  ['already_exists', { ...RESOURCE, help_message: '' }, 409, 'CONFLICT'],
  ['locked', RESOURCE, 423, 'CONFLICT'],
  ['expired', { ...RESOURCE, expired_since: '2026-01-01T00:00:00Z' }, 410, 'VERSION_DISABLED'],
  ['quotas_exceeded', { details: [{ resource: 'secrets', quota: 1, current: 1 }] }, 403, 'FORBIDDEN'],
];

async function failureOf(operation: 'read' | 'rotate', ...faults: readonly Fault[]): Promise<SecretProviderError> {
  const { server, provider } = await startBackend();
  server.addSecret({ name: 'key', versions: ['value'] });
  for (const fault of faults) server.inject(fault);
  const outcome: unknown = await (
    operation === 'read' ? provider.getSecret(REFERENCE) : provider.rotateSecret(REFERENCE, { data: 'new' })
  ).catch((error: unknown) => error);
  if (SecretProviderError.is(outcome)) return outcome;
  throw outcome;
}

describe('an error answer', () => {
  it.each(FINAL)(
    'of type %s with %j and status %i is %s, whatever was asked for',
    async (type, fields, status, code) => {
      for (const operation of ['read', 'rotate'] as const) {
        const error = await failureOf(operation, errorFault(type, fields, status));
        expect(error).toMatchObject({ code, ...NEVER, provider: 'scaleway-secret-manager', reference: REFERENCE });
        expect(error.message).toContain(`could not ${operation} "${REFERENCE}"`);
        expect(error.cause).toMatchObject({ name: 'ScalewayFailure', kind: 'refused', status, problem: { type } });
      }
    },
  );

  it.each(FINAL)(
    'of type %s is told by its type alone, with any status and without its fields',
    async (type, _, __, code) => {
      const fault: Fault = { kind: 'status', status: 418, body: JSON.stringify({ type, message: 'whatever' }) };
      expect(await failureOf('read', fault)).toMatchObject({ code, ...NEVER });
    },
  );

  it('of type precondition_failed is CONFLICT to a writer, VERSION_DISABLED to a reader', async () => {
    const fault = errorFault('precondition_failed', { precondition: 'some_state', help_message: 'not now' });
    expect(await failureOf('rotate', fault)).toMatchObject({ code: 'CONFLICT', ...NEVER });
    expect(await failureOf('read', fault)).toMatchObject({ code: 'VERSION_DISABLED', ...NEVER });
  });

  it('of type precondition_failed that speaks of deletion is PENDING_DELETION', async () => {
    const fields = { precondition: 'some_state', help_message: 'The secret is scheduled for deletion' };
    for (const operation of ['read', 'rotate'] as const) {
      const error = await failureOf(operation, errorFault('precondition_failed', fields));
      expect(error).toMatchObject({ code: 'PENDING_DELETION', ...NEVER });
    }
  });

  it('of type invalid_arguments about the checksum is INTEGRITY: the payload was damaged on its way', async () => {
    const fields = { details: [{ argument_name: 'data_crc32', reason: 'constraint' }] };
    expect(await failureOf('read', errorFault('invalid_arguments', fields))).toMatchObject({
      code: 'INTEGRITY',
      ...TRANSIENT,
    });
  });

  it('of type transient_state is UNAVAILABLE and worth another try', async () => {
    const fault = errorFault('transient_state', { ...RESOURCE, current_state: 'rotating' });
    expect(await failureOf('read', fault)).toMatchObject({ code: 'UNAVAILABLE', ...TRANSIENT });
  });

  it('of type quotas_exceeded says that it is about a quota', async () => {
    const fault = errorFault('quotas_exceeded', { details: [] });
    expect((await failureOf('rotate', fault)).message).toContain('quota');
  });

  it.each<[number, string, boolean]>([
    [400, 'INVALID', false],
    [401, 'UNAUTHENTICATED', false],
    [403, 'FORBIDDEN', false],
    [404, 'NOT_FOUND', false],
    [409, 'CONFLICT', false],
    [410, 'VERSION_DISABLED', false],
    [412, 'CONFLICT', false],
    [413, 'TOO_LARGE', false],
    [423, 'CONFLICT', false],
    [418, 'UNKNOWN', false],
    [408, 'UNAVAILABLE', true],
    [429, 'THROTTLED', true],
    [500, 'UNAVAILABLE', true],
    [502, 'UNAVAILABLE', true],
    [503, 'UNAVAILABLE', true],
    [504, 'UNAVAILABLE', true],
  ])('without a type that is known goes by its status: %i is %s', async (status, code, retryable) => {
    for (const body of ['{"type":"no_such_type"}', '<html>', '[]', 'null', '', '{"type":"constructor"}']) {
      expect(await failureOf('read', { kind: 'status', status, body })).toMatchObject({ code, retryable });
    }
  });

  it('with a server error is UNAVAILABLE even if its body names a type', async () => {
    const fault = errorFault('not_found', RESOURCE, 503);
    expect(await failureOf('read', fault)).toMatchObject({ code: 'UNAVAILABLE', ...TRANSIENT });
  });

  it('with dates that the SDK chokes on is told by its type all the same', async () => {
    const body = JSON.stringify({ type: 'expired', ...RESOURCE, expired_since: 'yesterday' });
    expect(await failureOf('read', { kind: 'status', status: 410, body })).toMatchObject({ code: 'VERSION_DISABLED' });
  });

  it('says under which id the service logged the request, if that is a UUID', async () => {
    const id = '75daa4f5-faa2-493f-993c-4faf9665921c';
    const withId = (value: string): Fault => ({ kind: 'status', status: 403, headers: { 'x-request-id': value } });
    const error = await failureOf('read', withId(id));
    expect(error.message).toContain(id);
    expect(error.cause).toMatchObject({ requestId: id });
    expect((await failureOf('read', withId('something else'))).message).not.toContain('something else');
  });
});

describe('the wait that the service asks for', () => {
  const help = { help_message: 'slow down' };
  const date = 'Wed, 25 Nov 2026 10:00:00 GMT';

  it.each<[string, Record<string, unknown>, Record<string, string>, number | undefined]>([
    ['reset_seconds', { reset_seconds: 3 }, {}, 3000],
    ['reset_seconds before reset_at', { reset_seconds: 0.5, reset_at: '2026-11-25T11:00:00Z' }, { date }, 500],
    ['reset_at by the clock of the service', { reset_at: '2026-11-25T10:00:07Z' }, { date }, 7000],
    ['reset_at that has passed', { reset_at: '2026-11-25T09:00:00Z' }, { date }, 0],
    ['reset_at that is no date', { reset_at: 'soon' }, { date }, undefined],
    ['negative reset_seconds', { reset_seconds: -1 }, {}, undefined],
    ['Retry-After in seconds', {}, { 'retry-after': '2' }, 2000],
    ['Retry-After as a date', {}, { 'retry-after': 'Wed, 25 Nov 2026 10:00:04 GMT', date }, 4000],
    ['the body before the header', { reset_seconds: 1 }, { 'retry-after': '9' }, 1000],
    ['more than a timer can wait', { reset_seconds: 1e12 }, {}, 2_147_483_647],
    ['nothing', {}, {}, undefined],
  ])('is read from %s', async (_, fields, headers, expected) => {
    const body = JSON.stringify({ type: 'too_many_requests', ...help, ...fields });
    const error = await failureOf('read', { kind: 'status', status: 429, headers, body });
    expect(error).toMatchObject({ code: 'THROTTLED', retryable: true, retry: 'throttled' });
    expect(error.retryAfterMs).toBe(expected);
  });

  it('is read from a 503, too, and not reported where no retry is advised', async () => {
    const wait = { 'retry-after': '5' };
    expect(await failureOf('read', { kind: 'status', status: 503, headers: wait })).toMatchObject({
      retryAfterMs: 5000,
    });
    expect(await failureOf('read', { kind: 'status', status: 403, headers: wait })).not.toHaveProperty('retryAfterMs');
  });

  it('comes out of the quota of the server, by whose clock the window ends', async () => {
    const { server, provider } = await startBackend({}, { quotas: { requests: { quota: 1, windowSeconds: 60 } } });
    server.addSecret({ name: 'key', versions: ['value'] });
    await provider.getSecret(REFERENCE);
    server.advance(20_000);
    const error: unknown = await provider.getSecret(REFERENCE).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'THROTTLED' });
    const { retryAfterMs = 0 } = SecretProviderError.is(error) ? error : {};
    expect(retryAfterMs).toBeGreaterThan(38_000);
    expect(retryAfterMs).toBeLessThanOrEqual(40_000);
    server.advance(retryAfterMs);
    await provider.getSecret(REFERENCE);
  });
});

describe('no answer', () => {
  it.each<[string, Fault]>([
    ['a connection that is reset', { kind: 'reset' }],
    ['a connection that is reset in the middle of the answer', { kind: 'reset', afterBytes: 12 }],
    ['an answer that ends too early', { kind: 'truncate', afterBytes: 12 }],
  ])('is UNAVAILABLE and worth another try: %s', async (_, fault) => {
    for (const operation of ['read', 'rotate'] as const) {
      const error = await failureOf(operation, fault);
      expect(error).toMatchObject({ code: 'UNAVAILABLE', ...TRANSIENT, cause: { kind: 'network' } });
      expect(error.cause).not.toHaveProperty('status');
    }
  });

  it('is UNAVAILABLE when nobody listens, with the code of the system', async () => {
    const { server, provider } = await startBackend();
    await server.http.kill();
    const error: unknown = await provider.getSecret(REFERENCE).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UNAVAILABLE', ...TRANSIENT, cause: { networkCode: 'ECONNREFUSED' } });
  });

  it.each<[string, Fault]>([
    ['JSON that breaks off', { kind: 'malformed', as: 'json' }],
    ['a page that asks to sign in', { kind: 'malformed', as: 'html' }],
    ['JSON of another kind', { kind: 'status', status: 200, body: '["a"]' }],
    ['an object with nothing in it', { kind: 'status', status: 200, body: '{}' }],
    ['nothing at all', { kind: 'status', status: 200, body: '' }],
    ['a status without a body', { kind: 'status', status: 204 }],
  ])('that can be read is INTEGRITY, also with a status of success: %s', async (_, fault) => {
    for (const operation of ['read', 'rotate'] as const) {
      expect(await failureOf(operation, fault)).toMatchObject({ code: 'INTEGRITY', ...TRANSIENT });
    }
  });
});

describe('what foreign code throws', () => {
  it.each<[string, () => unknown]>([
    ['an error', () => new TypeError('boom')],
    ['a string', () => 'boom'],
    ['nothing', () => undefined],
    ['an object that refuses to be read', () => new Proxy({}, { get: () => JSON.parse('{') })],
  ])('comes out as a SecretProviderError: %s', async (_, thrown) => {
    const { connect } = await startBackend();
    const provider = connect({
      fetch: () => {
        throw thrown();
      },
    });
    const error: unknown = await provider.getSecret(REFERENCE).catch((failure: unknown) => failure);
    expect(SecretProviderError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('is UNKNOWN when it comes before anything is sent, and hides what it says', async () => {
    const { server } = await startBackend();
    const client = createAdvancedClient((settings) => ({
      ...settings,
      apiURL: server.url,
      interceptors: [{ request: () => Promise.reject(new TypeError('canary-4c1e')) }],
    }));
    const provider = new ScalewaySecretManagerProvider({ client, env: {}, defaultProjectId: server.projectId });
    const error: unknown = await provider
      .getSecret('scw://secret-manager/fr-par/key')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UNKNOWN', ...NEVER, cause: { kind: 'unsent' } });
    expect(print([error, error instanceof Error && error.cause])).not.toContain('canary-4c1e');
    expect(server.requests).toEqual([]);
  });
});
