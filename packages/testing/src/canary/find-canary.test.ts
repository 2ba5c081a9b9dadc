import * as fc from 'fast-check';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { TestingError } from '../testing-error.ts';
import type { CanaryForm } from './canary-forms.ts';
import { createCanary } from './create-canary.ts';
import { assertNoCanary, findCanary } from './find-canary.ts';

const CANARY = createCanary(1);

const formsIn = (value: unknown): CanaryForm[] => findCanary(value, CANARY).map((finding) => finding.form);
const pathsIn = (value: unknown): string[] => findCanary(value, CANARY).map((finding) => finding.path);

describe('the forms of a secret in text', () => {
  const utf8 = Buffer.from(CANARY);
  const wide = Buffer.from(CANARY, 'utf16le');
  const jsonUnicode = Array.from(CANARY)
    .map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
  const htmlDecimal = Array.from(CANARY)
    .map((letter) => `&#${letter.charCodeAt(0)};`)
    .join('');
  const samples: readonly (readonly [CanaryForm, string, string])[] = [
    ['plain', 'in a sentence', `key=${CANARY}, refused`],
    ['reversed', 'backwards', Array.from(CANARY).reverse().join('')],
    ['base64', 'alone', utf8.toString('base64')],
    ['base64', 'wrapped at 20 columns', utf8.toString('base64').replaceAll(/.{20}/gu, '$&\r\n')],
    ['base64', 'as Basic credentials', `Basic ${Buffer.from(`user:${CANARY}`).toString('base64')}`],
    ['base64', 'of UTF-16', wide.toString('base64')],
    ['hex', 'in lower case', utf8.toString('hex')],
    ['hex', 'in upper case', utf8.toString('hex').toUpperCase()],
    ['hex', 'with colons', utf8.toString('hex').replaceAll(/..(?!$)/gu, '$&:')],
    ['hex', 'as Node prints a buffer', inspect(utf8)],
    ['hex', 'as escapes of C', [...utf8].map((byte) => `\\x${byte.toString(16)}`).join('')],
    ['byte-list', 'as JSON of a buffer', JSON.stringify(utf8)],
    ['byte-list', 'as JSON of bytes', JSON.stringify(new Uint8Array(utf8))],
    ['byte-list', 'in columns', [...utf8].join(',\n  ')],
    ['percent-encoded', 'as a URL component', encodeURIComponent(CANARY)],
    ['percent-encoded', 'as a form field', new URLSearchParams({ key: CANARY }).toString()],
    ['percent-encoded', 'every byte', [...utf8].map((byte) => `%${byte.toString(16)}`).join('')],
    ['percent-encoded', 'twice', encodeURIComponent(encodeURIComponent(CANARY))],
    ['percent-encoded', 'beside a stray %', `100% of ${encodeURIComponent(CANARY)}%`],
    ['json-escaped', 'once', JSON.stringify({ key: CANARY })],
    ['json-escaped', 'three times over', JSON.stringify(JSON.stringify(JSON.stringify(CANARY)))],
    ['json-escaped', 'letter by letter', jsonUnicode],
    ['html-escaped', 'letter by letter', htmlDecimal],
    ['html-escaped', 'by name', CANARY.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')],
    ['utf-16', 'read as single bytes', wide.toString('latin1')],
  ];

  it.each(samples)('finds %s: %s', (form, _title, text) => {
    expect(formsIn(text)).toEqual([form]);
  });

  it('finds base64url where it differs from base64', () => {
    const canary = 'sk-canary-~~~???>>>';
    const text = Buffer.from(canary).toString('base64url');
    expect(text).toMatch(/[-_]/u);
    expect(findCanary(text, canary)).toEqual([{ path: '$', form: 'base64url' }]);
  });

  it('finds base64 whatever stands before and after it', () => {
    const byteArray = fc.uint8Array({ maxLength: 20 });
    fc.assert(
      fc.property(
        byteArray,
        byteArray,
        fc.constantFrom('base64' as const, 'base64url' as const),
        (before, after, encoding) => {
          const text = Buffer.concat([before, utf8, after]).toString(encoding);
          expect(findCanary(text, CANARY)).toHaveLength(1);
        },
      ),
    );
  });

  it('finds escapes of escapes in any order', () => {
    const escapes = [encodeURIComponent, (text: string) => JSON.stringify(text)];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...escapes), { minLength: 1, maxLength: 4 }), (chain) => {
        const text = chain.reduce((inner, escape) => escape(inner), CANARY);
        expect(findCanary(text, CANARY)).toHaveLength(1);
      }),
    );
  });

  it('finds a canary beyond ASCII in every form', () => {
    const canary = 'sécret-🔑-ключ';
    const bytes = Buffer.from(canary);
    for (const text of [
      canary,
      bytes.toString('base64'),
      bytes.toString('hex'),
      bytes.toString('latin1'),
      encodeURIComponent(canary),
      JSON.stringify(canary).replaceAll(/[^\x20-\x7e]/gu, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`),
    ]) {
      expect(findCanary(text, canary)).toHaveLength(1);
    }
    expect(findCanary(bytes, canary)[0]?.form).toBe('bytes');
  });

  it('finds nothing in text that does not hold it', () => {
    const anyCharacter = fc.oneof(fc.integer({ max: 0x7f, min: 0 }), fc.integer({ max: 0xffff, min: 0 }));
    const anyText = fc.array(anyCharacter, { maxLength: 200 }).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(anyText, (text) => {
        expect(findCanary(text, CANARY)).toEqual([]);
      }),
    );
    expect(findCanary({ error: new Error('refused'), list: [1, 2n, null] }, CANARY, { inspect })).toEqual([]);
  });

  it('finds pieces when asked, as a cut-off message shows them', () => {
    const cut = `refused: ${CANARY.slice(4, 20)}…`;
    expect(findCanary(cut, CANARY)).toEqual([]);
    expect(findCanary(cut, CANARY, { fragmentLength: 12 })).toEqual([{ path: '$', form: 'fragment' }]);
  });

  it('refuses a canary that would be found by chance', () => {
    expect(() => findCanary('abc', 'short')).toThrow(TestingError);
  });
});

describe('the places a secret hides in', () => {
  it('walks objects, lists and property names', () => {
    expect(pathsIn({ a: [{ 'b c': CANARY }] })).toEqual(['$.a[0]["b c"]', 'JSON.stringify($)']);
    expect(pathsIn({ [CANARY]: 1 })).toHaveLength(2);
  });

  it('walks hidden and symbol properties and getters', () => {
    const value = Object.defineProperty({ [Symbol('key')]: CANARY }, 'hidden', { get: () => CANARY });
    expect(pathsIn(value)).toEqual(['$.hidden', '$[Symbol(key)]']);
  });

  it('walks an error: message, stack, causes, AggregateError and own fields', () => {
    const cause = new Error(`refused ${CANARY}`);
    const error = new AggregateError([Object.assign(new Error('one'), { key: CANARY })], 'all failed', { cause });
    const paths = pathsIn(error);
    for (const path of ['$.cause.stack', '$.cause.message', '$.errors[0].key']) expect(paths).toContain(path);
  });

  it('walks a cause chain deeper than the call stack', () => {
    let error = new Error(CANARY);
    for (let depth = 0; depth < 20_000; depth += 1)
      error = Object.assign(new Error('outer', { cause: error }), { stack: '' });
    expect(pathsIn(error).length).toBeGreaterThan(0);
  });

  it('walks Maps, Sets, headers and URLs', () => {
    expect(pathsIn(new Map([['key', { value: CANARY }]]))).toContain('$.get("key").value');
    expect(pathsIn(new Map([[CANARY, 1]]))).toHaveLength(1);
    expect(pathsIn(new Set(['x', CANARY]))).toContain('$.values()[1]');
    expect(pathsIn(new Headers({ authorization: `Bearer ${CANARY}` }))).toContain('$.get("authorization")');
    expect(pathsIn(new URLSearchParams({ key: CANARY }))).toContain('$.get("key")');
    expect(pathsIn({ url: new URL(`https://example.test/?key=${encodeURIComponent(CANARY)}`) })).toContain(
      'String($.url)',
    );
  });

  it('walks bytes, whichever view is on them', () => {
    const bytes = new TextEncoder().encode(`{"key":${JSON.stringify(CANARY)}}`);
    expect(findCanary({ body: bytes }, CANARY)[0]).toEqual({ path: '$.body', form: 'json-escaped' });
    expect(pathsIn(bytes.buffer)).toContain('$');
    expect(pathsIn(new DataView(bytes.buffer))).toContain('$');
  });

  it('sees what JSON.stringify and String make of a value', () => {
    const viaJson: object = Object.create({ toJSON: () => ({ leaked: CANARY }) });
    expect(pathsIn(viaJson)).toEqual(['$.toJSON().leaked', 'JSON.stringify($)']);
    const viaString: object = Object.create({ toString: () => CANARY });
    expect(pathsIn(viaString)).toEqual(['String($)']);
  });

  it('sees what a given inspector prints of private fields', () => {
    class Client {
      readonly #key = CANARY;
      [Symbol.for('nodejs.util.inspect.custom')](): string {
        return `Client(${this.#key})`;
      }
    }
    expect(findCanary(new Client(), CANARY)).toEqual([]);
    expect(findCanary(new Client(), CANARY, { inspect })).toEqual([{ path: 'inspect($)', form: 'plain' }]);
  });

  it('ends on cycles and survives whatever throws', () => {
    const cyclic: Record<string, unknown> = { note: CANARY };
    cyclic['self'] = cyclic;
    expect(pathsIn(cyclic)).toEqual(['$.note']);
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
        getPrototypeOf: () => {
          throw new Error('no');
        },
      },
    );
    const throwing = {
      get bad(): string {
        throw new Error('no');
      },
      good: CANARY,
    };
    expect(pathsIn([hostile, throwing])).toContain('$[1].good');
  });
});

