import type { WebhookContract } from '@mortise/core';
import { seededRandom } from '@mortise/testing';
import { expect, it } from 'vitest';
import { createVendorKeys } from './__fixtures__/vendor-keys.ts';
import { CONFIRMED } from './__fixtures__/confirmed-vendors.ts';
import { LIKELY } from './__fixtures__/likely-vendors.ts';
import { below, mutateRequest, mutateText, type TextRequest } from './__fixtures__/mutate-request.ts';
import { SENT_AT_MS } from './__fixtures__/vendor-webhook.ts';
import { parseSignatures } from './contract/parse-signatures.ts';
import type { WebhookSecrets } from './keys/webhook-secrets.ts';
import { signWebhook } from './sign/sign-webhook.ts';
import { verifyWebhook } from './verify/verify-webhook.ts';

const ROUNDS = 1_000_000;
const SEED = 4_711;
/** What only an object that is no request may lead to. */
const UNREADABLE = 'The request cannot be read';

interface Signed {
  readonly contract: WebhookContract;
  readonly secrets: WebhookSecrets;
  readonly request: TextRequest;
}

/** A genuine delivery of each vendor that needs no public keys; those take a million times too long. */
async function signAll(): Promise<Signed[]> {
  const all: Signed[] = [];
  for (const { contract, secrets, delivery } of [...CONFIRMED, ...LIKELY]) {
    const verifications = [contract.verification].flat();
    for (const [index, verification] of verifications.entries()) {
      if ('key' in verification && 'keySetUrl' in verification.key) continue;
      const sent = await signWebhook(contract, delivery, secrets, { verification: index, now: () => SENT_AT_MS });
      const { url = 'https://hooks.example.com/', headers, rawBody } = sent;
      all.push({ contract, secrets, request: { url, headers, body: String(rawBody) } });
    }
  }
  return all;
}

/** Text of anything, mostly short. */
function garbage(random: () => number): string {
  const length = random() < 0.01 ? below(20_000, random) : below(60, random);
  const limit = random() < 0.8 ? 128 : 0x1_00_00;
  let text = '';
  for (let index = 0; index < length; index += 1) text += String.fromCharCode(below(limit, random));
  return text;
}

it(`answers each of ${ROUNDS} requests, mutated and random, without an exception`, { timeout: 600_000 }, async () => {
  const random = seededRandom(SEED);
  const all = await signAll();
  const options = { now: () => SENT_AT_MS, config: { pushAudience: 'x' } };
  const reasons = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const signed = all[round % all.length];
    if (signed === undefined) break;
    let { url, headers, body } = mutateRequest(signed.request, random);
    if (random() < 0.1) {
      const names = Object.keys(headers);
      headers = Object.fromEntries(
        names.map((name) => [name, random() < 0.7 ? garbage(random) : (headers[name] ?? '')]),
      );
      if (random() < 0.5) body = garbage(random);
      if (random() < 0.2) url = garbage(random);
    }
    const result = await verifyWebhook(signed.contract, { url, headers, rawBody: body }, signed.secrets, options);
    const reason = result.ok ? 'accepted' : result.reason;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    // What is read when it is asked for must not fail either.
    if (result.ok && JSON.stringify(result).length === 0) break;
    if (!result.ok && result.message === UNREADABLE) expect({ url, headers, body }).toBe('readable');
  }
  expect([...reasons.values()].reduce((sum, count) => sum + count, 0)).toBe(ROUNDS);
  const expected = ['accepted', 'malformed', 'missing_header', 'no_match', 'timestamp_out_of_tolerance'];
  for (const reason of expected) expect([reason, (reasons.get(reason) ?? 0) > 50]).toEqual([reason, true]);
});

it(
  'answers requests that are signed with public keys, mutated and random, without an exception',
  { timeout: 600_000 },
  async () => {
    const random = seededRandom(SEED);
    const vendors = [...CONFIRMED, ...LIKELY].filter(({ vendor }) =>
      ['fal', 'fitbit (Google Health)', 'gmail'].includes(vendor),
    );
    expect(vendors).toHaveLength(3);
    for (const webhook of vendors) {
      const { contract, delivery, secrets, config = {} } = webhook;
      const { keySets, signing } = await createVendorKeys(webhook);
      const options = { now: () => SENT_AT_MS, keySets, config };
      const sent = await signWebhook(contract, delivery, secrets, { ...options, ...signing });
      const request = { url: 'https://hooks.example.com/', headers: sent.headers, body: String(sent.rawBody) };
      let accepted = 0;
      for (let round = 0; round < 4000; round += 1) {
        const { url, headers, body } = mutateRequest(request, random);
        const result = await verifyWebhook(contract, { url, headers, rawBody: body }, secrets, options);
        if (result.ok) accepted += 1;
        else if (result.message === UNREADABLE) expect({ url, headers, body }).toBe('readable');
      }
      expect(accepted).toBeGreaterThan(200);
      expect(accepted).toBeLessThan(3000);
    }
  },
);

it(`reads or refuses each of ${ROUNDS} signature headers`, { timeout: 600_000 }, () => {
  const random = seededRandom(SEED);
  const places = [
    { items: { separator: ',', assign: '=', name: 'v1' }, encoding: 'hex' },
    { items: { separator: ' ', assign: ',', name: 'v1' }, encoding: 'base64' },
    { prefix: 'sha256=', encoding: 'hex' },
    { prefix: 'v0=', prefixOptional: true, encoding: 'base64url' },
  ] as const;
  const genuine = [
    't=1795435200,v1=00ff,v0=aa,v1=',
    'v1,AAAA v1a,BBBB v1,CCCC',
    `sha256=${'ab'.repeat(32)}`,
    'v0=AAAA',
  ];
  let read = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const place = places[round % places.length];
    const text = random() < 0.3 ? garbage(random) : mutateText(genuine[below(genuine.length, random)] ?? '', random);
    if (place === undefined) break;
    const parsed = parseSignatures(text, place, 't');
    if (typeof parsed === 'string') continue;
    read += 1;
    if (parsed.signatures.length === 0 || parsed.signatures.length > 16) expect(text).toBe('refused');
  }
  expect(read).toBeGreaterThan(ROUNDS / 50);
  expect(read).toBeLessThan(ROUNDS / 1.5);
});

const LONG = 1_000_000;
const long = (piece: string): string => piece.repeat(Math.ceil(LONG / piece.length));

it.each([
  ',',
  '=',
  ' ',
  'v1=',
  'v1=,',
  'v1,',
  't=',
  't=1,',
  'sha256=',
  'a',
  '0',
  '\t',
  'Basic ',
  'Bearer ',
  '.',
  '%',
  '+',
  '&',
  'a=b&',
  '[',
  '{"a":',
  '?',
  '#',
  '//',
  ':',
  '@',
])('is done soon with a megabyte of %j, wherever it stands', async (piece) => {
  const text = long(piece);
  for (const { contract, secrets, request } of await signAll()) {
    const everywhere = Object.fromEntries(Object.keys(request.headers).map((name) => [name, text]));
    const { url, headers, body } = request;
    for (const hostile of [
      { url, headers: everywhere, rawBody: body },
      { url, headers: { ...headers, ...everywhere }, rawBody: text },
      { url: `https://a.test/${text}`, headers, rawBody: body },
      { url, headers, rawBody: text },
    ]) {
      const start = performance.now();
      await verifyWebhook(contract, hostile, secrets, { now: () => SENT_AT_MS });
      // Anything quadratic would take minutes.
      expect(performance.now() - start).toBeLessThan(2000);
    }
  }
});
