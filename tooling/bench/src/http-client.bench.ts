import { createIntegrationClient } from '@mortise/http';
import ky from 'ky';
import { ofetch } from 'ofetch';
import { type Benchmark, medianNs } from './benchmark.ts';
import { apiSecrets, apiSpec, startBareServer } from './fixtures/http-api.ts';

const ANSWER = '{"id":1,"name":"item"}';

/** One GET of a small JSON body, by ours with everything that a spec asks for and by peers with a header and a time limit. */
export const benchmark: Benchmark = {
  title: 'HTTP request with a JSON answer',
  run: async () => {
    await using server = await startBareServer();
    const url = `${server.url}/items/1`;
    const headers = { authorization: `Bearer ${apiSecrets.apiKey}`, accept: 'application/json' };
    const client = createIntegrationClient(apiSpec(server.url), { secrets: apiSecrets });
    // The work of a client alone, without the connection and the platform's fetch under it.
    const instant = async (): Promise<Response> =>
      new Response(ANSWER, { headers: { 'content-type': 'application/json' } });
    const offline = createIntegrationClient(apiSpec(server.url), { secrets: apiSecrets, fetch: instant });
    const bare = await medianNs(async () => (await fetch(url, { headers })).json());
    const ours = await medianNs(() => client.json({ path: '/items/{id}', params: { id: 1 } }));
    const byKy = await medianNs(() => ky.get(url, { headers, timeout: 30_000, retry: 0 }).json());
    const byOfetch = await medianNs(() => ofetch(url, { headers, timeout: 30_000, retry: 0 }));
    const bareOffline = await medianNs(async () => (await instant()).json());
    const oursOffline = await medianNs(() => offline.json({ path: '/items/{id}', params: { id: 1 } }));
    const kyOffline = await medianNs(() => ky.get(url, { headers, timeout: 30_000, retry: 0, fetch: instant }).json());
    return [
      { subject: 'loopback: bare fetch', value: bare / 1000, unit: 'µs' },
      { subject: 'loopback: mortise, spec, credentials, limits, errors', value: ours / 1000, unit: 'µs' },
      { subject: 'loopback: ky, time limit', value: byKy / 1000, unit: 'µs' },
      { subject: 'loopback: ofetch, time limit', value: byOfetch / 1000, unit: 'µs' },
      { subject: 'without a connection: bare answer', value: bareOffline / 1000, unit: 'µs' },
      { subject: 'without a connection: mortise', value: oursOffline / 1000, unit: 'µs' },
      { subject: 'without a connection: ky', value: kyOffline / 1000, unit: 'µs' },
    ];
  },
};
