import { createCanary, findCanary } from '@mortise/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertProxyPath } from './check-proxy-path.ts';
import { assertArgumentsFit, assertPinnedVersion, dataOf } from './check-tool-call.ts';
import type { GatewayTool } from './model/tool.ts';
import type { GatewayToolCall } from './model/tool-call.ts';

const tool: GatewayTool = {
  slug: 'CHAT_SAY',
  version: '20250902_00',
  name: 'Say',
  toolkit: 'chat',
  inputSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['text'],
    properties: { text: { type: 'string', maxLength: 5 } },
  },
  hints: {},
};

const call: GatewayToolCall = { tool: 'CHAT_SAY', version: '20250902_00', arguments: { text: 'hi' }, userId: 'u' };

describe('a call', () => {
  it.each([
    [{}, true],
    [{ version: 'latest' }, false],
    [{ version: ' latest ' }, false],
    [{ version: '' }, false],
    [{ version: '  ', allowLatest: true }, false],
    [{ version: 'latest', allowLatest: true }, true],
  ])('with %j is pinned: %s', (change, isPinned) => {
    const run = () => assertPinnedVersion({ ...call, ...change });
    if (isPinned) expect(run).not.toThrow();
    else expect(run).toThrow(expect.objectContaining({ code: 'invalid_request', field: 'version' }));
  });

  it('fits its tool', () => {
    expect(() => assertArgumentsFit(tool, call)).not.toThrow();
  });

  it.each([
    [{}, 'arguments/text'],
    [{ text: 'too long' }, 'arguments/text'],
    [{ text: 1 }, 'arguments/text'],
    [{ text: 'hi', more: 1 }, 'arguments/more'],
  ])('with the arguments %j is refused at %s', (args, field) => {
    expect(() => assertArgumentsFit(tool, { ...call, arguments: args })).toThrow(
      expect.objectContaining({ code: 'invalid_request', field }),
    );
  });

  it('is refused without showing its values', () => {
    const canary = createCanary();
    let thrown: unknown;
    try {
      assertArgumentsFit(tool, { ...call, arguments: { text: canary } });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Error);
    expect(findCanary(thrown, canary)).toEqual([]);
  });
});

describe('the data of a result', () => {
  it('are there only where the run succeeded', () => {
    expect(dataOf({ ok: true, data: [1] })).toEqual([1]);
    expect(() => dataOf({ ok: false, error: { code: 'gone', message: 'It is gone' } })).toThrow(
      expect.objectContaining({ code: 'provider_error', providerCode: 'gone', retryable: false }),
    );
    expect(() => dataOf({ ok: false, data: { status: 'succeeded' } })).toThrow(/no reason given/);
  });
});

describe('the path of a raw call', () => {
  it.each(['/', '/v1/messages', '/v1/users/@me/x:y', '/a%20b'])('may be %s', (path) => {
    expect(() => assertProxyPath(path)).not.toThrow();
  });

  it.each([
    '',
    'v1',
    '//x',
    'https://x',
    '/../x',
    '/a/%2e%2e/b',
    '/a/..%2fb',
    '/a/%2E',
    '/a\\b',
    '/a?b',
    '/a#b',
    '/ä',
    '/a b',
  ])('may not be %j', (path) => {
    expect(() => assertProxyPath(path)).toThrow(expect.objectContaining({ code: 'invalid_request', field: 'path' }));
  });

  it('never leads to another host or above its beginning, whatever was put together', () => {
    const piece = fc.constantFrom(
      '/',
      '.',
      '..',
      '%2e',
      '%2F',
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
        const path = pieces.join('');
        try {
          assertProxyPath(path);
        } catch {
          return;
        }
        const url = new URL(`https://service.example.com/base${path}`);
        expect(url.origin).toBe('https://service.example.com');
        expect(url.pathname.startsWith('/base/')).toBe(true);
        expect(new URL(path, 'https://service.example.com').origin).toBe('https://service.example.com');
      }),
    );
  });
});
