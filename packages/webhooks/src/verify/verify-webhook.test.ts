import type { SignatureVerification, WebhookContract, WebhookVerification } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { asIf } from '../__fixtures__/as-if.ts';
import { generate } from '../__fixtures__/vendor-keys.ts';
import { encodeHex } from '../bytes/hex.ts';
import { utf8 } from '../bytes/text-bytes.ts';
import { platformDigests } from '../crypto/digests.ts';
import { webDigests } from '../crypto/web-digests.ts';
import { createKeySets } from '../keys/key-sets.ts';
import { MemoryReplayStore } from '../replay/memory-replay-store.ts';
import { signWebhook } from '../sign/sign-webhook.ts';
import { standardWebhooks } from '../sign/standard-webhooks.ts';
import { createVerifier, verifyWebhook, type VerifyWebhookOptions, type WebhookResult } from './verify-webhook.ts';

const NOW_MS = 1_795_435_200_000;
const now = (): number => NOW_MS;

const signature: SignatureVerification = {
  scheme: 'signature',
  algorithm: 'hmac-sha256',
  signature: { header: 'X-Signature', encoding: 'hex' },
  signed: '{timestamp}.{body}',
  key: { secretField: 'secret' },
  timestamp: { from: { header: 'X-Time' }, unit: 'seconds' },
};
const contract: WebhookContract = {
  verification: signature,
  eventId: [{ pointer: '/id' }],
  eventType: [{ pointer: '/type' }],
};
const secrets = { secret: 'current' };
const delivery = { body: '{"id":"evt_1","type":"made"}', timestampMs: NOW_MS };

const sign = async (more: Partial<typeof delivery> = {}) => signWebhook(contract, { ...delivery, ...more }, secrets);
const reason = (result: WebhookResult): string => (result.ok ? 'accepted' : result.reason);

/** Contract with one thing about the signature changed. */
const changed = (more: Partial<SignatureVerification>): WebhookContract => ({
  ...contract,
  verification: { ...signature, ...more },
});

describe('a delivery that is genuine', () => {
  it('is told with all that is known of it', async () => {
    const result = await verifyWebhook(contract, await sign(), secrets, { now });
    expect(JSON.parse(JSON.stringify(result))).toEqual({
      ok: true,
      scheme: 'signature',
      contract: 'default',
      keyId: 'secret',
      timestampMs: NOW_MS,
      eventId: 'evt_1',
      eventType: 'made',
      occurredAt: '2026-11-23T12:00:00.000Z',
      dedupeKey: '-:default:id:evt_1',
    });
    if (!result.ok) return;
    expect(result.body).toEqual(utf8(delivery.body));
    expect(result.json()).toEqual({ id: 'evt_1', type: 'made' });
  });

  it('is accepted as text, as bytes, as a Request and with headers in any form', async () => {
    const sent = await sign();
    const { headers, rawBody } = sent;
    const post = { method: 'POST', headers: { ...headers }, body: String(rawBody) };
    for (const request of [
      { headers: new Headers({ ...headers }), rawBody: utf8(String(rawBody)) },
      { headers: Object.entries(headers), rawBody },
      new Request('https://a.test/', post),
    ])
      expect(reason(await verifyWebhook(contract, request, secrets, { now }))).toBe('accepted');
  });

  it('is accepted with a body that is no JSON, which then says nothing', async () => {
    const result = await verifyWebhook(contract, await sign({ body: '{"id":' }), secrets, { now });
    expect(result).toMatchObject({ ok: true, eventId: undefined, eventType: undefined });
    if (result.ok) expect(result.json()).toBeUndefined();
  });
});

