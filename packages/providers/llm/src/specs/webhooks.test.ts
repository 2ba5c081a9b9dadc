import { signWebhook, verifyWebhook } from '@mortise/webhooks';
import { describe, expect, it } from 'vitest';
import { anthropicIntegrationSpec, llmIntegrationSpecs, openaiIntegrationSpec } from './index.ts';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const SECRET = 'whsec_c2VjcmV0IG9mIHRoZSBlbmRwb2ludA==';

/** Deliveries as the vendors write them, and what is read from them. */
const DELIVERIES = [
  [
    openaiIntegrationSpec,
    '{"id":"evt_1","object":"event","created_at":1764064800,"type":"response.completed","data":{"id":"resp_1"}}',
    'response.completed',
  ],
  [
    anthropicIntegrationSpec,
    '{"type":"event","id":"wev_1","created_at":"2025-11-25T10:00:00Z","data":{"type":"session.created","id":"s_1"}}',
    'session.created',
  ],
] as const;

it('only vendors whose signing is documented have a webhook contract', () => {
  const signing = llmIntegrationSpecs.filter(({ webhooks }) => webhooks !== undefined).map(({ meta }) => meta.key);
  expect(signing).toEqual(DELIVERIES.map(([spec]) => spec.meta.key));
});

describe.each(DELIVERIES.map(([spec, body, type]) => [spec.meta.key, spec, body, type] as const))(
  'deliveries of %s',
  (_key, spec, body, type) => {
    const [contract] = spec.webhooks ?? [];
    if (contract === undefined) throw new TypeError('there is no contract');
    const secrets = { webhookSecret: SECRET };
    const sign = () => signWebhook(contract, { body, headers: { 'webhook-id': 'msg_1' } }, secrets, { now: () => NOW });

    it('are told with their id, type and time', async () => {
      const result = await verifyWebhook(spec, await sign(), secrets, { now: () => NOW });
      if (!result.ok) throw new TypeError(result.reason);
      expect([result.eventId, result.eventType]).toEqual(['msg_1', type]);
      expect(result.occurredAt).toBe('2025-11-25T10:00:00.000Z');
    });

    it.each([
      ['an altered body', { body: body.replace('_1', '_2') }, NOW, SECRET],
      ['another secret', {}, NOW, 'whsec_b3RoZXI='],
      ['an old delivery', {}, NOW + 301_000, SECRET],
      ['one from the future', {}, NOW - 301_000, SECRET],
    ])('refuse %s', async (_what, change: { body?: string }, at, webhookSecret) => {
      const { rawBody, ...sent } = await sign();
      const result = await verifyWebhook(
        spec,
        { ...sent, rawBody: change.body ?? rawBody },
        { webhookSecret },
        { now: () => at },
      );
      expect(result.ok).toBe(false);
    });
  },
);
