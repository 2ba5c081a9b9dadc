import type { ResponseMatch } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { firstValueAt, valuesAt } from './body-values.ts';
import { findRule, matchesResponse, readText } from './response-facts.ts';

const body = { ok: false, errors: [{ code: 'a' }, { code: 'b', 'x/y': { '~': null } }], count: 0, none: null };
const facts = { status: 403, headers: new Headers({ 'X-Reason': 'Quota ' }), body };

describe('valuesAt', () => {
  it.each<[string, unknown[]]>([
    ['', [body]],
    ['/ok', [false]],
    ['/errors/0/code', ['a']],
    ['/errors/*/code', ['a', 'b']],
    ['/errors/1/x~1y/~0', [null]],
    ['/errors/2', []],
    ['/nothing/deeper', []],
    ['/ok/deeper', []],
    ['/constructor', []],
    ['/errors/length', []],
    ['/*', []],
  ])('follows %j', (pointer, values) => {
    expect(valuesAt(body, pointer)).toEqual(pointer === '/errors/length' ? [2] : values);
  });

  it('is done after 1,000 values, however long the lists are', () => {
    const wide = Array.from({ length: 2000 }, () => Array.from({ length: 2000 }, () => 1));
    expect(valuesAt(wide, '/*/*')).toHaveLength(1000);
    expect(firstValueAt({ a: [null, 2] }, '/a/*')).toBe(2);
  });
});

describe('matchesResponse', () => {
  it.each<[ResponseMatch, boolean]>([
    [{}, true],
    [{ status: 403 }, true],
    [{ status: [401, 403] }, true],
    [{ status: 401 }, false],
    [{ header: { name: 'x-reason' } }, true],
    [{ header: { name: 'x-reason', equals: 'quota' } }, true],
    [{ header: { name: 'x-reason', equals: 'scope' } }, false],
    [{ header: { name: 'x-none' } }, false],
    [{ body: [{ pointer: '/ok', equals: false }] }, true],
    [{ body: [{ pointer: '/ok', equals: true }] }, false],
    [{ body: [{ pointer: '/none', equals: null }] }, true],
    [{ body: [{ pointer: '/errors/*/code', equals: 'b' }] }, true],
    [{ body: [{ pointer: '/errors/*/code', oneOf: ['x', 'a'] }] }, true],
    [{ body: [{ pointer: '/errors/*/code', oneOf: ['x'] }] }, false],
    [{ body: [{ pointer: '/errors/0/code', startsWith: 'a' }] }, true],
    [{ body: [{ pointer: '/count', startsWith: '0' }] }, false],
    [{ body: [{ pointer: '/count' }] }, true],
    [{ body: [{ pointer: '/none' }] }, false],
    [{ body: [{ pointer: '/none', exists: false }] }, true],
    [{ body: [{ pointer: '/missing', exists: false }] }, true],
    [{ body: [{ pointer: '/ok', exists: true }] }, true],
    [{ body: [{ pointer: '/ok' }, { pointer: '/missing' }] }, false],
  ])('holds %j against an answer: %s', (match, expected) => {
    expect(matchesResponse(match, facts)).toBe(expected);
  });

  it('finds nothing in a body that is no JSON', () => {
    const bare = { ...facts, body: undefined };
    expect(matchesResponse({ body: [{ pointer: '/x', exists: false }] }, bare)).toBe(false);
    expect(matchesResponse({ status: 403 }, bare)).toBe(true);
  });

  it('takes the first rule that fits', () => {
    const rules = [
      { when: { status: 500 }, means: 'unavailable' },
      { when: { status: 403 }, means: 'missing_scope' },
      { when: {}, means: 'conflict' },
    ] as const;
    expect(findRule(rules, facts)?.means).toBe('missing_scope');
    expect(findRule(undefined, facts)).toBeUndefined();
  });

  it('reads the first text that is there', () => {
    expect(readText([{ pointer: '/none' }, { header: 'x-none' }, { pointer: '/errors/*/code' }], facts)).toBe('a');
    expect(readText([{ pointer: '/count' }], facts)).toBe('0');
    expect(readText([{ pointer: '/errors' }], facts)).toBeUndefined();
    expect(readText([{ header: 'x-reason' }], facts)).toBe('Quota');
  });
});
