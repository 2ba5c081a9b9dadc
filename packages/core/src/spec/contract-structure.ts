import type { JsonObject } from '../call/json.ts';
import {
  amount,
  anyOf,
  fields,
  flag,
  listOf,
  mapOf,
  name,
  object,
  oneOf,
  period,
  pointer,
  someOf,
  text,
  url,
} from './structure-terms.ts';

const comparable: JsonObject = { type: ['string', 'number', 'boolean', 'null'] };
const status = (): JsonObject => ({ type: 'integer', minimum: 100, maximum: 599 });
const headerName = (): JsonObject => text({ pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" });

const responseValue = (more: Readonly<Record<string, JsonObject>> = {}): JsonObject =>
  anyOf(object({ 'header!': headerName(), ...more }), object({ 'pointer!': pointer(), ...more }));

export const responseMatch = (): JsonObject =>
  object({
    status: someOf(status()),
    header: object({ 'name!': headerName(), equals: text() }),
    body: listOf(
      object({
        'pointer!': pointer(),
        equals: comparable,
        oneOf: listOf(comparable, { minItems: 1 }),
        startsWith: name(),
        exists: flag(),
      }),
      { minItems: 1 },
    ),
  });

export const responseRules = (): JsonObject =>
  listOf(
    object({
      'when!': responseMatch(),
      'means!': oneOf([
        'bad_credential',
        'missing_scope',
        'throttled',
        'quota_exhausted',
        'misconfigured',
        'not_found',
        'invalid_request',
        'conflict',
        'unavailable',
      ]),
      retryable: flag(),
    }),
  );

export const resetFormat = (): JsonObject =>
  oneOf(['delta-seconds', 'delta-ms', 'delta-minutes', 'epoch-seconds', 'epoch-ms', 'iso', 'duration', 'http-date']);

const pagination = (): JsonObject => {
  const page = (style: string, more: Readonly<Record<string, JsonObject>>): JsonObject =>
    object({ 'style!': { const: style }, 'items!': pointer(), sizeParam: name(), maxSize: period(), ...more });
  return anyOf(
    page('cursor', {
      'param!': name(),
      'cursor!': responseValue(),
      in: oneOf(['query', 'body']),
      hasMore: pointer(),
    }),
    page('last-item', { 'param!': name(), 'id!': pointer(), hasMore: pointer() }),
    page('page', { 'param!': name(), first: amount(), hasMore: pointer() }),
    page('offset', { 'param!': name(), hasMore: pointer() }),
    page('link', {}),
    page('next-url', { 'url!': pointer() }),
  );
};

/** What a REST transport says about requests and responses, beside where it is. */
export const restContract = (): Readonly<Record<string, JsonObject>> => ({
  allowedHosts: listOf(text({ pattern: '^(\\*\\.)?[A-Za-z0-9.-]+$' }), { minItems: 1 }),
  rateLimits: listOf(
    object({
      name: name(),
      ...fields(['limit', 'remaining', 'used', 'reset'], headerName),
      resetFormat: resetFormat(),
    }),
  ),
  retryAfter: listOf(responseValue({ 'format!': resetFormat() })),
  errors: object({
    failures: listOf(responseMatch()),
    ...fields(['code', 'message', 'requestId'], () => listOf(responseValue())),
    rules: responseRules(),
  }),
  idempotency: object({
    'header!': headerName(),
    methods: listOf(name()),
    quoted: flag(),
    maxLength: period(),
    lifetimeMs: period(),
  }),
  pagination: pagination(),
});

export const healthRequest = (): JsonObject =>
  object({
    method: oneOf(['GET', 'HEAD', 'POST']),
    'path!': name(),
    headers: mapOf(text()),
    body: {},
    expect: responseMatch(),
    rules: responseRules(),
  });

/** Fields of an OAuth 2 method beyond where its endpoints are. */
export const oauthDetails = (): Readonly<Record<string, JsonObject>> => ({
  introspectionUrl: url(),
  deviceAuthorizationUrl: url(),
  clientAuthentication: oneOf(['post', 'basic', 'none', 'private_key_jwt']),
  bodyFormat: oneOf(['form', 'json']),
  scopeSeparator: name(),
  scopeParam: name(),
  authorizationParams: mapOf(text()),
  tokenParams: mapOf(text()),
  tokenResponse: object({
    ...fields(['accessToken', 'refreshToken', 'expiresIn', 'scope', 'okPointer'], pointer),
    expiresAt: object({ 'pointer!': pointer(), 'format!': oneOf(['iso', 'epoch-seconds', 'epoch-ms']) }),
    defaultTokenType: name(),
    defaultExpiresInSeconds: period(),
  }),
  refresh: object({
    rotation: oneOf(['rotating', 'reusable']),
    reuseIntervalMs: amount(),
    idleLifetimeMs: period(),
    sendScope: flag(),
  }),
  ...fields(
    ['clientIdField', 'clientSecretField', 'tokenField', 'refreshTokenField', 'privateKeyField', 'headerName'],
    name,
  ),
  prefix: text(),
});

const webhookValue = (): JsonObject =>
  anyOf(
    object({ 'header!': headerName() }),
    object({ 'pointer!': pointer() }),
    object({ 'query!': name() }),
    object({ 'form!': name() }),
  );

const timeUnit = (): JsonObject => oneOf(['seconds', 'ms', 'iso']);

const keySource = (): JsonObject =>
  anyOf(
    object({ 'secretField!': name(), encoding: oneOf(['utf-8', 'base64', 'hex']), prefix: name() }),
    object({ 'keySetUrl!': url(), 'format!': oneOf(['jwks', 'tink']), maxAgeMs: period() }),
  );

const verification = (): JsonObject =>
  anyOf(
    object({
      'scheme!': { const: 'signature' },
      'algorithm!': oneOf(['hmac-sha1', 'hmac-sha256', 'hmac-sha512', 'ed25519', 'ecdsa-p256-sha256']),
      'signature!': object({
        'header!': someOf(headerName()),
        prefix: name(),
        prefixOptional: flag(),
        items: object({ 'separator!': name(), 'assign!': name(), 'name!': name() }),
        'encoding!': oneOf(['hex', 'base64', 'base64url']),
      }),
      'signed!': name(),
      'key!': keySource(),
      timestamp: object({
        'from!': anyOf(webhookValue(), object({ 'item!': name() })),
        'unit!': timeUnit(),
        toleranceMs: amount(),
        futureToleranceMs: amount(),
      }),
      bodyDigest: object({
        'from!': webhookValue(),
        'algorithm!': { const: 'sha256' },
        'encoding!': oneOf(['hex', 'base64']),
        optional: flag(),
      }),
    }),
    object({ 'scheme!': { const: 'token' }, 'from!': webhookValue(), prefix: text(), 'secretField!': name() }),
    object({ 'scheme!': { const: 'basic' }, 'usernameField!': name(), 'passwordField!': name() }),
    object({
      'scheme!': { const: 'jwt' },
      header: headerName(),
      'algorithm!': oneOf(['RS256', 'ES256', 'HS256']),
      'key!': keySource(),
      issuer: someOf(name()),
      audienceField: name(),
      claimFields: mapOf(name()),
      claims: mapOf(comparable),
    }),
    object({ 'scheme!': { const: 'none' }, 'reason!': name() }),
  );

export const webhooks = (): JsonObject =>
  listOf(
    object({
      key: name(),
      'verification!': someOf(verification()),
      handshakes: listOf(
        object({
          'method!': oneOf(['GET', 'POST']),
          'when!': listOf(object({ 'value!': webhookValue(), equals: text() }), { minItems: 1 }),
          token: object({ 'value!': webhookValue(), 'secretField!': name() }),
          signed: flag(),
          'answer!': object({ status: status(), refusedStatus: status(), echo: webhookValue(), echoAs: name() }),
          keep: object({ 'value!': webhookValue(), 'secretField!': name() }),
        }),
      ),
      eventId: listOf(webhookValue(), { minItems: 1 }),
      eventType: listOf(webhookValue(), { minItems: 1 }),
      occurredAt: object({ 'value!': webhookValue(), 'unit!': timeUnit() }),
      ack: object({ 'status!': status(), withinMs: period() }),
      registrationSupported: flag(),
    }),
    { minItems: 1 },
  );
