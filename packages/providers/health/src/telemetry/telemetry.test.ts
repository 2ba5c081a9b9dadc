import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { HEALTH_PII_FIELDS, isHealthPiiField } from './pii-fields.ts';
import { redactHealthTelemetryPayload as redact } from './redact-payload.ts';
import { HEALTH_TELEMETRY_EVENTS } from './telemetry-events.ts';

/** What must never come out, as text, number and word within text. */
const CANARY = 'CANARY7731';
const shown = (value: unknown): string =>
  `${inspect(value, { depth: 50, showHidden: true, maxArrayLength: null })} ${JSON.stringify(
    value,
    (_key, item: unknown) => (item instanceof Map || item instanceof Set ? [...item] : item),
  )}`;

/** Names of the first list, which callers rely on. */
const FIRST_FIELDS = [
  'name',
  'email',
  'phone',
  'dateOfBirth',
  'birthDate',
  'height',
  'weight',
  'bodyFat',
  'restingHeartRate',
  'heartRateVariability',
  'sleepDetails',
  'notes',
  'description',
  'location',
];

/** Text of what may be no text. */
const asText = (value: unknown): string => (typeof value === 'string' ? value : 'an object');

describe('the fields of a person', () => {
  it('hold the ones that callers rely on', () => {
    expect(HEALTH_PII_FIELDS).toEqual(expect.arrayContaining(FIRST_FIELDS));
  });

  it.each([
    'Email',
    'EMAIL',
    'e-mail',
    'user_email',
    'contactEmail',
    'email_address',
    'E.Mail',
    'ｅｍａｉｌ',
    'ema\u200Bil',
    'émail',
    'birth_date',
    'BirthDate',
    'date-of-birth',
    'DOB',
    'firstName',
    'last name',
    'patientId',
    'userId',
    'user_id',
    'value',
    'heartRate',
    'avg_heart_rate_bpm',
    'HRV',
    'spo2Percent',
    'bloodGlucose',
    'weightKg',
    'body_fat',
    'caloriesKcal',
    'distanceMeters',
    'durationSeconds',
    'deepSleepSeconds',
    'sleepScore',
    'respiratoryRate',
    'latitude',
    'start_lat',
    'gpsTrack',
    'homeAddress',
    'polyline',
    'zip',
    'payload',
    'rawBody',
    'headers',
    'message',
    'errorMessage',
    'externalId',
    'menstrualPhase',
    'medicationList',
    'skinTemperatureDeviation',
  ])('are known as %j', (name) => {
    expect(isHealthPiiField(name)).toBe(true);
  });

  it.each([
    'tenantId',
    'connectionId',
    'providerKey',
    'integrationKey',
    'eventName',
    'operation',
    'synced',
    'failed',

    'syncedCount',
    'failedCount',
    'hasMore',
    'errorCode',
    'code',
    'status',
    'httpStatus',
    'entityType',
    'metricType',
    'durationMs',
    'latencyMs',
    'version',
    'retryCount',
    'route_kind',
    'timestamp',
    'event',
    'accepted',
  ])('are not %j', (name) => {
    expect(isHealthPiiField(name)).toBe(false);
  });
});

