import type { WebhookContract, WebhookHandshake } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { asIf } from '../__fixtures__/as-if.ts';
import { CONFIRMED } from '../__fixtures__/confirmed-vendors.ts';
import { LIKELY } from '../__fixtures__/likely-vendors.ts';
import { MemoryReplayStore } from '../replay/memory-replay-store.ts';
import { signWebhook } from '../sign/sign-webhook.ts';
import { verifyWebhook } from '../verify/verify-webhook.ts';
import { answerHandshake } from './answer-handshake.ts';
import { receiveWebhook } from './receive-webhook.ts';
import { toFetchResponse } from './webhook-response.ts';

const NOW_MS = 1_795_435_200_000;
const options = { now: () => NOW_MS };

function vendor(name: string) {
  const found = [...CONFIRMED, ...LIKELY].find((entry) => entry.vendor.startsWith(name));
  if (found === undefined) throw new TypeError(`no vendor ${name}`);
  return found;
}
const get = (url: string) => ({ method: 'GET', url, headers: {}, rawBody: '' });
const post = (body: string, headers: Record<string, string> = {}) => ({
  method: 'POST',
  url: '/',
  headers,
  rawBody: body,
});
const TEXT = { 'x-content-type-options': 'nosniff', 'content-type': 'text/plain; charset=utf-8' };
const JSON_TYPE = { 'x-content-type-options': 'nosniff', 'content-type': 'application/json' };

describe('challenges', () => {
  it('of Meta are repeated as plain text that no browser takes for a page', async () => {
    const { contract, secrets } = vendor('messaging-whatsapp-meta');
    const url = '/hook?hub.mode=subscribe&hub.challenge=%3Cb%3E11&hub.verify_token=';
    expect(await answerHandshake(contract, get(`${url}verify-me`), secrets)).toEqual({
      accepted: true,
      response: { status: 200, headers: TEXT, body: '<b>11' },
    });
    for (const token of ['', 'verify-m', 'verify-mee', 'app-secret', 'verify-me&hub.verify_token=verify-me'])
      expect(await answerHandshake(contract, get(url + token), secrets)).toMatchObject({
        accepted: false,
        response: { status: 403, body: '' },
      });
    expect(await answerHandshake(contract, get(`${url}verify-me`), {})).toMatchObject({ accepted: false });
    expect(
      await answerHandshake(contract, get(`${url}x`), secrets, { previousSecrets: { verifyToken: 'x' } }),
    ).toMatchObject({ accepted: true });
  });

  it('of Strava and Oura are repeated as JSON', async () => {
    const strava = vendor('strava');
    const url = 'https://a.test/?hub.mode=subscribe&hub.challenge=15f7&hub.verify_token=verify-me';
    expect(await answerHandshake(strava.contract, get(url), strava.secrets)).toMatchObject({
      response: { headers: JSON_TYPE, body: '{"hub.challenge":"15f7"}' },
    });
    const oura = vendor('oura');
    const ask = async (token: string) =>
      answerHandshake(oura.contract, get(`/?verification_token=${token}&challenge=abc`), oura.secrets);
    expect(await ask('verify-me')).toMatchObject({
      accepted: true,
      response: { status: 200, body: '{"challenge":"abc"}' },
    });
    expect(await ask('other')).toMatchObject({ accepted: false, response: { status: 401 } });
  });

  it('of Fitbit are answered by status alone, in both of its ways', async () => {
    const { contract, secrets } = vendor('fitbit');
    const verify = async (code: string) => answerHandshake(contract, get(`/?verify=${code}`), secrets);
    expect(await verify('c0de')).toMatchObject({ accepted: true, response: { status: 204, body: '' } });
    expect(await verify('code')).toMatchObject({ accepted: false, response: { status: 404 } });
    const body = '{"type":"verification"}';
    const authorization = String(secrets['authorization']);
    expect(await answerHandshake(contract, post(body, { authorization }), secrets)).toMatchObject({
      response: { status: 201 },
    });
    expect(await answerHandshake(contract, post(body), secrets)).toMatchObject({
      accepted: false,
      response: { status: 401 },
    });
  });

  it('of Slack are repeated only when they are signed', async () => {
    const { contract, secrets } = vendor('messaging-slack');
    const signed = await signWebhook(
      contract,
      { body: '{"type":"url_verification","challenge":"3eZb"}', timestampMs: NOW_MS },
      secrets,
    );
    expect(await answerHandshake(contract, signed, secrets, options)).toMatchObject({
      accepted: true,
      response: { headers: TEXT, body: '3eZb' },
    });
    const forged = { ...signed, rawBody: '{"type":"url_verification","challenge":"evil"}' };
    expect(await answerHandshake(contract, forged, secrets, options)).toMatchObject({
      accepted: false,
      response: { status: 403, body: '' },
    });
    expect(await answerHandshake(contract, signed, secrets, { now: () => NOW_MS + 1e6 })).toMatchObject({
      accepted: false,
    });
  });

  it('of Google channels are acknowledged when they hold the token', async () => {
    const { contract, secrets } = vendor('google-drive');
    const sync = (token: string) => post('', { 'X-Goog-Resource-State': 'sync', 'X-Goog-Channel-Token': token });
    expect(await answerHandshake(contract, sync('tenant=1&token=x'), secrets)).toMatchObject({ accepted: true });
    expect(await answerHandshake(contract, sync('other'), secrets)).toMatchObject({ accepted: false });
  });

  const echoing = (answer: WebhookHandshake['answer'], value = '/challenge'): WebhookContract => ({
    verification: { scheme: 'none', reason: 'test' },
    handshakes: [{ method: 'POST', when: [{ value: { pointer: value } }], answer }],
  });

  it('keep the type that they have in JSON', async () => {
    const discord = echoing({ echo: { pointer: '/type' }, echoAs: 'type' }, '/type');
    expect(await answerHandshake(discord, post('{"type":1}'), {})).toMatchObject({ response: { body: '{"type":1}' } });
  });

  it('are not repeated when they are long, or no plain values', async () => {
    const contract = echoing({ echo: { pointer: '/challenge' } });
    for (const challenge of ['x'.repeat(4097), { a: 1 }, [1], null])
      expect(await answerHandshake(contract, post(JSON.stringify({ challenge })), {})).not.toMatchObject({
        accepted: true,
      });
    expect(await answerHandshake(contract, post(JSON.stringify({ challenge: 'x'.repeat(4096) })), {})).toMatchObject({
      accepted: true,
    });
  });
});

