import { describe, expect, it } from 'vitest';
import { complete } from '../complete.ts';
import { brokenGateways } from './__fixtures__/broken-gateways.ts';
import { checkToolGatewayProvider, describeToolGatewayProvider } from './check-tool-gateway-provider.ts';
import { inMemoryToolGatewayTarget } from './in-memory-target.ts';
import { toolGatewayConformanceCases } from './tool-gateway-conformance-cases.ts';

const LIMIT = { timeout: 60_000 };

const failed = async (target: Parameters<typeof checkToolGatewayProvider>[0]) =>
  (await checkToolGatewayProvider(target)).filter(({ status }) => status === 'failed');

describeToolGatewayProvider('the in-memory gateway', inMemoryToolGatewayTarget(), { describe, it });

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = toolGatewayConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(20);
  });

  it('lets an honest provider pass every check, none skipped', LIMIT, async () => {
    const outcomes = await checkToolGatewayProvider(inMemoryToolGatewayTarget());
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('lets it pass with the optional parts filled in', LIMIT, async () => {
    expect(await failed(inMemoryToolGatewayTarget(complete))).toEqual([]);
  });

  it.each(brokenGateways.map((broken) => [broken.fails, broken.mistake, broken.target] as const))(
    '%s alone finds a provider that %s',
    LIMIT,
    async (fails, _mistake, target) => {
      expect((await failed(target)).map(({ id }) => id)).toEqual([fails]);
    },
  );
});
