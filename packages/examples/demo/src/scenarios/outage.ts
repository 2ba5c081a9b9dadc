import { setTimeout as delay } from 'node:timers/promises';
import { IntegrationCallGuard } from '@mortise/runtime';
import { chat } from '../calls/chat.ts';
import { ASSISTANT } from '../tenants.ts';
import type { Scenario } from './scenario.ts';

/** Half a minute by default; shorter here, so that nobody has to wait for the demo. */
const OPEN_MS = 1500;

/** A provider that dies and comes back: after a few failures nobody waits for it, and soon nobody misses it. */
export const outage: Scenario = {
  title: 'An outage',
  async run({ call, tenants, llm, secrets, telemetry, signal }) {
    const guard = new IntegrationCallGuard(secrets.manager, {
      telemetry,
      backoffMs: 50,
      policy: { breaker: { minimumCalls: 4, openMs: OPEN_MS, probesToClose: 1 } },
    });
    const ask = {
      tenant: tenants.acme,
      slot: ASSISTANT,
      operation: 'llm.chat',
      executor: chat(llm, 'Are all invoices paid?'),
      guard,
    };
    await call({ ...ask, title: 'before the outage', expect: { outcome: 'ok', attempts: 1 } });
    await llm.kill();
    await call({
      ...ask,
      title: 'the server is killed: three attempts fail',
      expect: { outcome: 'unavailable', attempts: 3 },
    });
    await call({
      ...ask,
      title: 'the circuit is open: not even tried',
      expect: { outcome: 'CIRCUIT_OPEN', attempts: 0, maxLatencyMs: 1000 },
    });
    await llm.restart();
    await call({
      ...ask,
      title: 'the server is back, the circuit does not know',
      expect: { outcome: 'CIRCUIT_OPEN', attempts: 0, maxLatencyMs: 1000 },
    });
    await delay(OPEN_MS + 50, undefined, { signal });
    await call({
      ...ask,
      title: 'a probe goes through and closes the circuit',
      expect: { outcome: 'ok', attempts: 1 },
    });
    await call({ ...ask, title: 'as before the outage', expect: { outcome: 'ok', attempts: 1 } });
  },
};
