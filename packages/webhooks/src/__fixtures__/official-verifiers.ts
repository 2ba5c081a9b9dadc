import { WebhooksClient as ElevenLabsWebhooks } from '@elevenlabs/elevenlabs-js/wrapper/webhooks.js';
import { LinearWebhookClient } from '@linear/sdk/webhooks';
import type { WebhookContract } from '@mortise/core';
import { signWebhookPayload, verifyWebhookSignature } from '@notionhq/client';
import { sign as signGitHub, verify as verifyGitHub } from '@octokit/webhooks-methods';
import { isValidSlackRequest } from '@slack/bolt/dist/receivers/verify-request.js';
import { OpenAI } from 'openai';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Stripe } from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import twilio from 'twilio';
import type { WebhookSecrets } from '../keys/webhook-secrets.ts';
import type { WebhookResult } from '../verify/verify-webhook.ts';
import { CONFIRMED } from './confirmed-vendors.ts';
import { LIKELY } from './likely-vendors.ts';
import type { TextRequest } from './mutate-request.ts';
import { standard, svix, WHSEC } from './vendor-webhook.ts';

/** A case in which we and the vendor's package may answer differently, and why ours is right. */
interface Difference {
  readonly because: string;
  readonly who: 'only ours accepts' | 'only theirs accepts';
  readonly when: (request: TextRequest, ours: WebhookResult) => boolean;
}

/** A package by a vendor that signs or verifies webhooks. */
export interface OfficialVerifier {
  readonly name: string;
  readonly contract: WebhookContract;
  readonly secrets: WebhookSecrets;
  readonly sign: (body: string, nowMs: number) => Promise<TextRequest> | TextRequest;
  /** False where it refuses; what it throws means the same. */
  readonly verify: (request: TextRequest) => Promise<boolean> | boolean;
  readonly differences: readonly Difference[];
  /** Bodies that it is meant for. Default JSON. */
  readonly makeBody?: (json: string, nowMs: number) => string;
}

const URL_CALLED = 'https://hooks.example.com/hook';
const TEXT_SECRET = 'a-secret-of-text';

const reasonOf = (ours: WebhookResult): string => (ours.ok ? '' : ours.reason);
const header = ({ headers }: TextRequest, name: string): string => headers[name] ?? '';

function contractOf(vendor: string): WebhookContract {
  const found = [...CONFIRMED, ...LIKELY].find((entry) => entry.vendor === vendor);
  if (found === undefined) throw new TypeError(`no vendor ${vendor}`);
  return found.contract;
}

/** Hex in capitals is the same bytes; the packages compare the text. */
const capitals = (name: string): Difference => ({
  because: 'hexadecimal digits mean the same in both cases',
  who: 'only ours accepts',
  when: (request) => /[A-F]/.test(header(request, name)),
});
const future: Difference = {
  because: 'a time far ahead would keep a captured delivery valid until then',
  who: 'only theirs accepts',
  when: (_request, ours) => reasonOf(ours) === 'timestamp_out_of_tolerance',
};
const looseNumber = (read: (request: TextRequest) => string): Difference => ({
  because: 'a timestamp is digits, signed as they were sent, so that no two readers see two times in it',
  who: 'only theirs accepts',
  when: (request) => !/^[1-9]\d{0,14}$/.test(read(request)),
});
const tooMany: Difference = {
  because: 'more than 16 signatures are no rotation but work for the receiver',
  who: 'only theirs accepts',
  when: (_request, ours) => !ours.ok && ours.message.includes('more than 16'),
};

const blanks = (name: string): Difference => ({
  because: 'blanks beside an item, as proxies that fold headers leave them, change nothing',
  who: 'only ours accepts',
  when: (request) => /[ \t]/.test(header(request, name)),
});

const twoTimes = (name: string): Difference => ({
  because: 'of two times in one header nobody knows which one was meant',
  who: 'only theirs accepts',
  when: (request) => header(request, name).split(/(?:^|,)\s*t=/).length > 2,
});

const tabs = (name: string): Difference => ({
  because: 'blanks beside an item, as proxies that fold headers leave them, change nothing',
  who: 'only ours accepts',
  when: (request) => header(request, name).includes('\t'),
});

const stripeClient = new Stripe('sk_test_none');
const elevenLabs = new ElevenLabsWebhooks({ apiKey: 'none' });
const linear = new LinearWebhookClient(TEXT_SECRET);
const openai = new OpenAI({ apiKey: 'none', webhookSecret: WHSEC });

function standardDifferences(prefix: string): Difference[] {
  const signature = `${prefix}signature`;
  return [
    tooMany,
    looseNumber((request) => header(request, `${prefix}timestamp`)),
    {
      because: 'an item with a second comma is none of ours',
      who: 'only theirs accepts',
      when: (request) => /v1,[^ ]*,/.test(header(request, signature)),
    },
  ];
}

