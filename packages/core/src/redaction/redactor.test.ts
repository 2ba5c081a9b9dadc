import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { redactUrl } from './redact-url.ts';
import { createRedactor } from './redactor.ts';
import { createSecretRecord } from './secret-record.ts';
import { Secret } from './secret.ts';

const CANARY = 'canary-7Hq+/9_zz.Wx~';

function base64At(shift: number, secret: string): string {
  return Buffer.concat([Buffer.alloc(shift, 'p'), Buffer.from(secret), Buffer.from('tail')]).toString('base64');
}

/** Everything a secret may be written as, each spelled out here independently of the implementation. */
const SPELLINGS: readonly (readonly [name: string, spell: (secret: string) => string])[] = [
  ['plain', (secret) => secret],
  ['base64', (secret) => Buffer.from(secret).toString('base64')],
  ['base64 without padding', (secret) => Buffer.from(secret).toString('base64').replaceAll('=', '')],
  ['base64url', (secret) => Buffer.from(secret).toString('base64url')],
  ['upper-case hex', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
  ['lower-case hex', (secret) => Buffer.from(secret).toString('hex')],
  ['encodeURIComponent', (secret) => encodeURIComponent(secret)],
  ['encodeURI', (secret) => encodeURI(secret)],
  ['form encoding', (secret) => new URLSearchParams({ v: secret }).toString().slice(2)],
  ['lower-case percents', (secret) => encodeURIComponent(secret).replaceAll(/%../g, (part) => part.toLowerCase())],
  ['every byte percent-encoded', (secret) => Buffer.from(secret).toString('hex').replaceAll(/../g, '%$&')],
  ['percent-encoded twice', (secret) => encodeURIComponent(encodeURIComponent(secret))],
  ['JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
  ['JSON in JSON', (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  [
    'JSON in ASCII',
    (secret) => secret.replaceAll(/[^ -~]|["\\]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ],
  ['percent-encoded base64', (secret) => encodeURIComponent(Buffer.from(secret).toString('base64'))],
];

describe('text', () => {
  const { text } = createRedactor({ secrets: [CANARY], shapes: false });

  it.each(SPELLINGS)('removes a known secret written in %s', (_name, spell) => {
    const spelled = spell(CANARY);
    const result = text(`before <${spelled}> after ${spelled}`);
    expect(result).not.toContain(spelled);
    expect(result).toMatch(/^before <\[redacted\]> after \[redacted\]$/);
  });

  it.each([0, 1, 2])('removes a secret inside longer base64, %i bytes from its alignment', (shift) => {
    const whole = base64At(shift, CANARY);
    const firstBit = shift * 8;
    const endBit = firstBit + Buffer.byteLength(CANARY) * 8;
    // Characters that carry bits of a neighbour and of the secret go as well.
    const expected = `${whole.slice(0, Math.floor(firstBit / 6))}[redacted]${whole.slice(Math.ceil(endBit / 6))}`;
    expect(text(`Basic ${whole}`)).toBe(`Basic ${expected}`);
  });

  it('leaves text alone that holds no secret', () => {
    const harmless = 'Request to /v1/models failed: 100% of "quota\\n" used (a=1&b=2)';
    expect(text(harmless)).toBe(harmless);
    expect(text('')).toBe('');
  });

  it('takes the longer of two secrets of which one begins with the other', () => {
    const redactor = createRedactor({ secrets: ['abcdefgh', 'abcdefgh-and-more'] });
    expect(redactor.text('x abcdefgh-and-more y abcdefgh z')).toBe('x [redacted] y [redacted] z');
  });

  it('removes both of two secrets that overlap in the text', () => {
    const redactor = createRedactor({ secrets: ['first-common', 'common-second'] });
    expect(redactor.text('[first-common-second]')).toBe('[[redacted]]');
  });

  it('removes every occurrence of a secret that overlaps itself', () => {
    expect(createRedactor({ secrets: ['aaaaaaaa'] }).text('b' + 'a'.repeat(11) + 'b')).toBe('b[redacted]b');
  });

  it('treats characters that mean something in patterns as themselves', () => {
    const secret = '$&.*+?^${}()|[]\\';
    const redactor = createRedactor({ secrets: [secret] });
    expect(redactor.text(`a${secret}b`)).toBe('a[redacted]b');
    expect(redactor.text('anything else')).toBe('anything else');
  });

  it.each(['пароль-секрет', '密码密码密码密码', 'pass🔑🔑🔑word', 'e\u0301t\u00e9-secret'])(
    'removes %j in every spelling that can carry it',
    (secret) => {
      const redactor = createRedactor({ secrets: [secret], shapes: false });
      for (const [name, spell] of SPELLINGS) {
        expect([name, redactor.text(`<${spell(secret)}>`)]).toEqual([name, '<[redacted]>']);
      }
    },
  );

  it('also looks for the secret without the white space around it', () => {
    expect(createRedactor({ secrets: ['  spaced-secret\n'] }).text('key spaced-secret!')).toBe('key [redacted]!');
  });

  it('leaves out secrets that are too short to be told from chance', () => {
    expect(createRedactor({ secrets: ['1234567'] }).text('1234567')).toBe('1234567');
    expect(createRedactor({ secrets: ['1234567'], minSecretLength: 7 }).text('1234567')).toBe('[redacted]');
    expect(createRedactor({ secrets: [''], minSecretLength: 0 }).text('plain')).toBe('plain');
  });

  it('gives no part of a secret away', () => {
    expect(text(CANARY)).toBe('[redacted]');
  });

  it('changes nothing when applied twice', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...SPELLINGS), fc.string(), (before, [, spell], after) => {
        const once = text(before + spell(CANARY) + after);
        expect(text(once)).toBe(once);
      }),
    );
  });

  it('keeps everything around a secret', () => {
    const words = fc.stringMatching(/^[ a-fxyz.:]*$/);
    fc.assert(
      fc.property(words, words, (before, after) => {
        expect(text(`${before}<${CANARY}>${after}`)).toBe(`${before}<[redacted]>${after}`);
      }),
    );
  });
});

describe('shapes', () => {
  const { text } = createRedactor();
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
  const pem = `-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n${'A'.repeat(64)}\n-----END PRIVATE KEY-----`;

  it.each([
    [`token ${jwt} used`, 'token [redacted] used'],
    ['with sk-proj-abcDEF123456789 now', 'with [redacted] now'],
    ['stripe sk_live_4eC39HqLyjWDarjtT1', 'stripe [redacted]'],
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', '[redacted]'],
    ['ghp_16C7e42F292c6912E7710c838347Ae178B4a', '[redacted]'],
    ['gho_16C7e42F292c6912E7710c838347Ae178B4a', '[redacted]'],
    ['github_pat_11ABCDEFG0aBcDeFgHiJkL_xyz', '[redacted]'],
    ['slack xoxb-123456789012-abcdefGHIJ', 'slack [redacted]'],
    ['aws AKIAIOSFODNN7EXAMPLE!', 'aws [redacted]!'],
    [`key:\n${pem}\nend`, 'key:\n[redacted]\nend'],
    [`cut ${pem.slice(0, 60)}`, 'cut [redacted]'],
    [JSON.stringify({ pem }), '{"pem":"[redacted]"}'],
    ['sent Bearer abcdef123456, got 401', 'sent Bearer [redacted], got 401'],
    ['sent basic dXNlcjpwYXNzd29yZA==', 'sent basic [redacted]'],
    ['Authorization: Digest username="x"', 'Authorization: [redacted]"x"'],
    ['cookie: a=1; sid=2\nhost: b', 'cookie: [redacted]\nhost: b'],
    ['{"Authorization":"Bearer xyz","a":1}', '{"Authorization":"[redacted]","a":1}'],
    ['{"access_token":"a,b\\"c","expires_in":3}', '{"access_token":"[redacted]","expires_in":3}'],
    ['{\\"refreshToken\\":\\"abc def\\",\\"n\\":1}', '{\\"refreshToken\\":\\"[redacted]\\",\\"n\\":1}'],
    ['db_password=hunter2 user=x', 'db_password=[redacted] user=x'],
    ['postgres://app:p@ss:word@db.example.com:5432/x', 'postgres://[redacted]@db.example.com:5432/x'],
  ])('reads %j as %j, also a second time', (input, expected) => {
    expect(text(input)).toBe(expected);
    expect(text(expected)).toBe(expected);
  });

  it.each([
    'the task-force-of-nine met',
    'risk-management-team',
    'Basic authentication failed; a Bearer token is required',
    'Bearer authorization is required',
    'https://example.com/a?page=2&size=10#frag',
    'mail someone@example.com about https://example.com',
    'code=42 key=7 in prose',
    'error code: INVALID_REQUEST',
    'eyJ and eyJhb are beginnings',
    '---BEGIN---',
  ])('leaves %j alone', (input) => {
    expect(text(input)).toBe(input);
  });

  it('can be switched off', () => {
    expect(createRedactor({ shapes: false }).text(jwt)).toBe(jwt);
  });
});

describe('redactUrl', () => {
  it.each([
    'X-Amz-Signature',
    'X-Amz-Credential',
    'X-Amz-Security-Token',
    'AWSAccessKeyId',
    'Signature',
    'sig',
    'X-Goog-Signature',
    'token',
    'key',
    'code',
    'client_secret',
    'access_token',
    'refresh_token',
    'password',
  ])('keeps the parameter name %s and hides its value', (name) => {
    expect(redactUrl(`https://h/p?a=1&${name}=va%2Flue&b=2`)).toBe(`https://h/p?a=1&${name}=[redacted]&b=2`);
    expect(redactUrl(new URL(`https://h/p?${name.toUpperCase()}=x`))).toBe(
      `https://h/p?${name.toUpperCase()}=[redacted]`,
    );
    expect(redactUrl(`https://h/p?${name}=[redacted]`)).toBe(`https://h/p?${name}=[redacted]`);
  });

  it('hides user info, also of a URL that does not parse', () => {
    expect(redactUrl('https://user:pa:ss@host/x')).toBe('https://[redacted]@host/x');
    expect(redactUrl('https://user@ho st:99999999/x')).toBe('https://[redacted]@ho st:99999999/x');
  });

  it('leaves a harmless URL as it is', () => {
    expect(redactUrl('https://host:8443/a/b@c?page=2#x')).toBe('https://host:8443/a/b@c?page=2#x');
  });
});

describe('value', () => {
  const redactor = createRedactor({ secrets: [CANARY], fields: ['tax-ID'] });

  it('redacts strings at any depth and keeps everything else', () => {
    const when = new Date('2026-01-02T03:04:05Z');
    const input = { a: [1, [`x ${CANARY}`, null]], b: { when, flag: true, none: undefined }, n: 1.5 };
    expect(redactor.value(input)).toEqual({
      a: [1, ['x [redacted]', null]],
      b: { when, flag: true, none: undefined },
      n: 1.5,
    });
  });

  it('does not change its input, even a frozen one', () => {
    const input = Object.freeze({ list: Object.freeze([CANARY]), map: new Map([['k', CANARY]]) });
    redactor.value(input);
    expect(input.list).toEqual([CANARY]);
    expect(input.map.get('k')).toBe(CANARY);
  });

  it.each([
    'Authorization',
    'proxy-authorization',
    'COOKIE',
    'set_cookie',
    'X-Api-Key',
    'xAuthToken',
    'X-Vault-Token',
    'apiKey',
    'api_key',
    'clientSecret',
    'stripe_webhook_secret',
    'userPassword',
    'refresh-token',
    'Tax_Id',
  ])('masks the field %s wholly', (name) => {
    expect(redactor.value({ [name]: 'abcd1234' })).toEqual({ [name]: '[redacted]' });
    expect(redactor.value({ [name]: ['abcd1234'] })).toEqual({ [name]: '[redacted]' });
    expect(redactor.value(new Map([[name, { deep: 'abcd1234' }]]))).toEqual(new Map([[name, '[redacted]']]));
  });

  it.each(['code', 'key', 'nextPageToken', 'maxTokens', 'secretRef', 'secretProvider', 'author'])(
    'shows the field %s',
    (name) => {
      expect(redactor.value({ [name]: 'abcd1234' })).toEqual({ [name]: 'abcd1234' });
    },
  );

  it('shows flags and absences in secret fields', () => {
    expect(redactor.value({ hasPassword: true, password: null })).toEqual({ hasPassword: true, password: null });
  });

  it('turns an error into its name, message, stack, causes and own fields', () => {
    const cause = new AggregateError([new Error(`one ${CANARY}`), `two ${CANARY}`], 'many');
    const error = Object.assign(new TypeError(`bad ${CANARY}`, { cause }), {
      status: 401,
      config: { headers: { authorization: `Bearer ${CANARY}` } },
    });
    expect(redactor.value(error)).toMatchObject({
      name: 'TypeError',
      message: 'bad [redacted]',
      stack: expect.stringContaining('TypeError: bad [redacted]'),
      status: 401,
      config: { headers: { authorization: '[redacted]' } },
      cause: { name: 'AggregateError', message: 'many', errors: [{ message: 'one [redacted]' }, 'two [redacted]'] },
    });
  });

  it('prints no bytes', () => {
    const bytes = new TextEncoder().encode(CANARY);
    expect(redactor.value([bytes, bytes.buffer, new DataView(bytes.buffer), Buffer.from(CANARY)])).toEqual(
      Array.from({ length: 4 }, () => '[20 bytes]'),
    );
  });

  it('keeps maps, sets and dates what they are, and gives URLs as text', () => {
    const invalid = redactor.value(new Date(Number.NaN));
    expect(redactor.value(new Set([CANARY, 1]))).toEqual(new Set(['[redacted]', 1]));
    expect(redactor.value(new URL(`https://u:p@h/?token=1&q=${CANARY}`))).toBe(
      'https://[redacted]@h/?token=[redacted]&q=[redacted]',
    );
    expect(invalid instanceof Date && Number.isNaN(invalid.getTime())).toBe(true);
  });

  it('masks the values in a list of raw headers, and not what follows the name of a field', () => {
    expect(redactor.value(['Host', 'h', 'Authorization', 'abc', 'X-Api-Key', 'def'])).toEqual([
      'Host',
      'h',
      'Authorization',
      '[redacted]',
      'X-Api-Key',
      '[redacted]',
    ]);
    expect(redactor.value([['cookie', 'a=1']])).toEqual([['cookie', '[redacted]']]);
    expect(redactor.value(['password', 'email'])).toEqual(['password', 'email']);
  });

  it('reads headers and query parameters by name', () => {
    expect(redactor.value(new Headers({ Authorization: 'abc', accept: 'x' }))).toEqual({
      accept: 'x',
      authorization: '[redacted]',
    });
    expect(redactor.value(new URLSearchParams({ token: 'abc', a: '1' }))).toBe('token=[redacted]&a=1');
  });

  it('prints numbers, big integers, symbols, boxed values and functions without a secret in them', () => {
    const numeric = createRedactor({ secrets: ['1234567890123'] });
    expect(numeric.value([1234567890123, 12, 1234567890123n, 12n])).toEqual(['[redacted]', 12, '[redacted]', '12']);
    // oxlint-disable-next-line no-new-wrappers, unicorn/new-for-builtins
    expect(redactor.value([Symbol(CANARY), new String(CANARY), () => CANARY])).toEqual([
      'Symbol([redacted])',
      '[redacted]',
      '[function]',
    ]);
  });

  it('uses what an object prints of itself in JSON', () => {
    expect(redactor.value({ toJSON: () => ({ shown: CANARY }), hidden: 1 })).toEqual({ shown: '[redacted]' });
  });

  it('redacts field names and keeps fields apart whose names became equal', () => {
    const other = createRedactor({ secrets: ['first-canary', 'second-canary'] });
    expect(other.value({ 'first-canary': 1, 'second-canary': 2 })).toEqual({ '[redacted]': 1, '[redacted] (2)': 2 });
    expect(
      other.value(
        new Map([
          ['first-canary', 1],
          ['second-canary', 2],
        ]),
      ),
    ).toEqual(
      new Map([
        ['[redacted]', 1],
        ['[redacted] (2)', 2],
      ]),
    );
  });

  it('does not let a field named __proto__ change the copy', () => {
    const copy = redactor.value(JSON.parse('{"__proto__":{"polluted":true}}'));
    expect(Object.keys(Object(copy))).toEqual(['__proto__']);
    expect(Reflect.get(Object(copy), 'polluted')).toBeUndefined();
  });

  it('marks cycles, shares what is shared and stops at a depth', () => {
    const shared = { text: CANARY };
    const cyclic: Record<string, unknown> = { first: shared, second: shared };
    cyclic['self'] = cyclic;
    expect(redactor.value(cyclic)).toEqual({
      first: { text: '[redacted]' },
      second: { text: '[redacted]' },
      self: '[circular]',
    });
    const shallow = createRedactor({ maxDepth: 2 });
    expect(shallow.value({ a: { b: { c: 1 } } })).toEqual({ a: { b: '[truncated]' } });
    let deep: unknown = CANARY;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(inspect(redactor.value(deep), { depth: null })).toContain('[truncated]');
  });

  it('stops after a number of values, also in a structure that doubles at each level', () => {
    let wide: unknown = 'leaf';
    for (let level = 0; level < 15; level += 1) wide = { left: wide, right: wide };
    expect(redactor.value(wide)).toBeDefined();
    const few = createRedactor({ maxValues: 4 }).value([1, 2, 3, 4, 5, 6]);
    expect(few).toEqual([1, 2, 3, '[truncated]']);
    const sparse: unknown[] = [];
    sparse.length = 4_000_000_000;
    expect(createRedactor({ maxValues: 3 }).value(sparse)).toHaveLength(3);
  });

  it('survives getters, proxies and toJSON that throw, without telling what they threw', () => {
    const hostile = {
      get bad(): string {
        throw new Error(CANARY);
      },
      good: 1,
    };
    const proxy = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error(CANARY);
        },
      },
    );
    const json = {
      toJSON: () => {
        throw new Error(CANARY);
      },
    };
    const { proxy: revoked, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(redactor.value([hostile, proxy, json, revoked])).toEqual([
      { bad: '[unreadable]', good: 1 },
      '[unreadable]',
      '[unreadable]',
      '[unreadable]',
    ]);
  });

  it('keeps holders of secrets closed', () => {
    expect(redactor.value({ a: new Secret('x'), b: createSecretRecord({ k: 'short' }) })).toEqual({
      a: '[redacted]',
      b: '[redacted]',
    });
  });

  it('never shows a canary planted anywhere in any structure, in any spelling', () => {
    const spelled = fc.constantFrom(...SPELLINGS.map(([, spell]) => spell(CANARY)));
    const around = fc.tuple(fc.string(), spelled, fc.string()).map((parts) => parts.join(' '));
    const { tree } = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
      leaf: fc.oneof(
        around,
        fc.string(),
        fc.double(),
        around.map((text) => new Error(text)),
        around.map((text) => Symbol(text)),
        around.map((text) => new TextEncoder().encode(text)),
        around.map((text) => new Secret(text)),
      ),
      tree: fc.oneof(
        { depthSize: 'small' },
        tie('leaf'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(around, fc.string()), tie('tree'), { maxKeys: 4 }),
        fc.array(fc.tuple(fc.oneof(around, fc.string()), tie('tree')), { maxLength: 3 }).map((all) => new Map(all)),
        fc.array(tie('tree'), { maxLength: 3 }).map((all) => new Set(all)),
        fc.tuple(around, tie('tree')).map(([text, cause]) => new Error(text, { cause })),
        fc.array(tie('tree'), { maxLength: 3 }).map((all) => new AggregateError(all, CANARY)),
        tie('tree').map((inner) => ({ toJSON: () => inner })),
      ),
    }));
    const forbidden = [...new Set(SPELLINGS.map(([, spell]) => spell(CANARY)))];
    fc.assert(
      fc.property(tree, (input) => {
        const result = redactor.value(input);
        const printed = [JSON.stringify(result) ?? '', inspect(result, { depth: null, showHidden: true })];
        for (const output of printed) for (const text of forbidden) expect(output).not.toContain(text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('work', () => {
  const redactor = createRedactor({ secrets: ['a'.repeat(300), CANARY] });

  /** Characters looked at one by one; what built-in searches do besides is linear by itself. */
  function countWork(text: string): number {
    const spy = vi.spyOn(String.prototype, 'charCodeAt');
    try {
      redactor.text(text);
      return spy.mock.calls.length;
    } finally {
      spy.mockRestore();
    }
  }

  it.each([
    'a',
    'eyJ',
    'eyJaaaaaa.',
    '://',
    'http://u@',
    '-----BEGIN ',
    'password="\\"',
    'password:\\"',
    'cookie: "',
    'bearer aaaaaaaa ',
    '%41',
    '\\u0041',
  ])('grows in step with the text for repeated %j', (unit) => {
    const small = countWork(unit.repeat(Math.ceil(2000 / unit.length)));
    const large = countWork(unit.repeat(Math.ceil(8000 / unit.length)));
    expect(large).toBeLessThanOrEqual(small * 4.5 + 200);
  });
});