describe('a delivery that is not', () => {
  const cases: [string, string, (sent: Awaited<ReturnType<typeof sign>>) => Promise<WebhookResult>][] = [
    [
      'missing_header',
      'the signature is absent',
      async (sent) => verifyWebhook(contract, { ...sent, headers: { 'X-Time': '1' } }, secrets),
    ],
    [
      'missing_header',
      'the timestamp is absent',
      async (sent) => verifyWebhook(contract, { ...sent, headers: { ...sent.headers, 'X-Time': '' } }, secrets),
    ],
    [
      'duplicate_header',
      'the signature came twice',
      async (sent) =>
        verifyWebhook(contract, { ...sent, headers: { ...sent.headers, 'x-signature': 'aa' } }, secrets, { now }),
    ],
    [
      'duplicate_header',
      'the signature came under two names',
      async (sent) =>
        verifyWebhook(
          changed({ signature: { header: ['X-Signature', 'X-Other'], encoding: 'hex' } }),
          { ...sent, headers: { ...sent.headers, 'X-Other': 'aa' } },
          secrets,
          { now },
        ),
    ],
    [
      'malformed',
      'the signature is not hex',
      async (sent) =>
        verifyWebhook(contract, { ...sent, headers: { ...sent.headers, 'X-Signature': 'zz' } }, secrets, { now }),
    ],
    [
      'malformed',
      'the timestamp is not a number',
      async (sent) =>
        verifyWebhook(contract, { ...sent, headers: { ...sent.headers, 'X-Time': '1e9' } }, secrets, { now }),
    ],
    [
      'timestamp_out_of_tolerance',
      'it is too old',
      async (sent) => verifyWebhook(contract, sent, secrets, { now: () => NOW_MS + 300_001 }),
    ],
    [
      'timestamp_out_of_tolerance',
      'it is too far ahead',
      async (sent) => verifyWebhook(contract, sent, secrets, { now: () => NOW_MS - 300_001 }),
    ],
    [
      'timestamp_out_of_tolerance',
      'the tolerance is no number',
      async (sent) => verifyWebhook(contract, sent, secrets, { now, toleranceMs: Number.NaN }),
    ],
    [
      'no_match',
      'the body is another one',
      async (sent) => verifyWebhook(contract, { ...sent, rawBody: '{}' }, secrets, { now }),
    ],
    [
      'no_match',
      'the secret is another one',
      async (sent) => verifyWebhook(contract, sent, { secret: 'other' }, { now }),
    ],
    ['no_secret', 'there is no secret', async (sent) => verifyWebhook(contract, sent, {}, { now })],
    ['no_secret', 'the secret is empty', async (sent) => verifyWebhook(contract, sent, { secret: ['', ''] }, { now })],
    [
      'invalid_secret',
      'the secret is not encoded as it should be',
      async (sent) =>
        verifyWebhook(changed({ key: { secretField: 'secret', encoding: 'hex' } }), sent, { secret: 'xyz' }, { now }),
    ],
    [
      'too_large',
      'the body exceeds the limit',
      async (sent) => verifyWebhook(contract, sent, secrets, { now, maxBodyBytes: 10 }),
    ],
    [
      'too_large',
      'its text has more bytes than letters',
      async () => verifyWebhook(contract, await sign({ body: '\u00fc'.repeat(6) }), secrets, { now, maxBodyBytes: 10 }),
    ],
    [
      'too_large',
      'the limit is no number',
      async (sent) => verifyWebhook(contract, sent, secrets, { now, maxBodyBytes: Number.NaN }),
    ],
    [
      'too_large',
      'the body exceeds a mebibyte',
      async (sent) => verifyWebhook(contract, { ...sent, rawBody: 'x'.repeat(1_048_577) }, secrets),
    ],
    [
      'missing_url',
      'the URL is signed and not known',
      async (sent) => verifyWebhook(changed({ signed: '{timestamp}{url}' }), sent, secrets, { now }),
    ],
    [
      'missing_url',
      'the path is signed and not known',
      async (sent) => verifyWebhook(changed({ signed: '{timestamp}{path}' }), sent, secrets, { now }),
    ],
    [
      'missing_value',
      'a value that is not in a header is absent',
      async (sent) =>
        verifyWebhook(
          { verification: { scheme: 'token', from: { query: 'token' }, secretField: 'secret' } },
          sent,
          secrets,
        ),
    ],
    [
      'malformed',
      'a value came twice in the URL',
      async (sent) =>
        verifyWebhook(
          { verification: { scheme: 'token', from: { query: 'token' }, secretField: 'secret' } },
          { ...sent, url: '/?token=current&token=current' },
          secrets,
        ),
    ],
    [
      'unverifiable',
      'the vendor proves nothing',
      async (sent) => verifyWebhook({ verification: { scheme: 'none', reason: 'none' } }, sent, {}),
    ],
    [
      'no_contract',
      'the spec has no such contract',
      async (sent) => verifyWebhook(contract, sent, secrets, { contract: 'other' }),
    ],
    [
      'aborted',
      'the request broke off',
      async () =>
        verifyWebhook(contract, new Request('https://a.test/', { method: 'POST', body: 'x' }), secrets, {
          signal: AbortSignal.abort(),
        }),
    ],
  ];

  it.each(cases)('is refused as %s where %s', async (expected, _when, verify) => {
    const result = await verify(await sign());
    expect(reason(result)).toBe(expected);
    if (!result.ok) expect(result.message.length).toBeGreaterThan(10);
  });

  it.each([
    [{ algorithm: 'hmac-md5' }],
    [{ algorithm: 'constructor' }],
    [{ signed: '{nothing}' }],
    [{ signature: { header: 'X-Signature', encoding: 'hex', items: { separator: '', assign: '=', name: 'v1' } } }],
    [{ key: { keySetUrl: 'https://a.test/', format: 'jwks' } }],
    [{ scheme: 'mtls' }],
  ])('is refused as unsupported_scheme where the contract says what does not exist: %j', async (more) => {
    const unknown: WebhookContract = JSON.parse(
      JSON.stringify({ ...contract, verification: { ...signature, ...more } }),
    );
    expect(reason(await verifyWebhook(unknown, await sign(), secrets, { now }))).toBe('unsupported_scheme');
  });

  it.each([
    null,
    undefined,
    1,
    'text',
    {},
    [],
    { rawBody: 'x' },
    { rawBody: 'x', headers: null },
    { rawBody: 1, headers: {} },
  ])('is refused and never thrown about when it is no request at all: %j', async (request) => {
    // What untyped callers pass.
    const result = await verifyWebhook(contract, asIf(request), secrets, { now });
    expect(result.ok).toBe(false);
  });

  it('is refused when an object throws as it is read', async () => {
    const hostile = {
      rawBody: 'x',
      get headers(): never {
        throw new TypeError('no');
      },
    };
    expect(reason(await verifyWebhook(contract, hostile, secrets, { now }))).toBe('malformed');
  });

  it('is refused with an id that could be split in another way under the same signature', async () => {
    const standard = standardWebhooks();
    const whsec = { signingSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };
    const time = String(NOW_MS / 1000);
    const sent = await signWebhook(standard, { body: `${time}.{}`, id: 'msg', timestampMs: NOW_MS }, whsec);
    const shifted = { headers: { ...sent.headers, 'webhook-id': `msg.${time}` }, rawBody: '{}' };
    expect(reason(await verifyWebhook(standard, sent, whsec, { now }))).toBe('accepted');
    expect(reason(await verifyWebhook(standard, shifted, whsec, { now }))).toBe('malformed');
  });
});

