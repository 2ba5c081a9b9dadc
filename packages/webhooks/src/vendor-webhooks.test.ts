import { describe, expect, it } from 'vitest';
import { createVendorKeys } from './__fixtures__/vendor-keys.ts';
import { CONFIRMED, INEXPRESSIBLE } from './__fixtures__/confirmed-vendors.ts';
import { LIKELY } from './__fixtures__/likely-vendors.ts';
import { SENT_AT_MS, type VendorWebhook } from './__fixtures__/vendor-webhook.ts';
import { platformDigests } from './crypto/digests.ts';
import { webDigests } from './crypto/web-digests.ts';
import { signWebhook } from './sign/sign-webhook.ts';
import { tamperWebhook } from './testing/tamper-webhook.ts';
import { createVerifier } from './verify/verify-webhook.ts';

const ALL = [...CONFIRMED, ...LIKELY];

/** Every vendor whose facts are confirmed and that sends webhooks. */
const WITH_WEBHOOKS = [
  'composio deepgram elevenlabs fal fal-image fathom fireflies fitbit garmin linear messaging-github messaging-telegram',
  'messaging-whatsapp-twilio notion openai openai-realtime openwearables oura postmark powens resend stripe twilio-sms whoop',
].flatMap((line) => line.split(' '));

/** Made once for each vendor, since RSA keys take their time. */
const keysOf = new Map<string, ReturnType<typeof createVendorKeys>>();

const now = (): number => SENT_AT_MS;
const verifiers = [
  { name: 'by the digests of this platform', ...createVerifier(platformDigests()) },
  { name: 'by Web Crypto', ...createVerifier(webDigests) },
];

it('covers every confirmed vendor, with none that cannot be expressed', () => {
  const covered = new Set(CONFIRMED.map(({ vendor }) => vendor.replace(/ \(.*/, '')));
  expect([...covered].toSorted()).toEqual(WITH_WEBHOOKS.toSorted());
  expect(INEXPRESSIBLE).toEqual([]);
});

describe.each(verifiers)('verifies $name', ({ verify }) => {
  async function sign(webhook: VendorWebhook, index: number) {
    const { contract, delivery, secrets, config = {} } = webhook;
    const made = keysOf.get(webhook.vendor) ?? createVendorKeys(webhook);
    keysOf.set(webhook.vendor, made);
    const { keySets, signing } = await made;
    const sent = await signWebhook(contract, delivery, secrets, { ...signing, config, now, verification: index });
    return { sent, options: { keySets, config, now } };
  }

  describe.each(ALL)('what $vendor signs', (webhook) => {
    const { contract, secrets, expected } = webhook;
    const count = Array.isArray(contract.verification) ? contract.verification.length : 1;

    it.each(Array.from({ length: count }, (_, index) => index))('accepts it, by verification %i', async (index) => {
      const { sent, options } = await sign(webhook, index);
      const result = await verify(contract, sent, secrets, options);
      expect(result).toMatchObject({ ok: true });
      if (!result.ok) return;
      expect(result.body).toEqual(new TextEncoder().encode(result.text()));
      expect(result.eventType).toBe(expected.eventType);
      if (index > 0) return;
      expect(result.eventId).toBe(expected.eventId);
      if (expected.occurredAt !== undefined) expect(result.occurredAt).toBe(expected.occurredAt);
      if (expected.eventId !== undefined) expect(result.dedupeKey).toMatch(/^-:[a-z-]+:id:/);
      else expect(result.dedupeKey).toMatch(/^-:[a-z-]+:sha256:[0-9a-f]{64}$/);
    });

    it.each(Array.from({ length: count }, (_, index) => index))(
      'refuses it tampered with, by verification %i',
      async (index) => {
        const { sent, options } = await sign(webhook, index);
        const tampered = tamperWebhook(contract, sent, index);
        expect(tampered.length).toBeGreaterThan(3);
        for (const { what, request } of tampered) {
          const result = await verify(contract, request, secrets, options);
          expect({ what, isAccepted: result.ok }).toEqual({ what, isAccepted: false });
        }
      },
    );

    it('refuses it with other secrets, and with none', async () => {
      const { sent, options } = await sign(webhook, 0);
      const others = Object.fromEntries(Object.keys(secrets).map((field) => [field, 'c29tZXRoaW5nIGVsc2U=']));
      const { keySets } = await createVendorKeys(webhook);
      expect(await verify(contract, sent, others, { ...options, keySets })).toMatchObject({ ok: false });
      const empty = Object.fromEntries(Object.keys(secrets).map((field) => [field, '']));
      if (Object.keys(secrets).length === 0) return;
      expect(await verify(contract, sent, empty, options)).toMatchObject({ ok: false });
    });

    it('refuses it when it is too old or too far ahead, where it names a time', async () => {
      const { sent, options } = await sign(webhook, 0);
      const [first] = [contract.verification].flat();
      const isTimed = first?.scheme === 'jwt' || (first?.scheme === 'signature' && first.timestamp !== undefined);
      for (const offset of [-7_300_000, 7_300_000]) {
        const result = await verify(contract, sent, secrets, { ...options, now: () => SENT_AT_MS + offset });
        expect(result).toMatchObject(isTimed ? { reason: 'timestamp_out_of_tolerance' } : { ok: true });
      }
    });
  });
});
