import { describe, expect, it } from 'vitest';
import { inspect } from '../__fixtures__/inspect.ts';
import type { SecretValue } from '../secret-provider.ts';
import { copySecretValue, createSecretValue } from './create-secret-value.ts';

const CANARY = 'canary-5e1f';
const bytes = (text: string) => new TextEncoder().encode(text);
const create = () =>
  createSecretValue({
    data: bytes(CANARY),
    version: '3',
    metadata: { source: 'memory' },
    retrievedAt: new Date('2026-01-02T03:04:05Z'),
  });

/** Every way in which bytes come out of a printer by accident. */
const CANARY_FORMS = [CANARY, bytes(CANARY).join(','), '99, 97, 110', '63 61 6e', '"0":99'];

describe('createSecretValue', () => {
  it('is a SecretValue', () => {
    const value: SecretValue = create();
    expect(new TextDecoder().decode(value.data)).toBe(CANARY);
    expect(value).toMatchObject({ version: '3', metadata: { source: 'memory' } });
    expect(value.retrievedAt.toISOString()).toBe('2026-01-02T03:04:05.000Z');
  });

  it.each<[string, (value: SecretValue) => unknown]>([
    ['JSON', (value) => JSON.stringify({ value })],
    ['inspection', (value) => inspect({ value })],
    // oxlint-disable-next-line typescript/no-base-to-string -- it is the coercion that is tested
    ['string coercion', (value) => String(value)],
    ['enumeration', (value) => inspect([Object.entries(value), Reflect.ownKeys(value)])],
    ['spreading', (value) => inspect({ ...value })],
    ['structured clone', (value) => inspect(structuredClone(value))],
    ['an error that carries it', (value) => inspect(new Error('x', { cause: value }))],
  ])('does not show its bytes to %s', (_, print) => {
    const value = create();
    expect(value.data.length).toBe(CANARY.length);
    const printed = String(print(value));
    for (const form of CANARY_FORMS) expect(printed).not.toContain(form);
  });

  it('shows what helps: version, metadata and time', () => {
    expect(JSON.parse(JSON.stringify(create()))).toEqual({
      data: '[redacted]',
      version: '3',
      metadata: { source: 'memory' },
      retrievedAt: '2026-01-02T03:04:05.000Z',
    });
  });

  it('gives every value its own bytes and its own date, also when they are made from the same ones', () => {
    const data = bytes(CANARY);
    const first = createSecretValue({ data, retrievedAt: 5 });
    const second = createSecretValue({ data, retrievedAt: 5 });
    first.data.fill(0);
    first.retrievedAt.setTime(0);
    expect(new TextDecoder().decode(second.data)).toBe(CANARY);
    expect(second.retrievedAt.getTime()).toBe(5);
    expect(first.data).toBe(first.data);
    expect(first.data[0]).toBe(0);
  });

  it('freezes a copy of the metadata', () => {
    const metadata = { source: 'memory' };
    const value = createSecretValue({ data: bytes(''), metadata, retrievedAt: 0 });
    metadata.source = 'changed';
    expect(value.metadata).toEqual({ source: 'memory' });
    expect(Object.isFrozen(value.metadata)).toBe(true);
  });

  it('leaves version and metadata out when there are none', () => {
    const value = createSecretValue({ data: bytes(''), retrievedAt: 0 });
    expect(Object.keys(value)).toEqual([]);
  });
});

describe('copySecretValue', () => {
  it.each([
    ['an opaque value', create()],
    [
      'a plain value',
      { data: bytes(CANARY), version: '3', metadata: { source: 'memory' }, retrievedAt: create().retrievedAt },
    ],
  ])('copies %s so that neither can change the other', (_, original) => {
    const copy = copySecretValue(original);
    original.data.fill(0);
    expect(new TextDecoder().decode(copy.data)).toBe(CANARY);
    expect(JSON.stringify(copy)).toBe(JSON.stringify(create()));
  });
});
