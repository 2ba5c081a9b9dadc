import { crc32 } from 'node:zlib';
import { Secretv1beta1 as sdk } from '@scaleway/sdk-secret';
import { describe, expect, it } from 'vitest';
import { startServer } from '../__fixtures__/backend.ts';
import {
  errorFault,
  type ScalewaySecretServer,
  type ScalewaySecretServerOptions,
  startScalewaySecretServer,
} from './index.ts';

const START_MS = Date.parse('2026-07-03T15:27:54.805Z');
const DAY_MS = 86_400_000;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

interface Wire {
  readonly server: ScalewaySecretServer;
  readonly send: (line: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
}

/** A server, and requests to it as curl would send them: `METHOD /path` below the region. */
async function start(options: ScalewaySecretServerOptions = {}): Promise<Wire> {
  const server = await startServer({ startMs: START_MS, ...options });
  return {
    server,
    send: async (line, body, headers = {}) => {
      const [method = '', path = ''] = line.split(' ');
      const prefix = path.startsWith('/nl-ams') ? '' : '/fr-par';
      const response = await fetch(`${server.url}/secret-manager/v1beta1/regions${prefix}${path}`, {
        method,
        headers: {
          'x-auth-token': server.token,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
    },
  };
}

const refusal = (type: string, fields: Record<string, unknown> = {}): unknown =>
  expect.objectContaining({ type, ...fields });

const argument = (name: string, reason: string): unknown =>
  refusal('invalid_arguments', { details: [expect.objectContaining({ argument_name: name, reason })] });

describe('the shapes on the wire', () => {
  it('of a secret that is created are those of an answer recorded from the service', async () => {
    const { server, send } = await start();
    const { status, body, headers } = await send('POST /secrets', {
      project_id: server.projectId,
      name: 'test-secret',
      tags: null,
      type: 'opaque',
      path: '/',
      protected: true,
    });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('x-request-id')).toMatch(ID);
    expect(body).toEqual({
      id: expect.stringMatching(ID),
      project_id: server.projectId,
      name: 'test-secret',
      status: 'ready',
      created_at: '2026-07-03T15:27:54.805Z',
      updated_at: '2026-07-03T15:27:54.805Z',
      tags: [],
      version_count: 0,
      description: '',
      managed: false,
      type: 'opaque',
      protected: true,
      path: '/',
      ephemeral_policy: null,
      used_by: [],
      deletion_requested_at: null,
      key_id: null,
      region: 'fr-par',
    });
  });

  it('of a version and of its payload are those of answers recorded from the service', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'test-secret' });
    const written = await send(`POST /secrets/${id}/versions`, {
      data: 'bXlfc3VwZXJfc2VjcmV0',
      description: 'version1',
    });
    expect(written.body).toEqual({
      revision: 1,
      secret_id: id,
      status: 'enabled',
      created_at: '2026-07-03T15:27:54.805Z',
      updated_at: '2026-07-03T15:27:54.805Z',
      deleted_at: null,
      description: 'version1',
      latest: true,
      ephemeral_properties: null,
      deletion_requested_at: null,
      region: 'fr-par',
    });
    expect((await send(`GET /secrets/${id}/versions/latest/access`)).body).toEqual({
      secret_id: id,
      revision: 1,
      data: 'bXlfc3VwZXJfc2VjcmV0',
      data_crc32: null,
      type: 'opaque',
    });
  });

  it('of a refused deletion are those of an answer recorded from the service', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'test-secret', isProtected: true });
    expect(await send(`DELETE /secrets/${id}`)).toMatchObject({
      status: 412,
      body: {
        help_message: 'cannot delete a protected secret',
        message: 'precondition is not respected',
        precondition: 'protected_resource',
        type: 'precondition_failed',
      },
    });
    await send(`POST /secrets/${id}/unprotect`, {});
    expect(await send(`DELETE /secrets/${id}`)).toMatchObject({ status: 204, body: undefined });
    expect((await send(`GET /secrets/${id}`)).body).toMatchObject({
      status: 'ready',
      deletion_requested_at: '2026-07-03T15:27:54.805Z',
    });
  });

  it('of an ephemeral secret have its policy in the form of the service', async () => {
    const { server, send } = await start();
    const policy = { time_to_live: '1800.000000000s', expires_once_accessed: false, action: 'disable' };
    const created = await send('POST /secrets', { project_id: server.projectId, name: 'x', ephemeral_policy: policy });
    expect(created.body).toMatchObject({ ephemeral_policy: { ...policy, time_to_live: '1800s' } });
    const id = server.secrets[0]?.id ?? '';
    expect((await send(`POST /secrets/${id}/versions`, { data: '' })).body).toMatchObject({
      ephemeral_properties: {
        expires_at: '2026-07-03T15:57:54.805Z',
        expires_once_accessed: false,
        action: 'disable',
      },
    });
  });
});

