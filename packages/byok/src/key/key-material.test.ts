import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPEC } from '../__fixtures__/application.ts';
import {
  decodeKey,
  isPerhapsSameKey,
  isSameKey,
  type KeyMaterial,
  KeyRedactor,
  onlyFieldOf,
  replaceFields,
} from './key-material.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const keyOf = (text: string, onlyField?: string): KeyMaterial => decodeKey({ data: encode(text) }, onlyField);
const fieldName = fc.string({ minLength: 1 }).filter((name) => name !== 'toJSON' && name !== '__proto__');
const fields = fc.dictionary(fieldName, fc.string(), { minKeys: 1, maxKeys: 5 });

describe('a decoded key', () => {
  it.each<[string, string | undefined, Record<string, string>]>([
    ['{"apiKey":"k","org":"o"}', undefined, { apiKey: 'k', org: 'o' }],
    [
      ' {"port":5432,"tls":true,"none":null,"nested":{"a":[1]}}',
      undefined,
      { port: '5432', tls: 'true', nested: '{"a":[1]}' },
    ],
    ['sk-1', undefined, { secret: 'sk-1' }],
    ['sk-1\n', 'apiKey', { secret: 'sk-1\n', apiKey: 'sk-1' }],
    ['sk-1\r\n', 'apiKey', { secret: 'sk-1\r\n', apiKey: 'sk-1' }],
    ['{broken', 'apiKey', { secret: '{broken', apiKey: '{broken' }],
    ['["k"]', undefined, { secret: '["k"]' }],
    ['', 'apiKey', { secret: '', apiKey: '' }],
  ])('of %j with the only field %s has the fields %j', (text, onlyField, expected) => {
    expect({ ...keyOf(text, onlyField).fields }).toEqual(expected);
  });

  it('of bytes that are no text has none', () => {
    const key = decodeKey({ data: Uint8Array.of(0xff, 0xfe), version: '3' }, 'apiKey');
    expect({ ...key.fields }).toEqual({});
    expect(key.version).toBe('3');
  });

  it('prints none of its fields', () => {
    expect(JSON.stringify(keyOf('{"apiKey":"sk-secret"}').fields)).toBe('{"apiKey":"[redacted]"}');
  });
});

describe('the payload of a new key', () => {
  it('keeps text as text where the key is one value', () => {
    expect(decode(replaceFields(keyOf('old', 'apiKey'), { apiKey: 'new' }, 'apiKey'))).toBe('new');
    expect(decode(replaceFields(keyOf('old'), { secret: 'new' }, undefined))).toBe('new');
    expect(decode(replaceFields(undefined, { secret: 'new' }, undefined))).toBe('new');
  });

  it('is JSON otherwise', () => {
    expect(decode(replaceFields(keyOf('old'), { apiKey: 'new' }, undefined))).toBe('{"apiKey":"new"}');
    expect(decode(replaceFields(undefined, { apiKey: 'new' }, 'apiKey'))).toBe('{"apiKey":"new"}');
    expect(decode(replaceFields(keyOf('{"apiKey":"old"}', 'apiKey'), { apiKey: 'new' }, 'apiKey'))).toBe(
      '{"apiKey":"new"}',
    );
  });

  it('keeps what was not replaced, in its own type', () => {
    const old = keyOf('{"port":5432,"password":"old","tls":{"ca":"x"},"none":null}');
    expect(JSON.parse(decode(replaceFields(old, { password: 'new' }, undefined)))).toEqual({
      port: 5432,
      password: 'new',
      tls: { ca: 'x' },
      none: null,
    });
  });

  it('gives back the fields that it was made of', () => {
    fc.assert(
      fc.property(fields, fc.option(fields, { nil: undefined }), (given, before) => {
        const old = before === undefined ? undefined : keyOf(JSON.stringify(before));
        const made = decodeKey({ data: replaceFields(old, given, undefined) }, undefined);
        for (const [name, value] of Object.entries(given)) expect(made.fields[name]).toBe(value);
      }),
    );
  });
});

