import { describe, expect, it } from 'vitest';
import {
  type IntegrationTransportConfig,
  findAllTransportConfigs,
  findTransportConfig,
  supportsTransport,
} from './transport.ts';

const transports: IntegrationTransportConfig[] = [
  { type: 'rest', baseUrl: 'https://api.example.com' },
  { type: 'mcp', transport: 'stdio', command: 'server' },
  { type: 'webhook', inbound: { signatureHeader: 'X-Sig', signingAlgorithm: 'hmac-sha256' } },
  { type: 'sdk', packageName: 'example' },
  { type: 'webhook', outbound: { deliveryRetries: 3, timeoutMs: 1000 } },
];

describe('findTransportConfig', () => {
  it('finds each of the four kinds with its fields', () => {
    expect(findTransportConfig(transports, 'rest')?.baseUrl).toBe('https://api.example.com');
    expect(findTransportConfig(transports, 'mcp')?.command).toBe('server');
    expect(findTransportConfig(transports, 'webhook')?.inbound?.signatureHeader).toBe('X-Sig');
    expect(findTransportConfig(transports, 'sdk')?.packageName).toBe('example');
  });

  it('finds nothing of a kind that is not there', () => {
    expect(findTransportConfig([], 'rest')).toBeUndefined();
  });
});

describe('findAllTransportConfigs', () => {
  it('finds every one of a kind in declared order', () => {
    expect(findAllTransportConfigs(transports, 'webhook')).toEqual([transports[2], transports[4]]);
  });
});

describe('supportsTransport', () => {
  it('tells whether there is one of the kind', () => {
    expect(supportsTransport(transports, 'sdk')).toBe(true);
    expect(supportsTransport(transports.slice(0, 1), 'sdk')).toBe(false);
    expect(supportsTransport([], 'rest')).toBe(false);
  });
});
