import { type CallOptions, IntegrationError, iterate } from '@mortise/core';
import type { GatewayToolCall, GatewayToolResult } from '../model/tool-call.ts';
import type { GatewayTool } from '../model/tool.ts';
import type { ToolGatewayProvider } from '../tool-gateway-provider.ts';
import { DEFAULT_FORBIDDEN_DOMAINS, type FallbackPolicy, foldDomain } from './fallback-policy.ts';

export interface FallbackGateway {
  /**
   * Runs a tool that the policy allows.
   *
   * @throws {IntegrationError} `forbidden` for what it does not allow, `rate_limited` beyond its limit; both before the tool runs.
   */
  execute(call: GatewayToolCall, options?: CallOptions): Promise<GatewayToolResult>;
}

const WINDOW_MS = 60_000;

/**
 * A gateway behind a policy, to stand in where there is no integration. It has no other methods: a raw call would pass by the
 * policy.
 *
 * @param now Epoch milliseconds. Default `Date.now`.
 */
export function withFallbackPolicy(
  gateway: ToolGatewayProvider,
  policy: FallbackPolicy,
  now: () => number = Date.now,
): FallbackGateway {
  const calls: number[] = [];
  const forbidden = new Set((policy.forbiddenDomains ?? DEFAULT_FORBIDDEN_DOMAINS).map(foldDomain));
  const categories = new Map<string, readonly string[]>();

  const domainsOf = async (toolkit: string, options: CallOptions | undefined): Promise<readonly string[]> => {
    if (policy.domainsOf !== undefined) return policy.domainsOf(toolkit);
    const known = categories.get(toolkit);
    if (known !== undefined) return known;
    const toolkits = iterate((cursor) => gateway.listToolkits(cursor === undefined ? {} : { cursor }, options));
    for await (const found of toolkits) categories.set(found.slug, found.categories ?? []);
    const domains = categories.get(toolkit);
    if (domains === undefined) throw refusal(`the gateway does not list the toolkit "${toolkit}"`);
    return domains;
  };

  const takeTurn = (): void => {
    const { maxCallsPerMinute = Number.POSITIVE_INFINITY } = policy;
    const nowMs = now();
    while (calls.length > 0 && (calls[0] ?? 0) <= nowMs - WINDOW_MS) calls.shift();
    if (calls.length >= maxCallsPerMinute) {
      throw new IntegrationError({
        code: 'rate_limited',
        retry: 'throttled',
        retryAfterMs: (calls[0] ?? nowMs) + WINDOW_MS - nowMs,
        message: `The policy allows ${maxCallsPerMinute} runs a minute`,
      });
    }
    calls.push(nowMs);
  };

  const assertAllowed = async (call: GatewayToolCall, options: CallOptions | undefined): Promise<GatewayTool> => {
    if (policy.tools?.includes(call.tool) === false) throw refusal(`the tool "${call.tool}" is not on the list`);
    if (policy.toolkits.length === 0) throw refusal('no toolkit is on the list');
    const isLatest = call.version === 'latest';
    const tool = await gateway.getTool(call.tool, isLatest ? undefined : call.version, options);
    if (!policy.toolkits.includes(tool.toolkit)) throw refusal(`the toolkit "${tool.toolkit}" is not on the list`);
    const domain = (await domainsOf(tool.toolkit, options)).find((one) => forbidden.has(foldDomain(one)));
    if (domain !== undefined) throw refusal(`the domain "${domain}" is forbidden`);
    // Not known to be harmless counts as harmful.
    const isHarmless = tool.hints.readOnly === true || tool.hints.destructive === false;
    if (!isHarmless && (await policy.confirmDestructive?.(call, tool)) !== true) {
      throw refusal(`"${call.tool}" may destroy something, and nobody confirmed it`);
    }
    return tool;
  };

  return {
    execute: async (call, options) => {
      await assertAllowed(call, options);
      takeTurn();
      return gateway.execute(call, options);
    },
  };
}

function refusal(why: string): IntegrationError {
  return new IntegrationError({ code: 'forbidden', message: `The fallback policy refuses the call: ${why}` });
}