describe('tolerance', () => {
  const uneven = changed({
    timestamp: { from: { header: 'X-Time' }, unit: 'seconds', toleranceMs: 60_000, futureToleranceMs: 5000 },
  });
  const at = async (offsetMs: number, options: VerifyWebhookOptions = {}, of = uneven) =>
    reason(await verifyWebhook(of, await sign(), secrets, { now: () => NOW_MS + offsetMs, ...options }));

  it('is the contract\u2019s, in each direction its own, ends included', async () => {
    expect(await at(60_000)).toBe('accepted');
    expect(await at(60_001)).toBe('timestamp_out_of_tolerance');
    expect(await at(-5000)).toBe('accepted');
    expect(await at(-5001)).toBe('timestamp_out_of_tolerance');
  });

  it('can be set for a call, and switched off with 0', async () => {
    expect(await at(100_000, { toleranceMs: 100_000 })).toBe('accepted');
    expect(await at(-100_001, { toleranceMs: 100_000 })).toBe('timestamp_out_of_tolerance');
    expect(await at(1e12, { toleranceMs: 0 })).toBe('accepted');
  });

  it('is nothing at all where a contract says 0, since that is not a call\u2019s wish', async () => {
    const strict = changed({ timestamp: { from: { header: 'X-Time' }, unit: 'seconds', toleranceMs: 0 } });
    expect(await at(0, {}, strict)).toBe('accepted');
    expect(await at(1, {}, strict)).toBe('timestamp_out_of_tolerance');
  });

  it('of a time in the body counts once the body is proven, which is parsed no earlier', async () => {
    const inBody = changed({ signed: '{body}', timestamp: { from: { pointer: '/at' }, unit: 'ms' } });
    const sent = await signWebhook(inBody, { body: `{"at":${NOW_MS}}` }, secrets);
    const verify = async (request: typeof sent) =>
      reason(await verifyWebhook(inBody, request, secrets, { now: () => NOW_MS + 400_000 }));
    expect(await verify(sent)).toBe('timestamp_out_of_tolerance');
    expect(await verify({ ...sent, rawBody: '{"at":1}' })).toBe('no_match');
    const without = await signWebhook(
      changed({ signed: '{body}', timestamp: { from: { header: 'X-Time' }, unit: 'ms' } }),
      { body: '{}' },
      secrets,
    );
    expect(await verify(without)).toBe('missing_value');
  });
});