describe('a redacted payload', () => {
  it('keeps what tells nothing of a person, with its type', () => {
    const payload = {
      tenantId: 'tenant-1',
      syncedCount: 12,
      accepted: true,
      errorCode: 'rate_limited',
      at: '2026-03-02T08:00:00+01:00',
      day: '2026-03-02',
      checkedAt: new Date(0),
      nothing: null,
      absent: undefined,
    };
    expect(redact(payload)).toEqual(payload);
  });

  it('keeps the route by which data came, and masks the route that somebody ran', () => {
    const source = { providerKey: 'health.oura', transport: 'aggregator-api', route: 'fallback' };
    expect(redact({ source })).toEqual({ source });
    expect(redact({ route: { encoding: 'polyline', data: '_p~iF' } })).toEqual({ route: '[redacted]' });
    expect(redact({ route: 'from home to work' })).toEqual({ route: '[redacted]' });
  });

  it('masks a field wholly: neither its length nor its end is left', () => {
    expect(redact({ email: 'ada@example.com', notes: '4711', weight: 61.5, name: '', isPregnant: true })).toEqual({
      email: '[redacted]',
      notes: '[redacted]',
      weight: '[redacted]',
      name: '[redacted]',
      isPregnant: '[redacted]',
    });
    expect(redact({ email: null, notes: undefined })).toEqual({ email: null, notes: undefined });
  });

  it('does not change what it was given', () => {
    const payload = Object.freeze({ nested: Object.freeze({ email: 'ada@example.com' }), list: Object.freeze(['a']) });
    const copy = structuredClone(payload);
    redact(payload);
    expect(payload).toEqual(copy);
  });

  const inside: readonly (readonly [string, (value: unknown) => unknown])[] = [
    ['an object', (value) => ({ a: { b: { email: value } } })],
    ['a list of objects', (value) => ({ a: [[{ email: value }]] })],
    ['a list of texts', (value) => ({ emails: [value] })],
    ['a map', (value) => new Map([['email', value]])],
    ['a map in a map', (value) => new Map([['a', new Map([['Heart-Rate', value]])]])],
    ['a set', (value) => new Set([{ email: value }])],
    ['a pair', (value) => [['email', value]]],
    ['a flat list of names and values', (value) => ['event', 'x', 'heartRate', value]],
    ['a named value', (value) => [{ field: 'email', content: value }]],
    ['a metric with its value', (value) => ({ metric: 'glucose', v: value })],
    [
      'a class instance',
      (value) =>
        new (class Reading {
          email = value;
        })(),
    ],
    [
      'a getter',
      (value) => ({
        get email() {
          return value;
        },
      }),
    ],
    [
      'a getter of another name that gives an object',
      (value) => ({
        get inner() {
          return { email: value };
        },
      }),
    ],
    ['toJSON', (value) => ({ toJSON: () => ({ email: value }) })],
    ['an object without a prototype', (value) => Object.assign(Object.create(null), { email: value })],
    ['JSON text', (value) => ({ blob: JSON.stringify({ email: value }) })],
    ['JSON text in JSON text', (value) => ({ blob: JSON.stringify({ blob: JSON.stringify([{ email: value }]) }) })],
    ['broken JSON text', (value) => ({ blob: `{"email":"${asText(value)}"` })],
    ['a setting within text', (value) => ({ detail: `sync of heart_rate=${asText(value)} ended` })],
    [
      'a setting with quotes within text',
      (value) => ({ detail: `got {"count":1,"email":"${asText(value)}"} from it` }),
    ],
    ['the query of an address', (value) => ({ link: `https://api.example.com/users?anything=${asText(value)}` })],
    ['the message of an error', (value) => new TypeError(asText(value))],
    [
      'the cause and the fields of an error',
      (value) => Object.assign(new TypeError('x', { cause: value }), { detail: value }),
    ],
    ['headers', (value) => new Headers({ 'x-user-email': asText(value) })],
    ['a query', (value) => new URLSearchParams({ email: asText(value) })],
    ['a URL', (value) => new URL(`https://example.com/?a=${asText(value)}`)],
    ['bytes', (value) => new TextEncoder().encode(asText(value))],
    [
      'a field that is named like a prototype',
      (value) => JSON.parse(JSON.stringify({ ['__proto__']: { email: value } })),
    ],
    ['a proxy', (value) => new Proxy({ email: value }, {})],
    ['a boxed text under a name', (value) => ({ email: Object(asText(value)) })],
    ['an array with a field of its own', (value) => Object.assign([1], { email: value })],
    ['a symbol key', (value) => ({ [Symbol('x')]: value })],
    ['a field that cannot be listed', (value) => Object.defineProperty({}, 'x', { value })],
    ['a function', (value) => () => value],
  ];

  it.each(inside)('lets nothing out that is in %s', (_where, wrap) => {
    const output = redact({ event: 'x', wrapped: wrap(CANARY) });
    expect(shown(output)).not.toContain(CANARY);
    expect(output).toMatchObject({ event: 'x' });
    expect(shown(redact(wrap(CANARY)))).not.toContain(CANARY);
  });

  it('lets nothing out however places are nested in each other', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...inside), { minLength: 1, maxLength: 4 }), (wraps) => {
        const nested = wraps.reduce<unknown>((value, [, wrap]) => wrap(value), CANARY);
        expect(shown(redact({ nested }))).not.toContain(CANARY);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['an e-mail address', 'ask ada.lovelace@example.com about it'],
    ['one that is encoded', 'ada.lovelace%40example.com'],
    ['an international number', 'call +44 20 7946 0958'],
    ['a national number', 'call (020) 7946-0958'],
    ['a place', 'near 51.5074, -0.1278'],
    ['a figure', 'the ring said 7946 bpm'],
    ['a key', 'failed with sk_live_4eC39HqLyjWDarjtT1zdp7dc'],
  ])('finds %s in a text under a harmless name', (_what, text) => {
    const output = redact({ detail: text }).detail;
    expect(output).toContain('[redacted]');
    expect(output).not.toMatch(/ada|7946|51\.5|4eC39/);
  });

  it.each(['2026-03-02T08:00:00+01:00', '2026-03-02', 'v1.2.3', 'health.oura', '3f2b8c1e-0d4a-4f6b-9a57-2f1f0f9b7c11'])(
    'leaves %j alone',
    (text) => {
      expect(redact({ detail: text })).toEqual({ detail: text });
    },
  );

  it('masks addresses in names of fields, and keeps two that became equal', () => {
    const output = redact({ 'ada@example.com': 1, 'bob@example.com': 2 });
    expect(Object.values(output)).toEqual([1, 2]);
    expect(shown(output)).not.toMatch(/ada|bob/);
  });

  it('survives what contains itself, and shows what stands in two places twice', () => {
    const loop: Record<string, unknown> = { email: CANARY, count: 1 };
    loop['self'] = loop;
    loop['list'] = [loop];
    expect(redact(loop)).toEqual({ email: '[redacted]', count: 1, self: '[circular]', list: ['[circular]'] });
    const map = new Map<string, unknown>();
    map.set('self', map);
    expect(redact<unknown>(map)).toEqual(new Map([['self', '[circular]']]));
    const shared = { count: 2 };
    expect(redact({ a: shared, b: shared })).toEqual({ a: shared, b: shared });
  });

  it('survives getters, proxies and toJSON that throw, and does not show what they threw', () => {
    const hostile = {
      get bad() {
        throw new TypeError(CANARY);
      },
      ok: 1,
      json: {
        toJSON: () => {
          throw new TypeError(CANARY);
        },
      },
      proxy: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new TypeError(CANARY);
          },
        },
      ),
    };
    expect(redact(hostile)).toEqual({ bad: '[unreadable]', ok: 1, json: '[unreadable]', proxy: '[unreadable]' });
  });

  it('reads a getter once, so that it cannot answer otherwise later', () => {
    let reads = 0;
    const output = redact({
      get state() {
        reads += 1;
        return reads === 1 ? 'ok' : CANARY;
      },
    });
    expect(output.state).toBe('ok');
    expect(reads).toBe(1);
  });

  it('cuts off what is too deep, too large or too long, in time', () => {
    let deep: unknown = { email: CANARY };
    for (let level = 0; level < 10_000; level += 1) deep = { deep };
    expect(shown(redact(deep))).not.toContain(CANARY);
    const wide = Array.from({ length: 200_000 }, (_, index) => ({ index }));
    expect(redact(wide).length).toBeLessThan(20_001);
    const sparse: unknown[] = [];
    sparse.length = 4_000_000_000;
    expect(redact(sparse).length).toBeLessThan(20_002);
    expect(redact({ detail: 'x'.repeat(1_000_000) })).toEqual({ detail: '[truncated]' });
    expect(redact({ detail: '1-'.repeat(4900) }).detail).toHaveLength(9800);
  });

  it('gives plain data that can be sent, for any value', () => {
    fc.assert(
      fc.property(
        fc.anything({ withMap: true, withSet: true, withDate: true, withBigInt: true, withNullPrototype: true }),
        (value) => {
          expect(() => JSON.stringify(redact({ value: 1, any: value }))).not.toThrow();
        },
      ),
    );
  });

  it('has a type that is true: a masked number may be text', () => {
    const output = redact({ syncedCount: 1, tag: 'a', nested: { at: new Date(0) }, list: [1] });
    expectTypeOf(output.syncedCount).toEqualTypeOf<number | string>();
    expectTypeOf(output.tag).toEqualTypeOf<string>();
    const open: Record<string, unknown> = redact<Record<string, unknown>>({ a: 1 });
    expect(open).toEqual({ a: 1 });
  });
});

it('names the events of the operations', () => {
  expect(Object.values(HEALTH_TELEMETRY_EVENTS)).toHaveLength(12);
  expect(HEALTH_TELEMETRY_EVENTS).toMatchObject({
    activitiesSynced: 'health.activities.synced',
    nutritionSyncFailed: 'health.nutrition.sync_failed',
    webhookReceived: 'health.webhooks.received',
    webhookRejected: 'health.webhooks.rejected',
  });
});
