import { describe, expect, it } from 'vitest';
import { parseObject } from './parse-object.ts';
import type { StandardSchemaLike } from './standard-schema.ts';

const JSON_SCHEMA = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] } as const;

/** A schema object that turns its text into a number, as libraries with transformations do. */
const TO_NUMBER: StandardSchemaLike<number> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: async (value) =>
      typeof value === 'string'
        ? { value: Number(value) }
        : { issues: [{ message: 'no text', path: ['a', { key: 0 }] }] },
  },
};

describe('parseObject', () => {
  it('does nothing where no schema was asked for', async () => {
    expect(await parseObject('{}', undefined)).toBeUndefined();
    expect(await parseObject('{}', 'json')).toBeUndefined();
  });

  it('gives the value that fits, transformed by a schema object that transforms', async () => {
    expect(await parseObject('{"n":1}', { type: 'json', schema: JSON_SCHEMA })).toEqual({ object: { n: 1 } });
    expect(await parseObject('"7"', { type: 'json', schema: TO_NUMBER })).toEqual({ object: 7 });
  });

  it.each([
    ['text that is no JSON', 'secret words', { type: 'json', schema: JSON_SCHEMA } as const, /not JSON/],
    ['a value that does not fit', '{"n":"secret"}', { type: 'json', schema: JSON_SCHEMA } as const, /\/n/],
    [
      'a value that a schema object refuses',
      '{"a":["secret"]}',
      { type: 'json', schema: TO_NUMBER } as const,
      /\/a\/0/,
    ],
  ])('warns of %s, without quoting it', async (_what, text, format, message) => {
    const parsed = await parseObject(text, format);
    expect(parsed).toEqual({
      warning: { type: 'other', field: 'responseFormat', message: expect.stringMatching(message) },
    });
    expect(JSON.stringify(parsed)).not.toContain('secret');
  });
});
