import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveRequestUrl } from './resolve-request-url.ts';

const HOST = 'https://eu.posthog.com';

describe('the address of a raw call', () => {
  it('is on the host of the connection, with its path and query', () => {
    const url = resolveRequestUrl(`${HOST}/base/`, {
      path: '/api/projects/@current/events/',
      query: { limit: 5, after: 'a&b=c', skipped: undefined, archived: false },
    });
    expect(url.href).toBe(`${HOST}/base/api/projects/@current/events/?limit=5&after=a%26b%3Dc&archived=false`);
  });

  it.each([
    'https://evil.example.com/',
    '//evil.example.com/',
    '/\\evil.example.com',
    '\\\\evil.example.com',
    'api',
    '',
    '/a/../b',
    '/a/./b',
    '/%2e%2E/b',
    '/a/..%2Fb',
    '/a/%2e%2e%5cb',
    '/a?x=1',
    '/a#x',
    '/a b',
    '/a\nb',
    '/ä',
  ])('refuses the path %j', (path) => {
    expect(() => resolveRequestUrl(HOST, { path })).toThrow(
      expect.objectContaining({ code: 'invalid_request', field: 'path' }),
    );
  });

  it('never leaves the host and never climbs, whatever the path', () => {
    const piece = fc.constantFrom(
      '/',
      '.',
      '..',
      '%2e',
      '%2f',
      '\\',
      '@',
      ':',
      'evil.example.com',
      'https:',
      'a',
      '?',
      '#',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        let url: URL;
        try {
          url = resolveRequestUrl(`${HOST}/base`, { path: pieces.join('') });
        } catch {
          return;
        }
        expect(url.origin).toBe(HOST);
        expect(url.pathname.startsWith('/base/')).toBe(true);
      }),
    );
  });
});