export const OFFICIAL: readonly OfficialVerifier[] = [
  {
    name: 'stripe',
    contract: contractOf('stripe'),
    secrets: { signingSecret: TEXT_SECRET },
    sign: (body, nowMs) => {
      const timestamp = Math.floor(nowMs / 1000);
      const signature = stripeClient.webhooks.generateTestHeaderString({
        payload: body,
        secret: TEXT_SECRET,
        timestamp,
      });
      return { url: URL_CALLED, headers: { 'stripe-signature': signature }, body };
    },
    verify: (request) => {
      const signature = header(request, 'stripe-signature');
      return stripeClient.webhooks.signature?.verifyHeader(request.body, signature, TEXT_SECRET, 300) === true;
    },
    differences: [
      future,
      tooMany,
      capitals('stripe-signature'),
      looseNumber((request) => /(?:^|,)t=([^,]*)/.exec(header(request, 'stripe-signature'))?.[1] ?? ''),
      twoTimes('stripe-signature'),
      {
        because: 'what follows a second sign of equality belongs to the value',
        who: 'only theirs accepts',
        when: (request) => /v1=[^,]*=/.test(header(request, 'stripe-signature')),
      },
      blanks('stripe-signature'),
    ],
  },
  {
    name: '@slack/bolt',
    contract: contractOf('messaging-slack'),
    secrets: { signingSecret: TEXT_SECRET },
    sign: async (body, nowMs) => {
      const timestamp = String(Math.floor(nowMs / 1000));
      const { createHmac } = await import('node:crypto');
      const mac = createHmac('sha256', TEXT_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
      return {
        url: URL_CALLED,
        headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${mac}` },
        body,
      };
    },
    verify: (request) =>
      isValidSlackRequest({
        signingSecret: TEXT_SECRET,
        body: request.body,
        headers: {
          'x-slack-request-timestamp': Number(header(request, 'x-slack-request-timestamp')),
          'x-slack-signature': header(request, 'x-slack-signature'),
        },
      }),
    differences: [
      future,
      capitals('x-slack-signature'),
      looseNumber((request) => header(request, 'x-slack-request-timestamp')),
      {
        because: 'what follows a second sign of equality belongs to the value',
        who: 'only theirs accepts',
        when: (request) => /v0=[^=]*=/.test(header(request, 'x-slack-signature')),
      },
    ],
  },
  {
    name: '@octokit/webhooks-methods',
    contract: contractOf('messaging-github'),
    secrets: { signingSecret: TEXT_SECRET },
    sign: async (body) => ({
      url: URL_CALLED,
      headers: { 'x-hub-signature-256': await signGitHub(TEXT_SECRET, body) },
      body,
    }),
    verify: (request) => verifyGitHub(TEXT_SECRET, request.body, header(request, 'x-hub-signature-256')),
    differences: [capitals('x-hub-signature-256')],
  },
  {
    name: 'twilio',
    contract: contractOf('twilio-sms'),
    secrets: { authToken: TEXT_SECRET },
    makeBody: (json, nowMs) =>
      nowMs % 2 === 0
        ? json
        : new URLSearchParams([
            ['Body', json],
            ['To', '+1'],
            ['To', '+2'],
            ['To', '+1'],
            ['from', ''],
          ]).toString(),
    sign: (body) => {
      const isForm = !body.startsWith('{');
      const digest = twilio.getExpectedBodyHash(body);
      const url = isForm ? `${URL_CALLED}?a=b%20c&d='` : `${URL_CALLED}?bodySHA256=${digest}`;
      const signature = twilio.getExpectedTwilioSignature(TEXT_SECRET, url, isForm ? fieldsOf(body) : {});
      return { url, headers: { 'x-twilio-signature': signature }, body };
    },
    verify: ({ url, headers, body }) => {
      const signature = headers['x-twilio-signature'] ?? '';
      if (url.includes('bodySHA256')) return twilio.validateRequestWithBody(TEXT_SECRET, signature, url, body);
      return twilio.validateRequest(TEXT_SECRET, signature, url, fieldsOf(body));
    },
    differences: [
      {
        because: 'a fragment never reaches the sender, and its own requests are signed without',
        who: 'only ours accepts',
        when: ({ url }) => url.includes('#'),
      },
      {
        because: 'a URL with blanks or control characters in it was never called',
        who: 'only theirs accepts',
        when: ({ url }) => /[\t\n\r ]/.test(url),
      },
    ],
  },
  {
    name: 'svix',
    contract: svix,
    secrets: { signingSecret: WHSEC },
    sign: (body, nowMs) => {
      const at = new Date(nowMs);
      const signature = new SvixWebhook(WHSEC).sign('msg_1', at, body);
      const timestamp = String(Math.floor(nowMs / 1000));
      return {
        url: URL_CALLED,
        headers: { 'svix-id': 'msg_1', 'svix-timestamp': timestamp, 'svix-signature': signature },
        body,
      };
    },
    verify: ({ body, headers }) => {
      new SvixWebhook(WHSEC).verify(body, { ...headers });
      return true;
    },
    differences: [...standardDifferences('svix-'), tabs('svix-signature')],
  },
  {
    name: 'standardwebhooks',
    contract: standard,
    secrets: { signingSecret: WHSEC },
    sign: (body, nowMs) => {
      const signature = new StandardWebhook(WHSEC).sign('msg_1', new Date(nowMs), body);
      return standardRequest(signature, body, nowMs);
    },
    verify: ({ body, headers }) => {
      new StandardWebhook(WHSEC).verify(body, { ...headers }, { jsonParse: false });
      return true;
    },
    differences: [...standardDifferences('webhook-'), tabs('webhook-signature')],
  },
  {
    name: 'openai',
    contract: contractOf('openai'),
    secrets: { signingSecret: WHSEC },
    // The package verifies only; it says that it follows Standard Webhooks.
    sign: (body, nowMs) =>
      standardRequest(new StandardWebhook(WHSEC).sign('msg_1', new Date(nowMs), body), body, nowMs),
    verify: async ({ body, headers }) => {
      await openai.webhooks.verifySignature(body, { ...headers });
      return true;
    },
    differences: [
      ...standardDifferences('webhook-'),
      {
        because: 'a signature that does not say its version is none of ours',
        who: 'only theirs accepts',
        when: (request) => !/(?:^| )v1,/.test(header(request, 'webhook-signature')),
      },
      {
        because: 'one signature has one spelling in base64',
        who: 'only theirs accepts',
        when: (_request, ours) => !ours.ok && ours.reason !== 'timestamp_out_of_tolerance',
      },
    ],
  },
  {
    name: '@elevenlabs/elevenlabs-js',
    contract: contractOf('elevenlabs'),
    secrets: { signingSecret: TEXT_SECRET },
    sign: async (body, nowMs) => {
      const timestamp = String(Math.floor(nowMs / 1000));
      const { createHmac } = await import('node:crypto');
      const mac = createHmac('sha256', TEXT_SECRET).update(`${timestamp}.${body}`).digest('hex');
      return { url: URL_CALLED, headers: { 'elevenlabs-signature': `t=${timestamp},v0=${mac}` }, body };
    },
    verify: async (request) => {
      await elevenLabs.constructEvent(request.body, header(request, 'elevenlabs-signature'), TEXT_SECRET);
      return true;
    },
    differences: [
      future,
      capitals('elevenlabs-signature'),
      twoTimes('elevenlabs-signature'),
      blanks('elevenlabs-signature'),
    ],
  },
  {
    name: '@linear/sdk',
    contract: contractOf('linear'),
    secrets: { signingSecret: TEXT_SECRET },
    makeBody: (json, nowMs) => `{"webhookTimestamp":${nowMs},"data":${json}}`,
    sign: async (body) => {
      const { createHmac } = await import('node:crypto');
      const mac = createHmac('sha256', TEXT_SECRET).update(body).digest('hex');
      return { url: URL_CALLED, headers: { 'linear-signature': mac }, body };
    },
    verify: (request) => linear.verify(Buffer.from(request.body), header(request, 'linear-signature')),
    differences: [capitals('linear-signature')],
  },
  {
    name: '@notionhq/client',
    contract: contractOf('notion'),
    secrets: { verificationToken: TEXT_SECRET },
    sign: async (body) => ({
      url: URL_CALLED,
      headers: { 'x-notion-signature': await signWebhookPayload({ body, verificationToken: TEXT_SECRET }) },
      body,
    }),
    verify: (request) =>
      verifyWebhookSignature({
        body: request.body,
        signature: header(request, 'x-notion-signature'),
        verificationToken: TEXT_SECRET,
      }),
    differences: [],
  },
];

function standardRequest(signature: string, body: string, nowMs: number): TextRequest {
  const timestamp = String(Math.floor(nowMs / 1000));
  return {
    url: URL_CALLED,
    headers: { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': signature },
    body,
  };
}

/** As a web framework hands over a form. */
function fieldsOf(body: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  const parsed = new URLSearchParams(body);
  for (const name of parsed.keys()) {
    const values = parsed.getAll(name);
    Object.defineProperty(fields, name, {
      value: values.length === 1 ? values[0] : values,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return fields;
}