describe('two payloads', () => {
  it('are the same key however their JSON is written', () => {
    expect(isSameKey(keyOf('{"a":"1","b":"2"}'), keyOf('{ "b": "2", "a": "1" }'))).toBe(true);
    expect(isSameKey(keyOf('{"a":"1"}'), keyOf('{"a":"1","b":"2"}'))).toBe(false);
    expect(isSameKey(keyOf('{"a":"1","c":"2"}'), keyOf('{"a":"1","b":"2"}'))).toBe(false);
    expect(isSameKey(keyOf('sk-1', 'apiKey'), keyOf('sk-2', 'apiKey'))).toBe(false);
  });

  it('are perhaps the same where all that both name is equal', () => {
    const one = keyOf('{"apiKey":"1","org":"o"}');
    expect(isPerhapsSameKey(one, keyOf('{"apiKey":"1"}'))).toBe(true);
    expect(isPerhapsSameKey(one, keyOf('1', 'apiKey'))).toBe(true);
    expect(isPerhapsSameKey(one, keyOf('{"apiKey":"2","org":"o"}'))).toBe(false);
    expect(isPerhapsSameKey(one, keyOf('{"token":"1"}'))).toBe(false);
    expect(isPerhapsSameKey(keyOf('{}'), keyOf('{}'))).toBe(true);
    expect(isPerhapsSameKey(keyOf('{}'), keyOf('{"apiKey":"1"}'))).toBe(false);
  });

  it('of bytes are the same only byte for byte', () => {
    const bytes = (...values: number[]): KeyMaterial => decodeKey({ data: Uint8Array.from(values) }, undefined);
    expect(isSameKey(bytes(0xff, 1), bytes(0xff, 1))).toBe(true);
    expect(isSameKey(bytes(0xff, 1), bytes(0xff, 2))).toBe(false);
    expect(isSameKey(bytes(0xff), bytes(0xfe, 0xfe))).toBe(false);
  });

  it('are the same one way exactly as the other', () => {
    fc.assert(
      fc.property(fields, fields, (one, other) => {
        const [first, second] = [keyOf(JSON.stringify(one)), keyOf(JSON.stringify(other))];
        expect(isSameKey(first, first)).toBe(true);
        expect(isSameKey(first, second)).toBe(isSameKey(second, first));
      }),
    );
  });
});

describe('the only field of a secret', () => {
  it('is the one of its schema, if there is just one', () => {
    expect(onlyFieldOf(SPEC)).toBe('apiKey');
    const schemaOf = (schema: unknown) => ({ ...SPEC, secretSchema: { schema } });
    expect(onlyFieldOf(schemaOf({ type: 'object', properties: { a: {}, b: {} } }))).toBeUndefined();
    expect(onlyFieldOf(schemaOf({ type: 'string' }))).toBeUndefined();
    expect(onlyFieldOf(schemaOf(true))).toBeUndefined();
    expect(onlyFieldOf(undefined)).toBeUndefined();
  });
});

describe('the redactor of keys', () => {
  it('keeps every part of every key out, nested and numeric ones too', () => {
    const redactor = new KeyRedactor();
    redactor.add(keyOf('{"user":"someone","inner":{"token":"deep-token","list":["in-a-list"]},"pin":90125678}'));
    redactor.add(keyOf('plain-secret'));
    const told = redactor.text('someone deep-token in-a-list 90125678 plain-secret ordinary');
    expect(told).toMatch(/^(?:\[redacted\] ){5}ordinary$/);
  });

  it('cuts what is long, and says what anything thrown says', () => {
    const redactor = new KeyRedactor();
    expect(redactor.text('word '.repeat(200))).toHaveLength(501);
    expect(redactor.messageOf(new TypeError('no'))).toBe('no');
    expect(redactor.messageOf('text')).toBe('text');
    expect(redactor.messageOf(undefined)).toBe('undefined');
  });
});
