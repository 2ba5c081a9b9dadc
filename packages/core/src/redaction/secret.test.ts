import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSecretRecord } from './secret-record.ts';
import { Secret } from './secret.ts';

const CANARY = 'canary-value-9f8e7d';

/** What a careless caller writes; the compiler would have warned. */
function concatenate(value: unknown): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return 'value: ' + (value as string);
}

function template(value: unknown): string {
  return String.raw({ raw: ['', ''] }, value);
}

describe('Secret', () => {
  const secret = new Secret(CANARY);

  it('gives its value to reveal and use only', () => {
    expect(secret.reveal()).toBe(CANARY);
    expect(secret.use((value) => value.length)).toBe(CANARY.length);
  });

  it.each<[string, () => unknown]>([
    ['String()', () => String(secret)],
    ['a template', () => template(secret)],
    ['concatenation', () => concatenate(secret)],
    ['join', () => [secret].join()],
    ['JSON', () => JSON.stringify({ secret, list: [secret] })],
    ['inspection', () => inspect(secret)],
    ['inspection of what holds it', () => inspect({ a: { secret } }, { showHidden: true, depth: null, getters: true })],
    ['inspection without hooks', () => inspect({ secret }, { customInspect: false, showHidden: true, depth: null })],
    ['inspection of an error it caused', () => inspect(new Error('x', { cause: secret }))],
    ['its keys and fields', () => JSON.stringify([Object.keys(secret), Object.entries(secret).map(String)])],
    [
      'all its own properties',
      () =>
        Reflect.ownKeys(secret)
          .map((key) => String(Reflect.get(secret, key)))
          .join(),
    ],
    ['Object.assign', () => JSON.stringify(Object.assign({}, secret))],
  ])('is not shown by %s', (_name, show) => {
    expect(String(show())).not.toContain(CANARY);
  });

  it('prints a placeholder', () => {
    expect(template(secret)).toBe('[redacted]');
    expect(inspect(secret)).toBe('[redacted]');
    expect(JSON.stringify({ secret })).toBe('{"secret":"[redacted]"}');
    expect(Number(secret)).toBeNaN();
  });

  it('refuses to be cloned', () => {
    expect(() => structuredClone(secret)).toThrow(/(?:can(?:not| not)|could not) be cloned/i);
  });

  it('holds values other than text', () => {
    expect(new Secret({ user: 'a', password: CANARY }).reveal().password).toBe(CANARY);
  });
});

describe('createSecretRecord', () => {
  const secrets = createSecretRecord({ apiKey: CANARY, orgId: CANARY });

  it('reads like plain data', () => {
    const text: string = secrets.apiKey;
    expect(text).toBe(CANARY);
    expect(Object.keys(secrets)).toEqual(['apiKey', 'orgId']);
    expect({ ...secrets }).toEqual({ apiKey: CANARY, orgId: CANARY });
    expect(Object.isFrozen(secrets)).toBe(true);
  });

  it.each<[string, () => unknown]>([
    ['JSON', () => JSON.stringify({ secrets })],
    ['inspection', () => inspect(secrets)],
    ['inspection of what holds it', () => inspect({ a: [secrets] }, { showHidden: true, depth: null })],
    ['String()', () => Reflect.apply(String, undefined, [secrets])],
    ['a template', () => template(secrets)],
    ['concatenation', () => concatenate(secrets)],
  ])('is not shown by %s', (_name, show) => {
    expect(String(show())).not.toContain(CANARY);
    expect(String(show())).toContain('[redacted]');
  });

  it('shows which fields there are', () => {
    expect(JSON.stringify(secrets)).toBe('{"apiKey":"[redacted]","orgId":"[redacted]"}');
    expect(inspect(secrets)).toBe("{ apiKey: '[redacted]', orgId: '[redacted]' }");
  });

  it.each(['toString', 'valueOf', 'constructor', '__proto__', 'toJSON'])(
    'stays closed with a field named %s',
    (name) => {
      const fields: Record<string, string> = JSON.parse(JSON.stringify({ key: CANARY }));
      Object.defineProperty(fields, name, { value: CANARY, enumerable: true });
      const record = createSecretRecord(fields);
      for (const shown of [JSON.stringify(record), inspect(record), template(record), concatenate(record)]) {
        expect(shown).not.toContain(CANARY);
      }
      expect(Object.keys(record)).toEqual(name === 'toJSON' ? ['key'] : ['key', name]);
    },
  );

  it('has no fields that were not given', () => {
    const fields: Record<string, string> = {};
    expect(createSecretRecord(fields)['constructor']).toBeUndefined();
    expect(createSecretRecord(fields)['hasOwnProperty']).toBeUndefined();
  });

  it('does not follow later changes of what it was made from', () => {
    const fields: Record<string, string> = { key: 'before' };
    const record = createSecretRecord(fields);
    fields['key'] = 'after';
    expect(record['key']).toBe('before');
    expect(() => Object.assign(record, { key: 'after' })).toThrow(TypeError);
  });
});