describe('authentication and permissions', () => {
  it('let in the token alone', async () => {
    const { server, send } = await start();
    for (const [token, reason] of [
      ['', 'invalid_argument'],
      ['someone-else', 'not_found'],
    ] as const) {
      const answer = await send('GET /secrets', undefined, { 'x-auth-token': token });
      expect(answer).toMatchObject({ status: 401, body: { type: 'denied_authentication', method: 'api_key', reason } });
    }
    server.setToken('another');
    expect((await send('GET /secrets')).status).toBe(401);
    expect((await send('GET /secrets', undefined, { 'x-auth-token': 'another' })).status).toBe(200);
    server.setToken(undefined);
    expect((await send('GET /secrets', undefined, { 'x-auth-token': 'another' })).status).toBe(401);
  });

  it('can be taken away for one operation, one secret, or after some calls, and given back', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'one', versions: ['x'] });
    const other = server.addSecret({ name: 'two', versions: ['x'] });
    const restore = server.deny({ operation: 'accessSecretVersion', secretId: id, afterCalls: 1 });
    const access = async (secretId: string): Promise<Answer> => send(`GET /secrets/${secretId}/versions/1/access`);
    expect((await access(id)).status).toBe(200);
    expect(await access(id)).toMatchObject({
      status: 403,
      body: { type: 'permissions_denied', details: [{ action: 'access', resource: 'secret' }] },
    });
    expect((await access(other)).status).toBe(200);
    expect((await send(`GET /secrets/${id}`)).status).toBe(200);
    restore();
    expect((await access(id)).status).toBe(200);
  });
});

describe('requests', () => {
  it('to what the API does not have are unknown_resource', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'one' });
    for (const line of ['GET /nothing', `PUT /secrets/${id}`, 'GET /secrets/no-uuid', `POST /secrets/${id}/access`]) {
      expect(await send(line)).toMatchObject({ status: 404, body: { type: 'unknown_resource' } });
    }
    expect((await send('GET /secrets', undefined, {})).status).toBe(200);
    const elsewhere = await fetch(`${server.url}/secret-manager/v1beta1/regions/us-west/secrets`);
    expect(elsewhere.status).toBe(404);
  });

  it('with what no field of the API is, or in the wrong form, are invalid_arguments', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'one', versions: ['x'] });
    const project = { project_id: server.projectId };
    for (const [line, body, expected] of [
      ['POST /secrets', { ...project }, argument('name', 'required')],
      ['POST /secrets', { name: 'x' }, argument('project_id', 'required')],
      ['POST /secrets', { ...project, name: null }, argument('name', 'required')],
      ['POST /secrets', { ...project, name: 'a b' }, argument('name', 'format')],
      ['POST /secrets', { ...project, name: 'x', projectId: 'x' }, argument('projectId', 'unknown')],
      ['POST /secrets', { ...project, name: 'x', constructor: 'x' }, argument('constructor', 'unknown')],
      ['POST /secrets', { project_id: 'mine', name: 'x' }, argument('project_id', 'format')],
      ['POST /secrets', { ...project, name: 'x', path: 'a' }, argument('path', 'format')],
      ['POST /secrets', { ...project, name: 'x', tags: 'a' }, argument('tags', 'format')],
      ['POST /secrets', { ...project, name: 'x', type: 'password' }, argument('type', 'format')],
      ['POST /secrets', { ...project, name: 'x', protected: 'yes' }, argument('protected', 'format')],
      ['POST /secrets', { ...project, name: 'x', ephemeral_policy: {} }, argument('action', 'required')],
      ['POST /secrets', '{"name"', argument('body', 'format')],
      ['POST /secrets', '[]', argument('body', 'format')],
      [`POST /secrets/${id}/versions`, {}, argument('data', 'required')],
      [`POST /secrets/${id}/versions`, { data: 'no base64' }, argument('data', 'format')],
      [`POST /secrets/${id}/versions`, { data: 'eA' }, argument('data', 'format')],
      [`POST /secrets/${id}/versions`, { data: 'eA==', data_crc32: -1 }, argument('data_crc32', 'format')],
      [`POST /secrets/${id}/versions`, { data: 'eA==', dataCrc32: 1 }, argument('dataCrc32', 'unknown')],
      [`POST /secrets/${id}/protect`, { really: true }, argument('really', 'unknown')],
      ['GET /secrets?page=0', undefined, argument('page', 'constraint')],
      ['GET /secrets?page_size=101', undefined, argument('page_size', 'constraint')],
      ['GET /secrets?project_id=mine', undefined, argument('project_id', 'format')],
      ['GET /secrets?order_by=size', undefined, argument('order_by', 'format')],
      ['GET /secrets?scheduled_for_deletion=maybe', undefined, argument('scheduled_for_deletion', 'format')],
      ['GET /secrets?nmae=x', undefined, argument('nmae', 'unknown')],
      ['GET /secrets-by-path/versions/1/access?secret_path=/', undefined, argument('secret_name', 'required')],
    ] as const) {
      expect(await send(line, body)).toMatchObject({ status: 400, body: expected });
    }
    expect(await send(`POST /secrets/${id}/versions`, '{}', { 'content-type': 'text/plain' })).toMatchObject({
      status: 400,
      body: argument('Content-Type', 'format'),
    });
    expect(server.secrets).toHaveLength(1);
    expect(server.secrets[0]?.versions).toHaveLength(1);
  });
});

