import { describe, expect, it } from 'vitest';
import { findLink, parseLinkHeader } from './link-header.ts';

describe('parseLinkHeader', () => {
  it.each<[string, [string, string[]][]]>([
    [
      '<https://a/?p=2>; rel="next", <https://a/?p=9>; rel="last"',
      [
        ['https://a/?p=2', ['next']],
        ['https://a/?p=9', ['last']],
      ],
    ],
    ['</x?a=1,2;3>;rel=next', [['/x?a=1,2;3', ['next']]]],
    ['<a>; title="x, y; \\"z\\""; REL="Prev Next"', [['a', ['prev', 'next']]]],
    ['<a>;rel=first;rel=next', [['a', ['first']]]],
    ['<a>; ; rel=next', [['a', ['next']]]],
    ['<a> ; rel = "next" ; crossorigin', [['a', ['next']]]],
    ["<a>; rel=next; title*=UTF-8''x", [['a', ['next']]]],
    ['<>', [['', []]]],
    [
      ' <a> , <b> ',
      [
        ['a', []],
        ['b', []],
      ],
    ],
  ])('reads %s', (header, links) => {
    expect(parseLinkHeader(header)?.map(({ target, rel }) => [target, rel])).toEqual(links);
  });

  it.each(['', 'a', '<a', '<a>;rel="next', '<a> <b>', '<a>,', '<a b>', '<a>; =x', '<a\n>', `<${'a'.repeat(17_000)}>`])(
    'takes nothing of %j',
    (header) => {
      expect(parseLinkHeader(header)).toBeUndefined();
    },
  );

  it('finds the link of a relation', () => {
    expect(findLink('<a>; rel="prev", <b>; rel="x next"', 'next')).toBe('b');
    expect(findLink('<a>; rel="prev"', 'next')).toBeUndefined();
    expect(findLink(null, 'next')).toBeUndefined();
  });
});
