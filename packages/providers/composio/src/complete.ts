import { IntegrationError } from '@mortise/core';
import type { GatewayTriggers, ToolGatewayProvider } from './tool-gateway-provider.ts';

/** A provider with every optional part in place. */
export type CompleteToolGatewayProvider = ToolGatewayProvider & {
  readonly [Part in 'proxy' | 'triggers' | 'close']-?: NonNullable<ToolGatewayProvider[Part]>;
};

/**
 * Fills in what a provider lacks: `close` as nothing to do, `proxy` and `triggers` as methods that reject with `unsupported`, and
 * `verifyWebhook` as a refusal. What the provider has is used as it is.
 */
export function complete(provider: ToolGatewayProvider): CompleteToolGatewayProvider {
  const { key, capabilities, connections, triggers = NO_TRIGGERS } = provider;
  return {
    key,
    ...(capabilities === undefined ? {} : { capabilities }),
    connections,
    triggers,
    listToolkits: (query, options) => provider.listToolkits(query, options),
    listTools: (query, options) => provider.listTools(query, options),
    getTool: (slug, version, options) => provider.getTool(slug, version, options),
    execute: (call, options) => provider.execute(call, options),
    proxy: async (request, options) => provider.proxy?.(request, options) ?? reject('proxy'),
    close: async () => provider.close?.(),
  };
}

const NO_TRIGGERS: GatewayTriggers = {
  listTypes: async () => reject('triggers.listTypes'),
  subscribe: async () => reject('triggers.subscribe'),
  unsubscribe: async () => reject('triggers.unsubscribe'),
  verifyWebhook: () => Promise.resolve(false),
  parseWebhook: async () => reject('triggers.parseWebhook'),
};

function reject(method: string): never {
  throw new IntegrationError({ code: 'unsupported', message: `This tool gateway has no method "${method}"` });
}
