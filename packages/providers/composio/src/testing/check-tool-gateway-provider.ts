import { supports } from '@mortise/core';
import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import type { ToolGatewayConformanceTarget } from './conformance-target.ts';
import { toolGatewayConformanceCases } from './tool-gateway-conformance-cases.ts';
import { withSubject } from './with-subject.ts';

/**
 * Runs every check against an implementation and reports them all. A check that needs something which the provider
 * does not declare is reported as skipped, never left out.
 */
export async function checkToolGatewayProvider(target: ToolGatewayConformanceTarget): Promise<ConformanceOutcome[]> {
  return runConformance({
    cases: toolGatewayConformanceCases,
    createContext: () => Promise.resolve(target),
    capabilities: await declaredBy(target),
  });
}

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface ToolGatewayTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since
 * what applies is only known once a provider was opened; `checkToolGatewayProvider` reports those.
 */
export function describeToolGatewayProvider(
  name: string,
  target: ToolGatewayConformanceTarget,
  { describe, it }: ToolGatewayTestRunner,
): void {
  describe(`${name} as a ToolGatewayProvider`, () => {
    for (const check of toolGatewayConformanceCases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { requires } = check;
        if (requires === undefined || (await declaredBy(target)).includes(requires)) await check.run(target);
      });
    }
  });
}

/** What the checks may ask for, as the provider and its target declare it. */
async function declaredBy(target: ToolGatewayConformanceTarget): Promise<string[]> {
  const declared: string[] = [];
  await withSubject(target, async ({ provider, deliver }) => {
    if (supports(provider, 'proxy')) declared.push('proxy');
    if (supports(provider, 'close')) declared.push('close');
    if (provider.triggers !== undefined && deliver !== undefined) declared.push('deliveries');
  });
  return declared;
}