describe('versions', () => {
  it('are counted up, selected by number or alias, and listed by their state', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'one', versions: ['a', 'b', 'c'] });
    const revisionOf = async (selector: string): Promise<unknown> =>
      Reflect.get(Object((await send(`GET /secrets/${id}/versions/${selector}/access`)).body), 'revision');
    await send(`POST /secrets/${id}/versions/3/disable`, {});
    expect([await revisionOf('1'), await revisionOf('latest_enabled')]).toEqual([1, 2]);
    expect(await send(`GET /secrets/${id}/versions/latest/access`)).toMatchObject({
      status: 412,
      body: refusal('precondition_failed'),
    });
    for (const selector of ['9', 'newest']) {
      expect(await send(`GET /secrets/${id}/versions/${selector}`)).toMatchObject({
        status: 404,
        body: { type: 'not_found', resource: 'secret_version', resource_id: selector },
      });
    }
    const disabled = await send(`GET /secrets/${id}/versions?status=disabled&status=deleted`);
    expect(disabled.body).toMatchObject({ total_count: 1, versions: [{ revision: 3, latest: true }] });
    await send(`POST /secrets/${id}/versions/3/enable`, {});
    expect(await revisionOf('latest')).toBe(3);
  });

  it('are checked against their checksum, size and type', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'one' });
    const data = Buffer.from('value').toString('base64');
    const write = async (body: object): Promise<Answer> => send(`POST /secrets/${id}/versions`, body);
    expect((await write({ data, data_crc32: crc32('value') ^ 1 })).body).toEqual(argument('data_crc32', 'constraint'));
    expect((await write({ data: Buffer.alloc(65_537).toString('base64') })).body).toEqual(
      argument('data', 'constraint'),
    );
    expect((await write({ data, data_crc32: crc32('value') })).status).toBe(200);
    expect((await send(`GET /secrets/${id}/versions/1/access`)).body).toMatchObject({ data_crc32: crc32('value') });
  });

  it.each([
    ['key_value', '{"a":"b"}', '{"a":{}}'],
    ['basic_credentials', '{"username":"u","password":"p"}', '{"username":"u"}'],
    [
      'database_credentials',
      '{"engine":"postgres","username":"u","password":"p","host":"h","dbname":"d","port":"5432"}',
      '{"engine":"postgres"}',
    ],
    ['ssh_key', '{"ssh_private_key":"k"}', 'k'],
    ['certificate', '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----', 'x'],
  ] as const)('of type %s need its form', async (type, good, bad) => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'one', type });
    const write = async (text: string): Promise<Answer> =>
      send(`POST /secrets/${id}/versions`, { data: Buffer.from(text).toString('base64') });
    expect((await write(good)).status).toBe(200);
    expect((await write(bad)).body).toEqual(argument('data', 'format'));
  });

  it('can disable the one before, when that is asked for', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'one', versions: ['a', 'b'] });
    await send(`POST /secrets/${id}/versions`, { data: 'eA==', disable_previous: true });
    expect(server.secrets[0]?.versions.map(({ status }) => status)).toEqual(['enabled', 'disabled', 'enabled']);
  });

  it('are deleted in seven days, until which they can be restored to what they were', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'one', versions: ['a', 'b', 'c'] });
    await send(`POST /secrets/${id}/versions/1/disable`, {});
    for (const revision of [1, 2]) await send(`DELETE /secrets/${id}/versions/${revision}`);
    expect((await send(`GET /secrets/${id}/versions/2/access`)).status).toBe(412);
    expect((await send(`POST /secrets/${id}/versions/2/enable`, {})).status).toBe(412);
    expect((await send(`POST /secrets/${id}/versions/1/restore`, {})).body).toMatchObject({ status: 'disabled' });
    server.advance(7 * DAY_MS);
    expect((await send(`GET /secrets/${id}/versions/2`)).body).toMatchObject({ status: 'deleted' });
    expect((await send(`GET /secrets/${id}/versions/2/access`)).status).toBe(404);
    expect((await send(`POST /secrets/${id}/versions/2/restore`, {})).status).toBe(412);
    expect((await send(`GET /secrets/${id}`)).body).toMatchObject({ version_count: 2 });
  });

  it('of ephemeral secrets end with time or with a read, and are expired from then on', async () => {
    const { server, send } = await start();
    const timed = { timeToLiveMs: 60_000, action: 'disable' } as const;
    const once = { expiresOnceAccessed: true, action: 'delete' } as const;
    const short = server.addSecret({ name: 'short', versions: ['a'], ephemeralPolicy: timed });
    const single = server.addSecret({ name: 'single', versions: ['a', 'b'], ephemeralPolicy: once });
    expect((await send(`GET /secrets/${short}/versions/1/access`)).status).toBe(200);
    server.advance(60_000);
    expect(await send(`GET /secrets/${short}/versions/1/access`)).toMatchObject({
      status: 410,
      body: { type: 'expired', expired_since: '2026-07-03T15:28:54.805Z' },
    });
    await send(`POST /secrets/${short}/versions/1/enable`, {});
    expect((await send(`GET /secrets/${short}/versions/1/access`)).status).toBe(200);
    expect((await send(`GET /secrets/${single}/versions/latest_enabled/access`)).body).toMatchObject({ revision: 2 });
    expect((await send(`GET /secrets/${single}/versions/latest_enabled/access`)).body).toMatchObject({ revision: 1 });
    expect((await send(`GET /secrets/${single}/versions/latest_enabled/access`)).status).toBe(404);
  });

  it('take a new description and a new end', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'one', versions: ['a'] });
    const properties = { expires_at: '2026-07-03T16:00:00.000Z', action: 'delete' };
    const changed = { description: 'new', ephemeral_properties: properties };
    expect((await send(`PATCH /secrets/${id}/versions/1`, changed)).body).toMatchObject(changed);
    server.advance(3_600_000);
    expect((await send(`GET /secrets/${id}/versions/1`)).body).toMatchObject({ status: 'deleted', latest: false });
  });
});

