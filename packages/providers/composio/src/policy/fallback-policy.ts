import type { GatewayTool } from '../model/tool.ts';
import type { GatewayToolCall } from '../model/tool-call.ts';

/** Domains in which a tool that stands in for a typed integration does more harm than good. */
export const DEFAULT_FORBIDDEN_DOMAINS = ['payments', 'openbanking', 'health'] as const;

/** What a fallback may do. Everything that is not allowed is refused. */
export interface FallbackPolicy {
  /** Slugs of toolkits that may be used. Empty: none. */
  readonly toolkits: readonly string[];
  /** Slugs of tools that may be used. Absent: all of the toolkits. */
  readonly tools?: readonly string[];
  /** Domains that stay forbidden whatever the lists say. Default `payments`, `openbanking`, `health`. */
  readonly forbiddenDomains?: readonly string[];
  /** Domains of a toolkit. Absent: the categories that the gateway names. */
  readonly domainsOf?: (toolkit: string) => readonly string[];
  /**
   * Asked before a tool runs that may destroy something, or of which that is not known. Absent: such tools are refused.
   */
  readonly confirmDestructive?: (call: GatewayToolCall, tool: GatewayTool) => boolean | Promise<boolean>;
  /** Runs in any 60 seconds. Absent: no limit of its own. */
  readonly maxCallsPerMinute?: number;
}

/** Spellings of a domain that mean the same: `Open-Banking` is `openbanking`. */
export function foldDomain(domain: string): string {
  return domain.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
