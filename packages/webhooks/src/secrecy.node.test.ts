import { inspect } from 'node:util';
import type { WebhookContract, WebhookVerification } from '@mortise/core';
import { createCanary, findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { answerHandshake } from './handshake/answer-handshake.ts';
import { receiveWebhook } from './handshake/receive-webhook.ts';
import { MemoryReplayStore } from './replay/memory-replay-store.ts';
import { signWebhook } from './sign/sign-webhook.ts';
import { tamperWebhook } from './testing/tamper-webhook.ts';
import { verifyWebhook } from './verify/verify-webhook.ts';

const NOW_MS = 1_795_435_200_000;
const secret = createCanary();
const former = createCanary();
/** Stands in headers and bodies, which failures may not show either. */
const content = createCanary();

const base = { signature: { header: 'x-signature', encoding: 'hex' }, signed: '{timestamp}.{body}' } as const;
const timestamp = { from: { header: 'x-time' }, unit: 'seconds' } as const;
const verifications: readonly WebhookVerification[] = [
  { scheme: 'signature', algorithm: 'hmac-sha256', ...base, key: { secretField: 'secret' }, timestamp },
  { scheme: 'token', from: { header: 'x-token' }, secretField: 'secret' },
  { scheme: 'basic', usernameField: 'user', passwordField: 'secret' },
  { scheme: 'jwt', algorithm: 'HS256', key: { secretField: 'secret' } },
];
const secrets = { secret: [secret, former], user: ['u', 'v'] };
const options = { now: () => NOW_MS, previousSecrets: { secret: former }, replay: { store: new MemoryReplayStore() } };

/** Where any of these secrets shows in a value, and the value itself must be there. */
function findIn(value: unknown, canaries: readonly string[]): unknown[] {
  const show = (shown: unknown): string => inspect(shown, { depth: 10, showHidden: true });
  return value === undefined
    ? ['nothing to search']
    : canaries.flatMap((canary) => findCanary(value, canary, { inspect: show }));
}

describe.each(verifications)('$scheme', (verification) => {
  const contract: WebhookContract = { verification, eventId: [{ pointer: '/id' }] };
  const sign = async () =>
    signWebhook(contract, { body: `{"id":"1","note":"${content}"}`, timestampMs: NOW_MS }, secrets);

  it('shows no secret in what it accepts, and no body where it is printed', async () => {
    const result = await verifyWebhook(contract, await sign(), secrets, options);
    expect(findIn(result.ok ? JSON.stringify(result) : 'refused', [secret, former, content])).toEqual([]);
    expect(findIn(inspect(result, { depth: 10 }), [secret, former, content])).toEqual([]);
  });

  it('shows neither secrets nor what was received in what it refuses', async () => {
    const sent = await sign();
    const hostile = { ...sent, headers: Object.fromEntries(Object.keys(sent.headers).map((name) => [name, content])) };
    for (const { request } of [...tamperWebhook(contract, sent), { request: hostile }, { request: sent }]) {
      const all = [secret, former, content];
      expect(findIn(await verifyWebhook(contract, request, secrets, options), all)).toEqual([]);
      expect(findIn(await verifyWebhook(contract, request, { secret: '', user: secret }, options), all)).toEqual([]);
      const received = await receiveWebhook(contract, { ...request, rawBody: '{}' }, secrets, options);
      expect(findIn(received, [secret, former])).toEqual([]);
    }
  });
});

it('shows no secret in the answer to a handshake', async () => {
  const contract: WebhookContract = {
    verification: { scheme: 'none', reason: 'test' },
    handshakes: [
      {
        method: 'GET',
        when: [{ value: { query: 'challenge' } }],
        token: { value: { query: 'token' }, secretField: 'secret' },
        answer: { echo: { query: 'challenge' } },
      },
    ],
  };
  for (const token of [secret, 'other']) {
    const request = { method: 'GET', url: `/?challenge=c&token=${token}`, headers: {}, rawBody: '' };
    expect(findIn(await answerHandshake(contract, request, secrets), [secret, former])).toEqual([]);
  }
});
