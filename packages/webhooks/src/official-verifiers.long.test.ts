import { seededRandom } from '@mortise/testing';
import * as fc from 'fast-check';
import { Webhook } from 'svix';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { below, mutateRequest, type TextRequest } from './__fixtures__/mutate-request.ts';
import { OFFICIAL, type OfficialVerifier } from './__fixtures__/official-verifiers.ts';
import { SENT_AT_MS, WHSEC } from './__fixtures__/vendor-webhook.ts';
import { signWebhook } from './sign/sign-webhook.ts';
import { verifyWebhook } from './verify/verify-webhook.ts';

/** Requests in all; each package gets its share of them. */
const REQUESTS = 100_000;
const SHARE = Math.ceil(REQUESTS / OFFICIAL.length);
const SEED = 20_261_123;
/** Offsets from now at which deliveries are signed: fresh, at the edges of what is tolerated, and beyond. */
const OFFSETS_MS = [
  0, 0, 0, -1000, 1000, -59_000, -60_000, -61_000, 61_000, -300_000, -301_000, 300_000, 301_000, 7_200_000,
];

// Some packages read the clock themselves.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: SENT_AT_MS }));
afterAll(() => void vi.useRealTimers());

async function theirsOf(peer: OfficialVerifier, request: TextRequest): Promise<boolean> {
  try {
    return await peer.verify(request);
  } catch {
    return false;
  }
}

async function oursOf({ contract, secrets }: OfficialVerifier, { url, headers, body }: TextRequest) {
  return verifyWebhook(contract, { url, headers, rawBody: body }, secrets);
}

describe.each(OFFICIAL)('$name', (peer) => {
  const { contract, secrets, makeBody = (json: string) => json, differences } = peer;

  it('signs what we accept, and accepts what we sign', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.integer({ min: -30_000, max: 30_000 }), async (value, offsetMs) => {
        const body = makeBody(`{"value":${value}}`, SENT_AT_MS + offsetMs);
        const signed = await peer.sign(body, SENT_AT_MS + offsetMs);
        expect(await oursOf(peer, signed)).toMatchObject({ ok: true });

        const isForm = !body.startsWith('{');
        const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
        const delivery = {
          body,
          id: 'msg_1',
          url: 'https://hooks.example.com/hook?a=1',
          headers: { 'content-type': type },
          timestampMs: SENT_AT_MS + offsetMs,
        };
        const { url = '', headers } = await signWebhook(contract, delivery, secrets);
        expect(await peer.verify({ url, headers: lowerNames(headers), body })).toBe(true);
      }),
      { numRuns: 200, seed: SEED },
    );
  });

  it(
    `says the same of ${SHARE} mutated requests, but for the differences that are justified`,
    { timeout: 600_000 },
    async () => {
      const random = seededRandom(SEED);
      const met = new Set<string>();
      const unexplained: unknown[] = [];
      const counts = { accepted: 0, refused: 0 };
      let signed = await peer.sign(makeBody('{"n":0}', SENT_AT_MS), SENT_AT_MS);
      for (let round = 0; round < SHARE; round += 1) {
        if (round % 8 === 0) {
          const sentAtMs = SENT_AT_MS + (OFFSETS_MS[below(OFFSETS_MS.length, random)] ?? 0);
          signed = await peer.sign(
            makeBody(`{"id":"evt_${round}","text":"\u00fc ${round}"}`, sentAtMs + below(2, random)),
            sentAtMs,
          );
        }
        const request = mutateRequest(signed, random);
        const [theirs, ours] = [await theirsOf(peer, request), await oursOf(peer, request)];
        counts[ours.ok ? 'accepted' : 'refused'] += 1;
        if (theirs === ours.ok) continue;
        const who = ours.ok ? 'only ours accepts' : 'only theirs accepts';
        const reason = differences.find((difference) => difference.who === who && difference.when(request, ours));
        if (reason === undefined) unexplained.push({ who, request, ours });
        else met.add(reason.because);
      }
      expect(unexplained.slice(0, 3)).toEqual([]);
      expect(counts.accepted).toBeGreaterThan(SHARE / 100);
      expect(counts.refused).toBeGreaterThan(SHARE / 2);
      // A difference that does not show is none, and may not excuse a later one.
      expect([...met].toSorted()).toEqual(differences.map(({ because }) => because).toSorted());
    },
  );
});

describe('differences that no mutation leads to', () => {
  it('an empty body can be signed like any other; stripe and octokit take it for a mistake', async () => {
    for (const name of ['stripe', '@octokit/webhooks-methods']) {
      const peer = OFFICIAL.find((official) => official.name === name);
      expect(peer).toBeDefined();
      if (peer === undefined) continue;
      const { url = '', headers } = await signWebhook(peer.contract, { body: '' }, peer.secrets);
      const request = { url, headers: lowerNames(headers), body: '' };
      expect([await theirsOf(peer, request), (await oursOf(peer, request)).ok]).toEqual([false, true]);
    }
  });

  it('an id that holds the dot could be split in another way under the same signature; svix takes it', async () => {
    const peer = OFFICIAL.find((official) => official.name === 'svix');
    const timestamp = String(SENT_AT_MS / 1000);
    const signature = new Webhook(WHSEC).sign('msg.1', new Date(SENT_AT_MS), '{}');
    const headers = { 'svix-id': 'msg.1', 'svix-timestamp': timestamp, 'svix-signature': signature };
    const request = { url: '', headers, body: '{}' };
    expect(peer === undefined || [await theirsOf(peer, request), (await oursOf(peer, request)).ok]).toEqual([
      true,
      false,
    ]);
  });
});

function lowerNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]));
}
