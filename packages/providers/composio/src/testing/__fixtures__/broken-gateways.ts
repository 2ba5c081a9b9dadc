import { IntegrationError } from '@mortise/core';
import type { ToolGatewayProvider } from '../../tool-gateway-provider.ts';
import type { ToolGatewayConformanceTarget } from '../conformance-target.ts';
import type { InMemoryToolGateway } from '../in-memory-tool-gateway.ts';
import { inMemoryToolGatewayTarget } from '../in-memory-target.ts';

/** A provider that does one thing wrong. */
export interface BrokenGateway {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: ToolGatewayConformanceTarget;
}

/** The honest provider with some methods replaced. */
function broken(
  fails: string,
  mistake: string,
  replace: (honest: InMemoryToolGateway) => Partial<ToolGatewayProvider>,
): BrokenGateway {
  const target = inMemoryToolGatewayTarget((honest) => {
    const replaced = replace(honest);
    return new Proxy<ToolGatewayProvider>(honest, {
      get: (_honest, name) => {
        const own: unknown = Reflect.get(replaced, name);
        const value: unknown = own ?? Reflect.get(honest, name);
        return typeof value === 'function' && own === undefined ? value.bind(honest) : value;
      },
    });
  });
  return { fails, mistake, target };
}

export const brokenGateways: readonly BrokenGateway[] = [
  broken('composio.1', 'leaves out arguments that do not fit', (honest) => ({
    execute: (call, options) => {
      const { extra: _extra, ...args } = call.arguments;
      return honest.execute({ ...call, arguments: args }, options);
    },
  })),
  broken('composio.2', 'takes "latest" for a version', (honest) => ({
    execute: (call, options) => honest.execute({ ...call, allowLatest: true }, options),
  })),
  broken('composio.3', 'makes up success where the service refused', (honest) => ({
    execute: async (call, options) => {
      const result = await honest.execute(call, options);
      const { error: _error, ...rest } = result;
      return result.ok ? result : { ...rest, ok: true, data: { status: 'succeeded' } };
    },
  })),
  broken('composio.4', 'says of every tool that it only reads', (honest) => ({
    getTool: async (...call) => ({ ...(await honest.getTool(...call)), hints: { readOnly: true } }),
  })),
  broken('composio.5', 'runs with whatever account it is told', (honest) => ({
    execute: (call, options) => {
      const isForeign = call.userId === 'user-2' && call.connectionId !== undefined;
      return honest.execute(isForeign ? { ...call, userId: 'user-1' } : call, options);
    },
  })),
  broken('composio.6', 'tells an expired account without a page to send the user to', (honest) => ({
    execute: (call, options) =>
      honest.execute(call, options).catch((error: unknown) => {
        if (!IntegrationError.is(error) || error.code !== 'consent_required') throw error;
        throw new IntegrationError({ code: 'consent_required', message: 'The account is not usable' });
      }),
  })),
  broken('composio.7', 'shows refused consent as still asked for', (honest) => ({
    connections: {
      initiate: (...call) => honest.connections.initiate(...call),
      get: async (...call) => {
        const connection = await honest.connections.get(...call);
        return connection.state === 'failed' ? { ...connection, state: 'initiated' } : connection;
      },
      list: (...call) => honest.connections.list(...call),
      disable: (...call) => honest.connections.disable(...call),
      delete: (...call) => honest.connections.delete(...call),
    },
  })),
  broken('composio.8', 'resolves any path like a browser', (honest) => ({
    proxy: (request, options) =>
      honest.proxy({ ...request, path: new URL(request.path, 'https://chat.example.com').pathname }, options),
  })),
  broken('composio.9', 'accepts every delivery that has a signature', (honest) => ({
    triggers: {
      listTypes: (...call) => honest.triggers.listTypes(...call),
      subscribe: (...call) => honest.triggers.subscribe(...call),
      unsubscribe: (...call) => honest.triggers.unsubscribe(...call),
      verifyWebhook: ({ headers }) => Promise.resolve(headers['webhook-signature'] !== undefined),
      parseWebhook: (request) => honest.triggers.parseWebhook(request),
    },
  })),
  broken('composio.10', 'gives the first page alone', (honest) => ({
    listTools: async (...call) => {
      const { nextCursor: _cursor, ...page } = await honest.listTools(...call);
      return { ...page, hasMore: false };
    },
  })),
  broken('composio.12', 'passes for the service itself', (honest) => ({
    execute: async (call, options) => {
      const result = await honest.execute(call, options);
      return { ...result, route: { ...result.route, gateway: result.route.toolkit } };
    },
  })),
  broken('X12', 'runs a tool again when the answer was lost', (honest) => ({
    execute: (call, options) =>
      honest.execute(call, options).catch((error: unknown) => {
        if (IntegrationError.is(error) && error.code === 'outcome_unknown') return honest.execute(call, options);
        throw error;
      }),
  })),
  broken('X11', 'tells every failure as one that may be retried', (honest) => ({
    listToolkits: (query, options) =>
      honest.listToolkits(query, options).catch((error: unknown) => {
        if (!IntegrationError.is(error) || error.httpStatus === undefined) throw error;
        throw new IntegrationError({ code: error.code, message: error.message, retry: 'transient' });
      }),
  })),
];
