import { inspect } from 'node:util';
import { onTestFinished } from 'vitest';
import { ScalewaySecretManagerProvider } from '../index.ts';
import type { ScalewaySecretManagerOptions } from '../options/scaleway-options.ts';
import {
  type ScalewaySecretServer,
  type ScalewaySecretServerOptions,
  startScalewaySecretServer,
} from '../testing/index.ts';

export interface Backend {
  readonly server: ScalewaySecretServer;
  readonly provider: ScalewaySecretManagerProvider;
  /** Another provider for the same server. */
  readonly connect: (options?: ScalewaySecretManagerOptions) => ScalewaySecretManagerProvider;
}

/** A server that ends with the test; with it, its own check of what it answered. */
export async function startServer(options: ScalewaySecretServerOptions = {}): Promise<ScalewaySecretServer> {
  const server = await startScalewaySecretServer(options);
  onTestFinished(async () => server.close());
  return server;
}

/** A server and a provider that talks to it through the real SDK. */
export async function startBackend(
  options: ScalewaySecretManagerOptions = {},
  serverOptions: ScalewaySecretServerOptions = {},
): Promise<Backend> {
  const server = await startServer(serverOptions);
  const connect = (others: ScalewaySecretManagerOptions = {}): ScalewaySecretManagerProvider =>
    new ScalewaySecretManagerProvider({
      token: server.token,
      baseUrl: server.url,
      defaultRegion: 'fr-par',
      defaultProjectId: server.projectId,
      env: {},
      now: server.now,
      ...options,
      ...others,
    });
  return { server, provider: connect(), connect };
}

/** What the requests were for, such as `GET /secrets-by-path/versions/latest_enabled/access`. */
export function requestLines({ requests }: ScalewaySecretServer): string[] {
  return requests.map(({ method, path }) => {
    const [, rest = ''] = path.split(/\/regions\/[^/]+/u);
    return `${method} ${rest.split('?', 1)[0]?.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, '{id}') ?? ''}`;
  });
}

export const print = (value: unknown): string => inspect(value, { depth: 12, showHidden: true });

export const textOf = ({ data }: { readonly data: Uint8Array }): string => new TextDecoder().decode(data);