describe('assertNoCanary', () => {
  it('is silent when there is nothing', () => {
    expect(() => assertNoCanary({ fine: true }, CANARY)).not.toThrow();
  });

  it('names the places and never the secret', () => {
    const value = { message: CANARY, [CANARY]: { inner: CANARY } };
    let thrown: unknown;
    try {
      assertNoCanary(value, CANARY);
    } catch (error) {
      thrown = error;
    }
    expect(TestingError.is(thrown) && thrown.code).toBe('CANARY_FOUND');
    expect(String(thrown)).toContain('$.message (plain)');
    expect(findCanary(thrown, CANARY, { inspect })).toEqual([]);
  });
});

describe('createCanary', () => {
  it('repeats for a seed and is new without one', () => {
    expect(createCanary(5)).toBe(createCanary(5));
    expect(createCanary(5)).not.toBe(createCanary(6));
    expect(createCanary()).not.toBe(createCanary());
  });

  it('can travel in a header, in either style', () => {
    for (const style of ['hostile', 'token'] as const) {
      const canary = createCanary(9, style);
      expect(new Headers({ 'x-key': canary }).get('x-key')).toBe(canary);
    }
    expect(createCanary(9, 'token')).toMatch(/^[\w-]+$/u);
  });

  it('looks different in JSON, in a URL and in HTML when hostile', () => {
    expect(JSON.stringify(CANARY)).not.toContain(CANARY);
    expect(encodeURIComponent(CANARY)).not.toContain(CANARY);
    expect(CANARY).toMatch(/[&<"]/u);
  });
});