describe('a secret that a handshake brings', () => {
  const { contract } = vendor('notion');
  const bring = async (token: string, secrets: Record<string, string>, acceptNewSecret?: boolean) => {
    const body = JSON.stringify({ verification_token: token });
    const sent = await signWebhook(contract, { body }, { verificationToken: token });
    return answerHandshake(contract, sent, secrets, acceptNewSecret === undefined ? {} : { acceptNewSecret });
  };

  it('is handed out to be kept where there is none yet', async () => {
    const answer = await bring('secret_new', {});
    expect(answer).toMatchObject({
      accepted: true,
      response: { status: 200, body: '' },
      keep: { secretField: 'verificationToken', value: 'secret_new' },
    });
  });

  it('never replaces one that is there, unless that is wanted', async () => {
    expect(await bring('secret_evil', { verificationToken: 'secret_kept' })).toEqual({
      accepted: false,
      response: { status: 403, headers: {}, body: '' },
    });
    expect(await bring('secret_kept', { verificationToken: 'secret_kept' })).toMatchObject({ accepted: true });
    expect(await bring('secret_new', { verificationToken: 'secret_kept' }, true)).toMatchObject({
      keep: { value: 'secret_new' },
    });
  });

  it('must be signed with itself', async () => {
    const forged = post('{"verification_token":"secret_x"}', { 'X-Notion-Signature': `sha256=${'0'.repeat(64)}` });
    expect(await answerHandshake(contract, forged, {})).toMatchObject({ accepted: false });
  });
});

describe('what is no handshake', () => {
  const { contract, secrets } = vendor('messaging-slack');

  it.each([
    ['a delivery', post('{"type":"event_callback"}')],
    ['another method', { ...post('{"type":"url_verification","challenge":"x"}'), method: 'PUT' }],
    ['no JSON', post('type=url_verification')],
    ['a body that is too large', post(`{"type":"url_verification","x":"${'x'.repeat(1_048_576)}"}`)],
  ])('is left to verification: %s', async (_what, request) => {
    expect(await answerHandshake(contract, request, secrets)).toBeUndefined();
  });

  it('is whatever cannot be read', async () => {
    for (const request of [null, 1, {}, { rawBody: 'x', headers: null }])
      expect(await answerHandshake(contract, asIf(request), secrets)).toBeUndefined();
  });
});