describe('secrets', () => {
  it('are found by place, and one place holds one', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'key', path: '/a/b', versions: ['x'] });
    const project = `project_id=${server.projectId}`;
    const read = async (path: string): Promise<Answer> =>
      send(`GET /secrets-by-path/versions/latest/access?secret_path=${path}&secret_name=key&${project}`);
    expect((await read('%2Fa%2Fb')).body).toMatchObject({ secret_id: id });
    expect(await read('%2Fa')).toMatchObject({ status: 404, body: refusal('not_found', { resource: 'secret' }) });
    const twin = { project_id: server.projectId, name: 'key', path: '/a/b' };
    expect(await send('POST /secrets', twin)).toMatchObject({
      status: 409,
      body: refusal('already_exists', { resource_id: id }),
    });
    expect((await send('POST /secrets', { ...twin, path: '/a' })).status).toBe(200);
    expect((await send('POST /nl-ams/secrets', twin)).status).toBe(200);
  });

  it('are listed with filters, in order, page by page', async () => {
    const { server, send } = await start();
    for (const [index, name] of ['b', 'c', 'a'].entries()) {
      server.addSecret({ name, path: index === 0 ? '/x' : '/', tags: index === 1 ? ['t', 'u'] : ['t'] });
      server.advance(1000);
    }
    const other = '33333333-3333-4333-8333-333333333333';
    server.addSecret({ name: 'd', projectId: other, type: 'ssh_key' });
    server.addSecret({ name: 'e', ephemeralPolicy: { timeToLiveMs: 1000, action: 'disable' } });
    const namesOf = async (query: string): Promise<string> => {
      const { body } = await send(`GET /secrets?${query}`);
      const page = sdk.unmarshalListSecretsResponse(body);
      return `${page.secrets.map(({ name }) => name).join('')} of ${page.totalCount}`;
    };
    expect(await namesOf('')).toBe('abcde of 5');
    expect(await namesOf('order_by=name_desc&page_size=2&page=2')).toBe('cb of 5');
    expect(await namesOf(`order_by=created_at_asc&project_id=${server.projectId}`)).toBe('bcae of 4');
    expect(await namesOf('name=a')).toBe('a of 1');
    expect(await namesOf('path=/x')).toBe('b of 1');
    expect(await namesOf('tags=t&tags=u')).toBe('c of 1');
    expect(await namesOf('type=ssh_key')).toBe('d of 1');
    expect(await namesOf('type=unknown_type')).toBe('abcde of 5');
    expect(await namesOf('ephemeral=true')).toBe('e of 1');
    expect(await namesOf('scheduled_for_deletion=true')).toBe(' of 0');
    expect((await send(`GET /tags?project_id=${server.projectId}`)).body).toEqual({ tags: ['t', 'u'], total_count: 2 });
    expect((await send('GET /secret-types')).body).toMatchObject({ total_count: 6 });
  });

  it('are browsed like a directory', async () => {
    const { server, send } = await start();
    for (const path of ['/', '/a', '/a/b', '/a/c']) server.addSecret({ name: 'key', path });
    const { body } = await send('GET /secrets/browse?prefix=/a');
    expect(body).toMatchObject({
      current_path: '/a',
      total_count: 3,
      items: [
        { name: 'b', folder: {}, secret: null },
        { name: 'c', folder: {}, secret: null },
        { name: 'key', folder: null, secret: { version_count: 0 } },
      ],
    });
  });

  it('are changed, moved, given an owner, and locked by the service alone', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'one', tags: ['t'] });
    server.addSecret({ name: 'two' });
    const changed = await send(`PATCH /secrets/${id}`, { name: 'three', path: '/a', description: 'd' });
    expect(changed.body).toMatchObject({ name: 'three', path: '/a', description: 'd', tags: ['t'] });
    expect((await send(`PATCH /secrets/${id}`, { name: 'two', path: '/' })).status).toBe(409);
    expect((await send(`POST /secrets/${id}/add-owner`, { product: 'edge_services' })).status).toBe(204);
    expect((await send(`GET /secrets/${id}`)).body).toMatchObject({ used_by: ['edge_services'] });
    server.setLocked(id, true);
    expect(await send(`PATCH /secrets/${id}`, { description: 'e' })).toMatchObject({
      status: 423,
      body: refusal('locked'),
    });
    expect((await send(`GET /secrets/${id}`)).body).toMatchObject({ status: 'locked' });
    server.setLocked(id, false);
    expect((await send(`PATCH /secrets/${id}`, { description: 'e' })).status).toBe(200);
  });

  it('are deleted in seven days: seen till then, but not used, and restored unless the name is taken', async () => {
    const { server, send } = await start();
    const id = server.addSecret({ name: 'one', versions: ['x'] });
    expect((await send(`DELETE /secrets/${id}`)).status).toBe(204);
    for (const line of [`GET /secrets/${id}/versions/1/access`, `DELETE /secrets/${id}`]) {
      expect(await send(line)).toMatchObject({ status: 412, body: refusal('precondition_failed') });
    }
    expect((await send(`GET /secrets/${id}/versions/1`)).status).toBe(200);
    const twin = server.addSecret({ name: 'one' });
    expect((await send(`POST /secrets/${id}/restore`, {})).status).toBe(409);
    await send(`DELETE /secrets/${twin}`);
    expect((await send(`POST /secrets/${id}/restore`, {})).body).toMatchObject({ deletion_requested_at: null });
    expect((await send(`POST /secrets/${id}/restore`, {})).status).toBe(412);
    server.advance(7 * DAY_MS - 1);
    expect((await send(`GET /secrets/${twin}`)).status).toBe(200);
    server.advance(1);
    expect((await send(`GET /secrets/${twin}`)).status).toBe(404);
  });

  it('keep their name while they are scheduled for deletion, where the server is told so', async () => {
    const { server, send } = await start({ isNameReusable: false });
    const id = server.addSecret({ name: 'one' });
    await send(`DELETE /secrets/${id}`);
    expect((await send('POST /secrets', { project_id: server.projectId, name: 'one' })).status).toBe(409);
  });
});

