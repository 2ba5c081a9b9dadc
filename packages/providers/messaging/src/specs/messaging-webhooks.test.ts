import { answerHandshake, verifyWebhook, type VerifyWebhookOptions, type WebhookSource } from '@mortise/webhooks';
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  messagingGithubIntegrationSpec,
  messagingSlackIntegrationSpec,
  messagingTelegramIntegrationSpec,
  messagingWhatsappMetaIntegrationSpec,
  messagingWhatsappTwilioIntegrationSpec,
} from './index.ts';

const at = (seconds: number): VerifyWebhookOptions => ({ now: () => seconds * 1000 });

describe('Slack signs the time and the body', () => {
  // The worked example of the vendor's documentation.
  const SENT_AT = 1_531_420_618;
  const secrets = { signingSecret: '8f742231b10e8888abcd99yyyzzz85a5' };
  const command: WebhookSource = {
    method: 'POST',
    headers: {
      'x-slack-request-timestamp': String(SENT_AT),
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    },
    rawBody:
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  };

  function signed(body: object): WebhookSource {
    const rawBody = JSON.stringify(body);
    const mac = createHmac('sha256', secrets.signingSecret).update(`v0:${SENT_AT}:${rawBody}`).digest('hex');
    const headers = { 'x-slack-request-timestamp': String(SENT_AT), 'x-slack-signature': `v0=${mac}` };
    return { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, rawBody };
  }

  it('accepts the documented delivery, up to five minutes later', async () => {
    const accepted = await verifyWebhook(messagingSlackIntegrationSpec, command, secrets, at(SENT_AT + 300));
    expect(accepted).toMatchObject({ ok: true });
    const late = await verifyWebhook(messagingSlackIntegrationSpec, command, secrets, at(SENT_AT + 301));
    expect(late).toMatchObject({ ok: false, reason: 'timestamp_out_of_tolerance' });
  });

  it('refuses it under another secret', async () => {
    const other = { signingSecret: '8f742231b10e8888abcd99yyyzzz85a6' };
    const refused = await verifyWebhook(messagingSlackIntegrationSpec, command, other, at(SENT_AT));
    expect(refused).toMatchObject({ ok: false, reason: 'no_match' });
  });

  it('tells id, type and time of an event', async () => {
    const event = { type: 'event_callback', event_id: 'Ev1', event_time: SENT_AT, event: { type: 'app_mention' } };
    expect(await verifyWebhook(messagingSlackIntegrationSpec, signed(event), secrets, at(SENT_AT))).toMatchObject({
      ok: true,
      eventId: 'Ev1',
      eventType: 'app_mention',
      occurredAt: '2018-07-12T18:36:58.000Z',
    });
  });

  it('answers the check of the endpoint with the challenge, only where it is signed', async () => {
    const check = { type: 'url_verification', challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P' };
    const answer = await answerHandshake(messagingSlackIntegrationSpec, signed(check), secrets, at(SENT_AT));
    expect(answer).toMatchObject({ accepted: true, response: { status: 200, body: check.challenge } });
    const forged = await answerHandshake(
      messagingSlackIntegrationSpec,
      signed(check),
      { signingSecret: 'another' },
      at(SENT_AT),
    );
    expect(forged).toMatchObject({ accepted: false, response: { status: 403 } });
  });
});

describe('GitHub signs the body', () => {
  // The worked example of the vendor's documentation.
  const secrets = { webhookSecret: "It's a Secret to Everybody" };
  const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

  it('accepts the documented delivery and nothing else', async () => {
    const delivery = { method: 'POST', headers: { 'x-hub-signature-256': signature }, rawBody: 'Hello, World!' };
    expect(await verifyWebhook(messagingGithubIntegrationSpec, delivery, secrets)).toMatchObject({ ok: true });
    const changed = { ...delivery, rawBody: 'Hello, World?' };
    expect(await verifyWebhook(messagingGithubIntegrationSpec, changed, secrets)).toMatchObject({ reason: 'no_match' });
  });

  it('ignores the older signature that comes beside it', async () => {
    const rawBody = 'Hello, World!';
    const sha1 = createHmac('sha1', secrets.webhookSecret).update(rawBody).digest('hex');
    const delivery = { method: 'POST', headers: { 'x-hub-signature': `sha1=${sha1}` }, rawBody };
    expect(await verifyWebhook(messagingGithubIntegrationSpec, delivery, secrets)).toMatchObject({
      ok: false,
      reason: 'missing_header',
    });
  });

  it('tells event and action, and the id that a repetition keeps', async () => {
    const rawBody = JSON.stringify({ action: 'created', comment: { id: 1 } });
    const mac = createHmac('sha256', secrets.webhookSecret).update(rawBody).digest('hex');
    const headers = {
      'x-hub-signature-256': `sha256=${mac}`,
      'x-github-event': 'issue_comment',
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    };
    expect(
      await verifyWebhook(messagingGithubIntegrationSpec, { method: 'POST', headers, rawBody }, secrets),
    ).toMatchObject({ eventId: '72d3162e-cc78-11e3-81ab-4c9367dc0958', eventType: 'issue_comment.created' });
  });
});

describe('Telegram repeats a shared text', () => {
  const secrets = { secretToken: 'A-Z_a-z_0-9' };
  const deliveryWith = (token: string): WebhookSource => ({
    method: 'POST',
    headers: { 'x-telegram-bot-api-secret-token': token },
    rawBody: '{"update_id":10000,"message":{"date":1441645532,"text":"hello"}}',
  });

  it('accepts that text alone, and tells id and time', async () => {
    expect(await verifyWebhook(messagingTelegramIntegrationSpec, deliveryWith('A-Z_a-z_0-9'), secrets)).toMatchObject({
      ok: true,
      scheme: 'token',
      eventId: '10000',
      occurredAt: '2015-09-07T17:05:32.000Z',
    });
    for (const token of ['A-Z_a-z_0-', 'a-z_a-z_0-9', '']) {
      expect((await verifyWebhook(messagingTelegramIntegrationSpec, deliveryWith(token), secrets)).ok).toBe(false);
    }
  });
});

describe('Meta signs the body as it was sent', () => {
  const secrets = { appSecret: 'app-secret', verifyToken: 'chosen-by-us' };
  const rawBody =
    '{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"t":"\\u00e9"}}]}]}';
  const mac = createHmac('sha256', secrets.appSecret).update(rawBody).digest('hex');
  const headers = { 'x-hub-signature-256': `sha256=${mac}` };

  it('accepts the very bytes, not the same JSON written anew', async () => {
    expect(
      await verifyWebhook(messagingWhatsappMetaIntegrationSpec, { method: 'POST', headers, rawBody }, secrets),
    ).toMatchObject({ ok: true, eventType: 'messages' });
    const rewritten = { method: 'POST', headers, rawBody: JSON.stringify(JSON.parse(rawBody)) };
    expect(await verifyWebhook(messagingWhatsappMetaIntegrationSpec, rewritten, secrets)).toMatchObject({ ok: false });
  });

  const check = (token: string): WebhookSource => ({
    method: 'GET',
    url: `https://hooks.example.com/?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`,
    headers: {},
    rawBody: '',
  });

  it('repeats the challenge for the right token, and refuses another', async () => {
    const answer = await answerHandshake(messagingWhatsappMetaIntegrationSpec, check('chosen-by-us'), secrets);
    expect(answer).toMatchObject({ accepted: true, response: { status: 200, body: '1158201444' } });
    const refused = await answerHandshake(messagingWhatsappMetaIntegrationSpec, check('guessed'), secrets);
    expect(refused).toMatchObject({ accepted: false, response: { status: 403 } });
  });
});

describe('Twilio signs the address and the fields', () => {
  // The example of the vendor's own library tests.
  const secrets = { authToken: '12345' };
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  const fields = {
    Digits: '1234',
    CallSid: 'CA1234567890ABCDE',
    To: '+18005551212',
    Caller: '+14158675309',
    From: '+14158675309',
  };
  const delivery: WebhookSource = {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    },
    rawBody: new URLSearchParams(fields).toString(),
  };

  it('accepts the documented delivery, and not at another address', async () => {
    expect(await verifyWebhook(messagingWhatsappTwilioIntegrationSpec, delivery, secrets)).toMatchObject({ ok: true });
    const elsewhere = { ...delivery, url: 'https://mycompany.com/other.php?foo=1&bar=2' };
    expect(await verifyWebhook(messagingWhatsappTwilioIntegrationSpec, elsewhere, secrets)).toMatchObject({
      ok: false,
    });
  });

  it('checks the digest in the address where the body is JSON', async () => {
    const rawBody = '{"property":"value","boolean":true}';
    const jsonUrl = `https://example.com/hook?bodySHA256=${createHash('sha256').update(rawBody).digest('hex')}`;
    const mac = createHmac('sha1', secrets.authToken).update(jsonUrl).digest('base64');
    const json = {
      method: 'POST',
      url: jsonUrl,
      headers: { 'content-type': 'application/json', 'x-twilio-signature': mac },
      rawBody,
    };
    expect(await verifyWebhook(messagingWhatsappTwilioIntegrationSpec, json, secrets)).toMatchObject({ ok: true });
    const changed = { ...json, rawBody: '{"property":"other"}' };
    expect(await verifyWebhook(messagingWhatsappTwilioIntegrationSpec, changed, secrets)).toMatchObject({ ok: false });
  });

  it('tells apart the statuses of one message', async () => {
    const rawBody = 'MessageSid=SM1&MessageStatus=read&From=whatsapp%3A%2B14155238886';
    const signed = `${url}Fromwhatsapp:+14155238886MessageSidSM1MessageStatusread`;
    const mac = createHmac('sha1', secrets.authToken).update(signed).digest('base64');
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': mac };
    expect(
      await verifyWebhook(messagingWhatsappTwilioIntegrationSpec, { method: 'POST', url, headers, rawBody }, secrets),
    ).toMatchObject({ ok: true, eventId: 'SM1:read', eventType: 'read' });
  });
});