describe('receiveWebhook', () => {
  const { contract, secrets, delivery } = vendor('messaging-slack');
  const sign = async () => signWebhook(contract, { ...delivery, timestampMs: NOW_MS }, secrets);

  it('tells deliveries, handshakes and what is refused, each with its answer', async () => {
    const sent = await sign();
    expect(await receiveWebhook(contract, sent, secrets, options)).toMatchObject({
      kind: 'delivery',
      delivery: { eventId: 'Ev1' },
      response: { status: 200 },
    });
    const challenge = await signWebhook(
      contract,
      { body: '{"type":"url_verification","challenge":"c"}', timestampMs: NOW_MS },
      secrets,
    );
    const body = String(challenge.rawBody);
    const request = new Request('https://a.test/', { method: 'POST', headers: { ...challenge.headers }, body });
    expect(await receiveWebhook(contract, request, secrets, options)).toMatchObject({
      kind: 'handshake',
      response: { body: 'c' },
    });
    expect(await receiveWebhook(contract, post('{}'), secrets, options)).toMatchObject({
      kind: 'refused',
      failure: { reason: 'missing_header' },
      response: { status: 401, body: '' },
    });
  });

  it('acknowledges as the contract says, repetitions too', async () => {
    const acked = { ...contract, ack: { status: 204 } };
    const sent = await sign();
    const replay = { store: new MemoryReplayStore(options) };
    expect(await receiveWebhook(acked, sent, secrets, { ...options, replay })).toMatchObject({
      kind: 'delivery',
      response: { status: 204 },
    });
    expect(await receiveWebhook(acked, sent, secrets, { ...options, replay })).toMatchObject({
      kind: 'refused',
      failure: { reason: 'replayed' },
      response: { status: 204 },
    });
  });

  it.each([
    ['no_match', 401, async () => receiveWebhook(contract, { ...(await sign()), rawBody: '{}' }, secrets, options)],
    [
      'malformed',
      400,
      async () =>
        receiveWebhook(contract, { ...(await sign()), headers: { 'x-slack-signature': 'v1=' } }, secrets, options),
    ],
    ['malformed', 400, async () => receiveWebhook(contract, asIf(null), secrets, options)],
    ['too_large', 413, async () => receiveWebhook(contract, await sign(), secrets, { ...options, maxBodyBytes: 1 })],
    ['no_secret', 500, async () => receiveWebhook(contract, await sign(), {}, options)],
    ['no_contract', 500, async () => receiveWebhook(contract, await sign(), secrets, { contract: 'x' })],
    [
      'replay_store_failed',
      503,
      async () => {
        const store = { remember: () => Promise.reject(new TypeError('down')), forget: () => undefined };
        return receiveWebhook(contract, await sign(), secrets, { ...options, replay: { store } });
      },
    ],
  ])('answers %s with %i', async (reason, status, receive) => {
    expect(await receive()).toMatchObject({ kind: 'refused', failure: { reason }, response: { status } });
  });

  it('answers as Fetch wants it, without a body where none may be', async () => {
    const response = toFetchResponse({ status: 200, headers: TEXT, body: 'c' });
    expect([response.status, response.headers.get('x-content-type-options'), await response.text()]).toEqual([
      200,
      'nosniff',
      'c',
    ]);
    expect(toFetchResponse({ status: 204, headers: {}, body: '' }).status).toBe(204);
  });

  it('leaves a handshake out of the replay store, and of verification by the wrong contract', async () => {
    const store = new MemoryReplayStore(options);
    const challenge = await signWebhook(
      contract,
      { body: '{"type":"url_verification","challenge":"c"}', timestampMs: NOW_MS },
      secrets,
    );
    const both = {
      meta: asIf({ key: 'a.b' }),
      webhooks: [
        { key: 'other', verification: { scheme: 'none', reason: 'x' } as const },
        { ...contract, key: 'events' },
      ],
    };
    for (let time = 0; time < 2; time += 1)
      expect(
        await receiveWebhook(both, challenge, secrets, { ...options, contract: 'events', replay: { store } }),
      ).toMatchObject({ kind: 'handshake', accepted: true });
    expect(store.size).toBe(0);
    expect((await verifyWebhook(contract, challenge, secrets, options)).ok).toBe(true);
  });
});