describe('quotas', () => {
  it('of secrets, versions and requests refuse what goes beyond them, by the clock of the server', async () => {
    const quotas = { secrets: 1, versionsPerSecret: 1, requests: { quota: 4, windowSeconds: 10 } };
    const { server, send } = await start({ quotas });
    const id = server.addSecret({ name: 'one', versions: ['x'] });
    expect(await send('POST /secrets', { project_id: server.projectId, name: 'two' })).toMatchObject({
      status: 403,
      body: refusal('quotas_exceeded', { details: [expect.objectContaining({ resource: 'secrets', quota: 1 })] }),
    });
    expect(await send(`POST /secrets/${id}/versions`, { data: '' })).toMatchObject({
      status: 403,
      body: refusal('quotas_exceeded'),
    });
    await send('GET /secrets');
    server.advance(4000);
    await send('GET /secrets');
    expect(await send('GET /secrets')).toMatchObject({
      status: 429,
      body: refusal('too_many_requests', {
        limit: { quota: 4, window_seconds: 10 },
        reset_seconds: 6,
        reset_at: '2026-07-03T15:28:04.805Z',
      }),
    });
    server.advance(6000);
    expect((await send('GET /secrets')).status).toBe(200);
  });
});

describe('faults', () => {
  it.each(['checksum', 'payload', 'encoding', 'revision', 'secret', 'empty'] as const)(
    'damage the next read alone: %s',
    async (damage) => {
      const { server, send } = await start();
      const id = server.addSecret({ name: 'one', versions: ['value'] });
      const read = async (): Promise<unknown> => (await send(`GET /secrets/${id}/versions/1/access`)).body;
      const whole = await read();
      server.damageReads(damage);
      expect(await read()).not.toEqual(whole);
      expect(await read()).toEqual(whole);
    },
  );

  it('make any error answer of the service, and none that the SDK would not know', async () => {
    const { server, send } = await start();
    server.inject(errorFault('too_many_requests', { help_message: '', reset_seconds: 3 }));
    expect(await send('GET /secrets')).toMatchObject({
      status: 429,
      body: { type: 'too_many_requests', reset_seconds: 3 },
    });
    expect(() => errorFault('too_many_requests', {})).toThrow(/lacks a field/);
  });
});

