import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookContract } from '@mortise/core';
import {
  signWebhook,
  standardWebhooks,
  verifyWebhook,
  type WebhookSecrets,
  type WebhookToSign,
} from '@mortise/webhooks';
import { verify as verifyGitHub } from '@octokit/webhooks-methods';
import { Stripe } from 'stripe';
import { Webhook } from 'svix';
import twilio from 'twilio';
import { type Benchmark, type Measurement, medianNs } from './benchmark.ts';

/** What vendors send on most days: a kilobyte of JSON, between a dozen of headers. */
const BODY = JSON.stringify({ id: 'evt_1', type: 'invoice.paid', data: { note: 'n'.repeat(1000) } });
const FORM = new URLSearchParams({
  MessageSid: 'SM0123456789abcdef0123456789abcdef',
  AccountSid: 'AC0123456789abcdef0123456789abcdef',
  From: '+14155238886',
  To: '+4915112345678',
  Body: 'Your table is booked for eight o’clock',
  NumMedia: '0',
  ApiVersion: '2010-04-01',
}).toString();
const URL_CALLED = 'https://hooks.example.com/twilio?tenant=1';
const HEADERS = {
  host: 'hooks.example.com',
  connection: 'keep-alive',
  'user-agent': 'Vendor/1.0 (+https://vendor.example/docs)',
  accept: '*/*',
  'accept-encoding': 'gzip, deflate',
  'content-type': 'application/json; charset=utf-8',
  'content-length': '1060',
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-proto': 'https',
};
const TEXT_SECRET = 'whsec_c2VjcmV0LXRoYXQtaXMtbG9uZy1lbm91Z2g';
const BASE64_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

const github: WebhookContract = {
  verification: {
    scheme: 'signature',
    algorithm: 'hmac-sha256',
    signature: { header: 'X-Hub-Signature-256', prefix: 'sha256=', encoding: 'hex' },
    signed: '{body}',
    key: { secretField: 'secret' },
  },
  eventId: [{ header: 'X-GitHub-Delivery' }],
};
const stripe: WebhookContract = {
  verification: {
    scheme: 'signature',
    algorithm: 'hmac-sha256',
    signature: { header: 'Stripe-Signature', items: { separator: ',', assign: '=', name: 'v1' }, encoding: 'hex' },
    signed: '{timestamp}.{body}',
    key: { secretField: 'secret' },
    timestamp: { from: { item: 't' }, unit: 'seconds' },
  },
  eventId: [{ pointer: '/id' }],
};
const standard = standardWebhooks({ secretField: 'secret', headerPrefix: 'svix-' });
const twilioContract: WebhookContract = {
  verification: {
    scheme: 'signature',
    algorithm: 'hmac-sha1',
    signature: { header: 'X-Twilio-Signature', encoding: 'base64' },
    signed: '{url}{form}',
    key: { secretField: 'secret' },
  },
  eventId: [{ form: 'MessageSid' }],
};

interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly ours: () => Promise<unknown>;
}

/** A delivery as Node hands it over: names in lower case, the body as bytes. */
async function sign(contract: WebhookContract, secrets: WebhookSecrets, delivery: WebhookToSign): Promise<Signed> {
  const sent = await signWebhook(contract, delivery, secrets);
  const lower = Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const headers = { ...HEADERS, ...Object.fromEntries(lower) };
  const body = Buffer.from(sent.rawBody);
  const request = { method: 'POST', headers, rawBody: body, ...(sent.url === undefined ? {} : { url: sent.url }) };
  return { headers, body, ours: () => verifyWebhook(contract, request, secrets) };
}

/** Theirs answer false, or throw, which ends the run by itself. */
async function requireAccepted(name: string, run: () => unknown): Promise<void> {
  const result: unknown = await run();
  const isRefused =
    result === false || (typeof result === 'object' && result !== null && Reflect.get(result, 'ok') === false);
  if (isRefused) throw new Error(`The measured verification of ${name} refuses: ${JSON.stringify(result)}`);
}

/**
 * Ours beside the vendor's own verifier. Budget: the bare HMAC and half of it again, and never more than theirs. The bare
 * one is measured anew each time, since on a shared machine a minute makes more of a difference than the code.
 */
async function compare(
  name: string,
  ours: () => Promise<unknown>,
  official: { readonly name: string; readonly run: () => unknown },
  bare: (() => boolean) | undefined,
): Promise<Measurement[]> {
  await requireAccepted(name, ours);
  await requireAccepted(official.name, official.run);
  const bareNs = bare === undefined ? Number.POSITIVE_INFINITY : await medianNs(bare);
  const oursNs = await medianNs(ours);
  const theirs = await medianNs(official.run);
  const budget = Math.round(Math.min(1.5 * bareNs, theirs));
  return [
    { subject: `mortise: ${name}`, value: oursNs, unit: 'ns', budget },
    { subject: official.name, value: theirs, unit: 'ns' },
  ];
}

/** One genuine delivery of a kilobyte, verified with a secret that was used before. */
export const benchmark: Benchmark = {
  title: 'Webhook verification',
  run: async () => {
    const secrets = { secret: TEXT_SECRET };
    const hub = await sign(github, secrets, { body: BODY, id: '72d3162e-cc78-11e3-81ab-4c9367dc0958' });
    const hubSignature = hub.headers['x-hub-signature-256'] ?? '';
    const bare = (): boolean => {
      const mac = createHmac('sha256', TEXT_SECRET).update(hub.body).digest();
      return timingSafeEqual(mac, Buffer.from(hubSignature.slice('sha256='.length), 'hex'));
    };
    await requireAccepted('the bare HMAC', bare);
    const bareNs = await medianNs(bare);

    const charge = await sign(stripe, secrets, { body: BODY });
    const { webhooks } = new Stripe('sk_test_none');
    const message = await sign(standard, { secret: BASE64_SECRET }, { body: BODY, id: 'msg_1' });
    const svix = new Webhook(BASE64_SECRET);
    const sms = await sign(twilioContract, secrets, {
      body: FORM,
      url: URL_CALLED,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const smsSignature = sms.headers['x-twilio-signature'] ?? '';

    return [
      { subject: 'bare createHmac + timingSafeEqual', value: bareNs, unit: 'ns' },
      ...(await compare(
        'GitHub',
        hub.ours,
        {
          name: '@octokit/webhooks-methods verify',
          run: () => verifyGitHub(TEXT_SECRET, hub.body.toString(), hubSignature),
        },
        bare,
      )),
      ...(await compare(
        'Stripe',
        charge.ours,
        {
          name: 'stripe constructEvent',
          run: () => webhooks.constructEvent(charge.body, charge.headers['stripe-signature'] ?? '', TEXT_SECRET),
        },
        bare,
      )),
      ...(await compare(
        'Standard Webhooks',
        message.ours,
        { name: 'svix verify', run: () => svix.verify(message.body, { ...message.headers }) },
        bare,
      )),
      ...(await compare(
        'Twilio form',
        sms.ours,
        {
          // Its caller has parsed the form before; ours parses it itself.
          name: 'twilio validateRequest, form parsed',
          run: () =>
            twilio.validateRequest(
              TEXT_SECRET,
              smsSignature,
              URL_CALLED,
              Object.fromEntries(new URLSearchParams(sms.body.toString())),
            ),
        },
        undefined,
      )),
    ];
  },
};
