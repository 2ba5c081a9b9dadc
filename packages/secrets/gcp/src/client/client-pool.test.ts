import { afterEach, describe, expect, it } from 'vitest';
import { refusalOf, text } from '../__fixtures__/refusal-of.ts';
import { startServer } from '../__fixtures__/start.ts';
import { GcpSecretManagerProvider } from '../index.ts';
import type { GcpSecretServer } from '../testing/index.ts';
import type { GcpClientOptions } from './gcp-secret-manager-client.ts';

const opened: GcpSecretManagerProvider[] = [];
afterEach(async () => {
  for (const provider of opened.splice(0)) await provider.close();
});

/**
 * Options of the REST mode whose requests go to the server, wherever they were meant to go; the hosts are noted. So the
 * SDK itself says where it would have gone.
 */
function redirect(server: GcpSecretServer, hosts: string[]): GcpClientOptions {
  const { auth } = server.clientOptions({ transport: 'rest' });
  if (auth === undefined) throw new Error('The server gives credentials');
  const fetch = auth.fetch.bind(auth);
  Reflect.set(auth, 'fetch', (input: string, init: RequestInit) => {
    const url = new URL(input);
    hosts.push(url.host);
    return fetch(`http://127.0.0.1:${server.port}${url.pathname}${url.search}`, init);
  });
  return { auth, fallback: true };
}

function connect(options: ConstructorParameters<typeof GcpSecretManagerProvider>[0]): GcpSecretManagerProvider {
  const provider = new GcpSecretManagerProvider({ projectId: 'demo', ...options });
  opened.push(provider);
  return provider;
}

describe('the endpoint', () => {
  it("is Google's for global secrets, and that of the location for regional ones", async () => {
    const server = await startServer();
    server.seed('s', 'value');
    const hosts: string[] = [];
    const provider = connect({ clientOptions: redirect(server, hosts) });
    expect(text((await provider.getSecret('gcp://secrets/s')).data)).toBe('value');
    // The server has no locations, and says so; what counts is where the SDK went.
    await refusalOf(provider.getSecret('gcp://locations/europe-west3/secrets/s'));
    await refusalOf(provider.getSecret('gcp://locations/us-central1/secrets/s'));
    expect(hosts).toEqual([
      'secretmanager.googleapis.com',
      'secretmanager.europe-west3.rep.googleapis.com',
      'secretmanager.us-central1.rep.googleapis.com',
    ]);
  });

  it('of a location can be another one, and one that is given for all stays', async () => {
    const server = await startServer();
    const hosts: string[] = [];
    const clientOptions = redirect(server, hosts);
    const own = connect({
      clientOptions,
      regionalClientOptions: (location) => ({ apiEndpoint: `secrets.${location}.internal` }),
    });
    await refusalOf(own.getSecret('gcp://locations/europe-west3/secrets/s'));
    const all = connect({ clientOptions: { ...clientOptions, apiEndpoint: 'secrets.internal' } });
    await refusalOf(all.getSecret('gcp://locations/europe-west3/secrets/s'));
    expect(hosts).toEqual(['secrets.europe-west3.internal', 'secrets.internal']);
  });
});

describe('a client of the caller', () => {
  it('serves every reference, is made ready first, and is not closed', async () => {
    const calls: string[] = [];
    const refuse = (): Promise<never> => Promise.reject(new TypeError('not expected'));
    const client = {
      accessSecretVersion: async ({ name = '' }: { name?: string | null }) => {
        calls.push(name ?? '');
        return [{ name, payload: { data: 'dmFsdWU=', dataCrc32c: '495955566' } }] as const;
      },
      addSecretVersion: refuse,
      createSecret: refuse,
      getSecret: refuse,
      updateSecret: refuse,
      deleteSecret: refuse,
      listSecretVersions: refuse,
      getSecretVersion: refuse,
      disableSecretVersion: refuse,
      destroySecretVersion: refuse,
      getProjectId: async () => 'from-client',
      initialize: async () => calls.push('initialize'),
      close: async () => void calls.push('close'),
    };
    const provider = new GcpSecretManagerProvider({ client });
    for (const reference of ['gcp://secrets/s/versions/1', 'gcp://locations/europe-west3/secrets/s/versions/2']) {
      const error = await refusalOf(provider.getSecret(reference));
      // The checksum is not that of the payload, so that the number is seen to be looked at in this shape, too.
      expect(error.code).toBe('INTEGRITY');
    }
    await provider.close();
    expect(calls).toEqual([
      'initialize',
      ...Array(2).fill('projects/from-client/secrets/s/versions/1'),
      ...Array(2).fill('projects/from-client/locations/europe-west3/secrets/s/versions/2'),
    ]);
  });
});