describe('the server', () => {
  it('says its own time in each answer, runs with the real clock unless told otherwise, and can be off', async () => {
    const { server, send } = await start();
    expect((await send('GET /secrets')).headers.get('date')).toBe('Fri, 03 Jul 2026 15:27:54 GMT');
    server.advance(-60_000);
    expect((await send('GET /secrets')).headers.get('date')).toBe('Fri, 03 Jul 2026 15:26:54 GMT');
    const live = await startServer();
    expect(Math.abs(live.now() - Date.now())).toBeLessThan(1000);
  });

  it('shows what is stored as copies', async () => {
    const { server } = await start();
    server.addSecret({ name: 'one', versions: ['value'], hasChecksums: false });
    const [version] = server.secrets[0]?.versions ?? [];
    expect(version).toMatchObject({ revision: 1, status: 'enabled' });
    expect(version).not.toHaveProperty('crc32');
    version?.data.fill(0);
    expect(Buffer.from(server.secrets[0]?.versions[0]?.data ?? []).toString()).toBe('value');
  });

  it('leaves no connection when it is closed', async () => {
    const server = await startScalewaySecretServer();
    await fetch(`${server.url}/secret-manager/v1beta1/regions/fr-par/secrets`);
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
    expect(await server.http.countConnections()).toBe(0);
  });
});
