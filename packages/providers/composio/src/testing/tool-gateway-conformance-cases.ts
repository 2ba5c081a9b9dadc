import type { ConformanceCase } from '@mortise/testing';
import { callCases } from './cases/call-cases.ts';
import { connectionCases } from './cases/connection-cases.ts';
import { toolCases } from './cases/tool-cases.ts';
import type { ToolGatewayConformanceTarget } from './conformance-target.ts';
import { within } from './expectations.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: those of this domain, and those of the checks for all domains that apply to it. */
export const toolGatewayConformanceCases: readonly ConformanceCase<ToolGatewayConformanceTarget>[] = Object.freeze(
  [...toolCases, ...connectionCases, ...callCases].map((check) => ({
    ...check,
    run: (target: ToolGatewayConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
  })),
);
