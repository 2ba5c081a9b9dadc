import { sweepConnections, type SweepTarget } from '@mortise/health';
import { type Benchmark, heapInUseMb } from './benchmark.ts';
import { apiConnection, apiSecrets, apiSpec, startBareServer } from './fixtures/http-api.ts';

const CONNECTIONS = 10_000;

export const benchmark: Benchmark = {
  title: `Health sweep of ${CONNECTIONS.toLocaleString('en')} connections against a server on loopback`,
  run: async () => {
    await using server = await startBareServer();
    const spec = apiSpec(server.url);
    function* targets(count: number): Generator<SweepTarget> {
      for (let index = 0; index < count; index += 1)
        yield { spec, connection: apiConnection(index), secrets: apiSecrets };
    }
    const sweep = async (count: number): Promise<{ readonly seconds: number; readonly heldMb: number }> => {
      const before = heapInUseMb();
      const startedAt = performance.now();
      let measuringMs = 0;
      let heldMb = 0;
      for await (const { check, progress } of sweepConnections(targets(count), { politeness: { maxInFlight: 64 } })) {
        if (check.status !== 'connected') throw new Error(`${check.connectionId}: ${check.errorMessage}`);
        if (progress.done !== Math.floor(count / 2)) continue;
        const measuredAt = performance.now();
        heldMb = heapInUseMb() - before;
        measuringMs = performance.now() - measuredAt;
      }
      return { seconds: (performance.now() - startedAt - measuringMs) / 1000, heldMb };
    };
    await sweep(1000);
    const { seconds, heldMb } = await sweep(CONNECTIONS);
    const bareAt = performance.now();
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < CONNECTIONS) {
        next += 1;
        const answer = await fetch(`${server.url}/me`, { headers: { authorization: `Bearer ${apiSecrets.apiKey}` } });
        await answer.arrayBuffer();
      }
    };
    await Promise.all(Array.from({ length: 64 }, lane));
    const bareSeconds = (performance.now() - bareAt) / 1000;
    return [
      {
        subject: `bare fetch, 64 at a time: ${Math.round(CONNECTIONS / bareSeconds)} per second`,
        value: (bareSeconds * 1e6) / CONNECTIONS,
        unit: 'µs',
      },
      {
        subject: `mortise, 64 at a time: ${Math.round(CONNECTIONS / seconds)} per second`,
        value: (seconds * 1e6) / CONNECTIONS,
        unit: 'µs',
      },
      { subject: 'mortise: heap half-way, results of the cache included', value: heldMb, unit: 'MB', budget: 30 },
    ];
  },
};
