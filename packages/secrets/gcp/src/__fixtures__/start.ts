import { afterEach } from 'vitest';
import { GcpSecretManagerProvider, type GcpSecretManagerProviderOptions } from '../index.ts';
import { type GcpSecretServer, type GcpSecretServerOptions, startGcpSecretServer } from '../testing/index.ts';

export const TRANSPORTS = ['grpc', 'rest'] as const;
export type Transport = (typeof TRANSPORTS)[number];

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A server that ends with the test. */
export async function startServer(options?: GcpSecretServerOptions): Promise<GcpSecretServer> {
  const server = await startGcpSecretServer(options);
  open.push(server);
  return server;
}

/** A provider on the real SDK that talks to the server, and ends with the test. */
export function connect(
  server: GcpSecretServer,
  options: GcpSecretManagerProviderOptions & { readonly transport?: Transport } = {},
): GcpSecretManagerProvider {
  const { transport = 'grpc', ...own } = options;
  const provider = new GcpSecretManagerProvider({ ...server.providerOptions({ transport }), ...own });
  open.push(provider);
  return provider;
}

/** The names of the RPCs that came in, in order. */
export function rpcsOf(server: GcpSecretServer): string[] {
  return server.requests.map(({ rpc }) => rpc);
}