describe('several secrets', () => {
  it.each<[string, Parameters<typeof verifyWebhook>[2], VerifyWebhookOptions, string]>([
    ['the second of a list', { secret: ['new', 'current'] }, {}, 'secret[1]'],
    ['a former one', { secret: 'new' }, { previousSecrets: { secret: 'current' } }, 'previous[0].secret'],
    [
      'one of several former ones',
      { secret: 'new' },
      { previousSecrets: [{}, { secret: ['x', 'current'] }] },
      'previous[1].secret[1]',
    ],
    ['a former one where there is none now', {}, { previousSecrets: { secret: 'current' } }, 'previous[0].secret'],
  ])('are all tried: %s', async (_which, active, options, keyId) => {
    expect(await verifyWebhook(contract, await sign(), active, { now, ...options })).toMatchObject({ ok: true, keyId });
  });

  it('may hold one that is unusable beside others', async () => {
    const hex = changed({ key: { secretField: 'secret', encoding: 'hex' } });
    const sent = await signWebhook(hex, delivery, { secret: 'aabb' });
    expect(await verifyWebhook(hex, sent, { secret: ['xyz', 'aabb'] }, { now })).toMatchObject({
      ok: true,
      keyId: 'secret[1]',
    });
  });

  it('sign each, where the contract has a list of signatures', async () => {
    const standard = standardWebhooks();
    const keys = ['whsec_b2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQ', 'whsec_bmV3LW5ldy1uZXctbmV3LW5ldy1uZXc'];
    const sent = await signWebhook(standard, { ...delivery, id: 'msg_1' }, { signingSecret: keys });
    expect(sent.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    for (const key of keys)
      expect(reason(await verifyWebhook(standard, sent, { signingSecret: key }, { now }))).toBe('accepted');
  });
});

describe('several verifications and contracts', () => {
  const token: WebhookVerification = { scheme: 'token', from: { header: 'X-Token' }, secretField: 'token' };
  const both: WebhookContract = { verification: [signature, token] };

  it('are alternatives, and the failure told is that of the one that came furthest', async () => {
    const all = { ...secrets, token: 't' };
    expect(await verifyWebhook(both, { headers: { 'x-token': 't' }, rawBody: '' }, all, { now })).toMatchObject({
      scheme: 'token',
    });
    expect(await verifyWebhook(both, await sign(), all, { now })).toMatchObject({ scheme: 'signature' });
    expect(reason(await verifyWebhook(both, { headers: { 'x-token': 'u' }, rawBody: '' }, all, { now }))).toBe(
      'no_match',
    );
    expect(reason(await verifyWebhook(both, { headers: {}, rawBody: '' }, all, { now }))).toBe('missing_header');
  });

  const spec = {
    meta: asIf({ key: 'vendor.mail' }),
    webhooks: [
      { key: 'events', ...contract },
      { key: 'tokens', verification: token },
      { key: 'open', verification: { scheme: 'none', reason: 'nothing is signed' } },
    ] satisfies WebhookContract[],
  };

  it('of a spec are tried in turn, or one is named', async () => {
    const result = await verifyWebhook(spec, await sign(), secrets, { now, scope: 'conn:1' });
    expect(result).toMatchObject({ contract: 'events', dedupeKey: 'conn%3A1/vendor.mail:events:id:evt_1' });
    expect(reason(await verifyWebhook(spec, await sign(), secrets, { now, contract: 'tokens' }))).toBe(
      'missing_header',
    );
    expect(await verifyWebhook({ ...spec, webhooks: [] }, await sign(), secrets)).toMatchObject({
      reason: 'no_contract',
    });
    expect(await verifyWebhook({ meta: spec.meta }, await sign(), secrets)).toMatchObject({ reason: 'no_contract' });
  });

  it('that prove nothing count only when they are named and that is accepted', async () => {
    const anything = { headers: {}, rawBody: 'x' };
    expect(reason(await verifyWebhook(spec, anything, secrets, { now, acceptUnverified: true }))).toBe(
      'missing_header',
    );
    expect(reason(await verifyWebhook(spec, anything, secrets, { now, contract: 'open' }))).toBe('unverifiable');
    expect(await verifyWebhook(spec, anything, secrets, { contract: 'open', acceptUnverified: true })).toMatchObject({
      ok: true,
      scheme: 'none',
    });
  });
});

describe('basic credentials', () => {
  const basic: WebhookContract = {
    verification: { scheme: 'basic', usernameField: 'user', passwordField: 'password' },
  };
  const verify = async (
    authorization: string,
    active: Parameters<typeof verifyWebhook>[2],
    options: VerifyWebhookOptions = {},
  ) => verifyWebhook(basic, { headers: { authorization }, rawBody: '' }, active, options);
  const credentials = (text: string): string => `Basic ${btoa(text)}`;

  it('are split at the first colon, and compared whole', async () => {
    const active = { user: 'u', password: 'p:w' };
    expect(await verify(credentials('u:p:w'), active)).toMatchObject({ ok: true, scheme: 'basic', keyId: 'password' });
    expect(await verify(credentials('u:p:w').replace('Basic', 'basic'), active)).toMatchObject({ ok: true });
    for (const text of ['u:p', 'u:p:', 'v:p:w', ':p:w', 'u:', 'U:p:w', 'u:p:w '])
      expect(reason(await verify(credentials(text), active))).toBe('no_match');
    for (const text of [
      'Basic',
      'Basic ',
      'Bearer abc',
      'Basic ~~',
      credentials('nocolon'),
      'Basic dQ=',
      `${credentials('u:p:w')},x`,
    ])
      expect(reason(await verify(text, active))).toBe('malformed');
  });

  it('never mix a user name with a password of another time', async () => {
    const options = { previousSecrets: { user: 'old', password: 'older' } };
    const active = { user: 'new', password: 'newer' };
    expect(await verify(credentials('old:older'), active, options)).toMatchObject({ keyId: 'previous[0].password' });
    expect(reason(await verify(credentials('old:newer'), active, options))).toBe('no_match');
    expect(reason(await verify(credentials('new:older'), active, options))).toBe('no_match');
  });

  it('need both, neither empty; the name may be config', async () => {
    expect(reason(await verify(credentials('u:'), { user: 'u', password: '' }))).toBe('no_secret');
    expect(reason(await verify(credentials(':p'), { user: '', password: 'p' }))).toBe('no_secret');
    expect(await verify(credentials('u:p'), { password: 'p' }, { config: { user: 'u' } })).toMatchObject({ ok: true });
  });
});

describe('the keys of a vendor', () => {
  it('that cannot be fetched make a failure that may pass', async () => {
    const ed = changed({ algorithm: 'ed25519', key: { keySetUrl: 'https://vendor.test/', format: 'jwks' } });
    const sent = { headers: { 'X-Signature': '00'.repeat(64), 'X-Time': String(NOW_MS / 1000) }, rawBody: '' };
    const keySets = createKeySets({ fetch: () => Promise.reject(new TypeError('offline')) });
    expect(reason(await verifyWebhook(ed, sent, {}, { now, keySets }))).toBe('keys_unavailable');
  });

  it('are asked for once more when none fits', async () => {
    const ed = changed({ algorithm: 'ed25519', key: { keySetUrl: 'https://vendor.test/', format: 'jwks' } });
    const { publicKey, privateKey } = await generate({ name: 'Ed25519' });
    const jwk = { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: 'new' };
    const sent = await signWebhook(ed, delivery, {}, { privateKey });
    let time = NOW_MS;
    let calls = 0;
    const keySets = createKeySets({
      now: () => time,
      fetch: async () => {
        calls += 1;
        return new Response(JSON.stringify({ keys: calls === 1 ? [] : [jwk] }));
      },
    });
    expect(reason(await verifyWebhook(ed, sent, {}, { now, keySets }))).toBe('no_match');
    time += 60_000;
    expect(await verifyWebhook(ed, sent, {}, { now, keySets })).toMatchObject({ ok: true, keyId: 'new' });
    expect(await verifyWebhook(ed, sent, {}, { now, keySets })).toMatchObject({ ok: true });
    expect(calls).toBe(2);
  });
});

describe.each([
  ['of this platform', createVerifier(platformDigests())],
  ['of Web Crypto', createVerifier(webDigests)],
])('the dedupe key, by digests %s', (_name, { verify }) => {
  const keyOf = async (of: WebhookContract, body: string, options: VerifyWebhookOptions = {}): Promise<string> => {
    const result = await verify(
      of,
      await signWebhook(of, { ...delivery, body, url: 'https://a.test/' }, { ...secrets, token: 't' }),
      { ...secrets, token: 't' },
      { now, ...options },
    );
    return result.ok ? result.dedupeKey : result.reason;
  };

  it('joins the parts of an id so that none can pass for others', async () => {
    const two = { ...contract, eventId: [{ pointer: '/a' }, { pointer: '/b' }] };
    const keys = await Promise.all(
      [
        ['x:y', 'z'],
        ['x', 'y:z'],
        ['x%3Ay', 'z'],
        ['x', 'y'],
        ['x/y', 'z'],
      ].map(([a, b]) => keyOf(two, JSON.stringify({ a, b }))),
    );
    expect(new Set(keys).size).toBe(5);
  });

  it('is a digest of what was signed where the id is not whole', async () => {
    const two = { ...contract, eventId: [{ pointer: '/a' }, { pointer: '/b' }] };
    const digest = encodeHex(await webDigests.sha256([`${NOW_MS / 1000}.{"a":1}`]));
    for (const body of ['{"a":1}']) expect(await keyOf(two, body)).toBe(`-:default:sha256:${digest}`);
    expect(await keyOf(two, '{"a":1,"b":""}')).toMatch(/:sha256:/);
    expect(await keyOf(two, '{"a":1,"b":9007199254740993}')).toMatch(/:sha256:/);
    expect(await keyOf(two, '{"a":1,"b":9007199254740991}')).toBe('-:default:id:1%3A9007199254740991');
  });

  it('is never the same for deliveries without any content', async () => {
    const token: WebhookContract = {
      verification: { scheme: 'token', from: { header: 'X-Token' }, secretField: 'token' },
    };
    expect(await keyOf(token, '')).toMatch(/:random:/);
    expect(await keyOf(token, '')).not.toBe(await keyOf(token, ''));
    expect(await keyOf(token, 'x')).toBe(await keyOf(token, 'x'));
  });
});

describe('repetitions', () => {
  const header: WebhookContract = { ...contract, eventId: [{ header: 'X-Id' }] };
  const setUp = () => {
    const store = new MemoryReplayStore({ now });
    const verify = async (
      of: WebhookContract,
      request: Awaited<ReturnType<typeof sign>>,
      by?: 'event' | 'content' | 'both',
    ) => verifyWebhook(of, request, secrets, { now, replay: { store, ...(by === undefined ? {} : { by }) } });
    return { store, verify };
  };

  it('are refused with the key that was seen', async () => {
    const { verify } = setUp();
    const sent = await sign();
    expect(reason(await verify(contract, sent))).toBe('accepted');
    expect(await verify(contract, sent)).toMatchObject({
      reason: 'replayed',
      dedupeKey: '-:default:id:evt_1',
      contract: 'default',
    });
    expect(reason(await verify(contract, await sign({ body: '{"id":"evt_2"}' })))).toBe('accepted');
  });

  it('are known by their id, though sent again at another time', async () => {
    const { verify } = setUp();
    await verify(contract, await sign());
    expect(reason(await verify(contract, await sign({ timestampMs: NOW_MS + 5000 })))).toBe('replayed');
  });

  it('are known by what was signed where the id is not, so that nobody passes them off as new', async () => {
    const sent = await sign();
    const as = (id: string) => ({ ...sent, headers: { ...sent.headers, 'X-Id': id } });
    const { store, verify } = setUp();
    expect(reason(await verify(header, as('1')))).toBe('accepted');
    const size = store.size;
    expect(reason(await verify(header, as('2')))).toBe('replayed');
    expect(store.size).toBe(size);
    const other = setUp();
    await other.verify(header, as('1'), 'event');
    expect(reason(await other.verify(header, as('2'), 'event'))).toBe('accepted');
    expect(reason(await other.verify(header, as('1'), 'event'))).toBe('replayed');
  });

  it('of what was refused are not noted', async () => {
    const { store, verify } = setUp();
    await verify(contract, { ...(await sign()), rawBody: '{"id":"evt_1"}' });
    expect(store.size).toBe(0);
  });

  it('are let through again after a release, by each key that was noted', async () => {
    const { store, verify } = setUp();
    const sent = { ...(await sign()) };
    const withId = { ...sent, headers: { ...sent.headers, 'X-Id': '1' } };
    const first = await verify(header, withId);
    expect(store.size).toBe(2);
    if (first.ok) await first.release();
    expect(store.size).toBe(0);
    expect(reason(await verify(header, withId))).toBe('accepted');
    if (first.ok) await first.release();
    expect(reason(await verify(header, withId))).toBe('replayed');
  });

  it('are not decided upon by a store that fails, which leaves nothing noted', async () => {
    const seen = new MemoryReplayStore({ now });
    let calls = 0;
    const store = {
      remember: async (key: string, ttlMs: number) => {
        calls += 1;
        if (calls === 2) throw new TypeError('store is down');
        return seen.remember(key, ttlMs);
      },
      forget: (key: string) => seen.forget(key),
    };
    const sent = await sign();
    const result = await verifyWebhook(header, { ...sent, headers: { ...sent.headers, 'X-Id': '1' } }, secrets, {
      now,
      replay: { store },
    });
    expect(reason(result)).toBe('replay_store_failed');
    expect(seen.size).toBe(0);
  });
});
