import type { IntegrationSpec, WebhookContract, WebhookVerification } from '@mortise/core';
import { signWebhook, verifyWebhook } from '@mortise/webhooks';
import { describe, expect, it } from 'vitest';
import { integrationSpecs } from './integration-specs.ts';

const NOW = Date.UTC(2026, 10, 25);
const BODY = JSON.stringify({ id: 'evt_1', type: 'example', webhookTimestamp: NOW });
/** Long enough for every algorithm, and of the form that Standard Webhooks give their secrets. */
const SECRET = `whsec_${btoa('a secret that only this test knows')}`;

interface WebhookCase {
  readonly spec: IntegrationSpec;
  readonly contract: WebhookContract;
  readonly verification: WebhookVerification;
  readonly index: number;
}

const CASES = integrationSpecs.flatMap((spec) =>
  (spec.webhooks ?? []).flatMap((contract) => {
    const listed: readonly WebhookVerification[] = [contract.verification].flat();
    return listed.map((verification, index): WebhookCase => ({ spec, contract, verification, index }));
  }),
);

/** Signed with a key that the vendor alone has. */
function hasVendorKey(verification: WebhookVerification): boolean {
  return (verification.scheme === 'signature' || verification.scheme === 'jwt') && 'keySetUrl' in verification.key;
}

const OURS = CASES.filter(({ verification }) => verification.scheme !== 'none' && !hasVendorKey(verification));

function secretsOf({ secretSchema }: IntegrationSpec): Record<string, string> {
  const properties: unknown = Reflect.get(Object(secretSchema.schema), 'properties');
  const names = Object.keys(Object(properties));
  return Object.fromEntries(names.map((name) => [name, SECRET]));
}

type Delivery = Awaited<ReturnType<typeof signWebhook>> & { readonly url: string };

const named = (cases: readonly WebhookCase[]): (readonly [string, WebhookCase])[] =>
  cases.map((each) => [`${each.spec.meta.key} (${each.verification.scheme})`, each]);

async function deliver({ spec, contract, index }: WebhookCase): Promise<Delivery> {
  const { url = '', ...sent } = await signWebhook(
    contract,
    {
      body: BODY,
      id: 'evt_1',
      url: 'https://hooks.example.com/hook',
      timestampMs: NOW,
      headers: { 'content-type': 'application/json' },
    },
    secretsOf(spec),
    { verification: index, config: { ...spec.configSchema.example }, now: () => NOW },
  );
  return { ...sent, url };
}

async function isVerified(
  { spec, contract }: WebhookCase,
  delivery: Delivery,
  secrets = secretsOf(spec),
): Promise<boolean> {
  const config = { ...spec.configSchema.example };
  return (await verifyWebhook(contract, delivery, secrets, { config, now: () => NOW })).ok;
}

describe('webhooks of shipped specs', () => {
  it.each(named(OURS))('of %s are verified by the secrets that the spec declares', async (_name, each) => {
    expect(await isVerified(each, await deliver(each))).toBe(true);
  });

  it.each(named(OURS))('of %s are refused with other secrets, and without any', async (_name, each) => {
    const names = Object.keys(secretsOf(each.spec));
    const others = Object.fromEntries(names.map((name) => [name, `whsec_${btoa(`another secret for ${name}`)}`]));
    const delivery = await deliver(each);
    expect([await isVerified(each, delivery, others), await isVerified(each, delivery, {})]).toEqual([false, false]);
  });

  it.each(named(OURS.filter(({ verification }) => verification.scheme === 'signature')))(
    'of %s are refused when the body was changed',
    async (_name, each) => {
      const delivery = await deliver(each);
      expect(await isVerified(each, { ...delivery, rawBody: BODY.replace('example', 'exemple') })).toBe(false);
    },
  );
});

it('are proven by a key of the vendor alone, or by nothing, where these specs say so', () => {
  const others = CASES.filter((each) => !OURS.includes(each));
  expect(others.map(({ spec, verification }) => `${spec.meta.key} ${verification.scheme}`).toSorted()).toEqual([
    'ai-image.fal signature',
    'ai-voice.fal signature',
    'email.gmail jwt',
    'health.fitbit signature',
    'health.garmin none',
    'health.myfitnesspal none',
    'health.strava none',
  ]);
});
