import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillBaseUrl } from './base-url.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { parseUrlTemplate } from './url-template.ts';

interface Filling {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly network?: NetworkPolicy;
  readonly allowedHosts?: readonly string[];
}

function fill(template: string, { config = {}, network = {}, allowedHosts }: Filling = {}): string {
  const lookup = (name: string): unknown => config[name];
  const { origin, path, query } = fillBaseUrl(parseUrlTemplate(template), { lookup, network, allowedHosts });
  return `${origin}${path}${query === '' ? '' : `?${query}`}`;
}

const OPEN = 'https://{host}/v1';
const ACCOUNT = 'https://{account}.example.com/v1/';

describe('a base URL that is filled from config', () => {
  it('puts values in their places', () => {
    expect(fill(ACCOUNT, { config: { account: 'acme' } })).toBe('https://acme.example.com/v1');
    expect(fill(ACCOUNT, { config: { account: 'xy12.eu-west-1' } })).toBe('https://xy12.eu-west-1.example.com/v1');
    expect(fill('https://s3-{region}.example.com', { config: { region: 'eu' } })).toBe('https://s3-eu.example.com');
    expect(fill('https://{host}:{port}/x', { config: { host: 'a.example.org', port: 8443 } })).toBe(
      'https://a.example.org:8443/x',
    );
    expect(fill('https://a.example.com/{org}/x?p={p}', { config: { org: 'ä/b?c#d', p: 'a&b' } })).toBe(
      'https://a.example.com/%C3%A4%2Fb%3Fc%23d/x?p=a%26b',
    );
  });

  it.each([
    'evil.com/',
    'evil.com#',
    'evil.com?',
    'user@evil.com',
    'evil.com:443',
    'evil.com\\',
    'evil com',
    'evil.com\n',
    '',
    '.',
    '-a',
    'a-',
    'a..b',
    'ä',
    '%61',
    '[::1]',
    'a'.repeat(300),
  ])('refuses %j as an account', (account) => {
    expect(() => fill(ACCOUNT, { config: { account } })).toThrow(/account/);
  });

  it.each(['0', '65536', '8080x', '-1', '80/', '', '1e3'])('refuses %j as a port', (port) => {
    expect(() => fill('https://{host}:{port}', { config: { host: 'a.example.com', port } })).toThrow(/port/);
  });

  it.each([
    ['127.0.0.1', /loopback/],
    ['2130706433', /usual form|local network/],
    ['0x7f.0.0.1', /usual form/],
    ['0177.0.0.1', /usual form/],
    ['127.1', /usual form/],
    ['10.1.2.3', /private/],
    ['169.254.169.254', /metadata/],
    ['100.64.1.1', /carrier/],
    ['0.0.0.0', /unspecified/],
    ['localhost', /local network/],
    ['app.localhost', /local network/],
    ['metadata.google.internal', /local network/],
    ['printer.local', /local network/],
    ['intranet', /local network/],
  ])('refuses the host %s of a tenant', (host, message) => {
    expect(() => fill(OPEN, { config: { host } })).toThrow(message);
  });

  it('allows a private host where that is wished for, and never guesses at odd forms of addresses', () => {
    const network = { allowPrivateNetwork: true, allowHttp: true };
    expect(fill('http://{host}:{port}', { config: { host: '127.0.0.1', port: 9000 }, network })).toBe(
      'http://127.0.0.1:9000',
    );
    expect(() => fill(OPEN, { config: { host: '0x7f.1' }, network })).toThrow(/usual form/);
  });

  it('keeps to the hosts that the spec allows, and to those that the application allows', () => {
    const allowedHosts = ['*.example.com', 'example.org'];
    expect(fill(OPEN, { config: { host: 'a.b.example.com' }, allowedHosts })).toBe('https://a.b.example.com/v1');
    expect(fill(OPEN, { config: { host: 'EXAMPLE.org' }, allowedHosts })).toBe('https://example.org/v1');
    for (const host of ['example.com', 'evilexample.com', 'example.com.evil.org', 'a.example.org']) {
      expect(() => fill(OPEN, { config: { host }, allowedHosts })).toThrow(/allowed hosts/);
    }
    expect(() => fill(OPEN, { config: { host: 'a.example.com' }, network: { allowedHosts: ['example.net'] } })).toThrow(
      /allowed hosts/,
    );
    expect(() => fill('https://api.example.com', { network: { allowedHosts: ['example.net'] } })).toThrow(/allowed/);
  });

  it('wants https, but for a loopback address that the spec itself names', () => {
    expect(() => fill('http://{host}/', { config: { host: 'a.example.com' } })).toThrow(/https/);
    expect(() => fill('http://api.example.com/')).toThrow(/https/);
    expect(fill('http://127.0.0.1:8080/v1')).toBe('http://127.0.0.1:8080/v1');
  });

  it('names the field that is missing, and nothing of a value that is wrong', () => {
    expect(() => fill(ACCOUNT)).toThrow(expect.objectContaining({ reason: 'misconfigured', field: 'account' }));
    expect(() => fill(ACCOUNT, { config: { account: { a: 1 } } })).toThrow(/got object/);
    expect(() => fill('https://a.example.com/{x}', { config: { x: '..' } })).toThrow(/segment/);
    expect(() => fill('https://a.example.com/{x}', { config: { x: '\ud800' } })).toThrow(/well-formed/);
  });

  it.each([
    '',
    'ftp://a.example.com',
    '/v1',
    'https://',
    'https://u:p@a.example.com',
    'https://a.example.com/#f',
    '{u}/x',
  ])('refuses %j as a template', (template) => {
    expect(() => parseUrlTemplate(template)).toThrow(/base URL/);
  });

  it('never leaves the fixed end of the host, whatever the value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.domain(), fc.ipV4()), (account) => {
        let filled: string;
        try {
          filled = fill(ACCOUNT, { config: { account } });
        } catch {
          return;
        }
        const url = new URL(filled);
        expect(url.hostname.endsWith('.example.com')).toBe(true);
        expect(url.pathname).toBe('/v1');
        expect(url.search + url.hash + url.username).toBe('');
      }),
      { numRuns: 1000 },
    );
  });

  it('never lets a value of the path change anything but its segment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (org) => {
        let filled: string;
        try {
          filled = fill('https://a.example.com/x/{org}/y', { config: { org } });
        } catch {
          return;
        }
        const url = new URL(filled);
        expect(url.origin).toBe('https://a.example.com');
        expect(url.pathname.split('/')).toHaveLength(4);
        expect(url.pathname).toMatch(/^\/x\/[^/]*\/y$/);
        expect(decodeURIComponent(url.pathname.split('/')[2] ?? '')).toBe(org);
      }),
      { numRuns: 1000 },
    );
  });
});
