import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ClientMetadata, type Configuration, Provider } from 'oidc-provider';

/** A real OpenID provider on loopback. */
export interface AuthorizationServer {
  readonly issuer: string;
  /** Requests to the token endpoint so far, by grant type and outcome, such as `refresh_token 200`. */
  readonly tokenRequests: readonly string[];
  close(this: void): Promise<void>;
}

export interface AuthorizationServerOptions {
  readonly clients: readonly ClientMetadata[];
  /** Default true: each refresh token works once, and using it again ends the grant. */
  readonly isRotating?: boolean;
  /** Seconds. Default 3,600. */
  readonly accessTokenSeconds?: number;
}

/** What the page says when the user has let the device in. */
export const DEVICE_SUCCESS = 'The device is let in.';

export const REDIRECT_URI = 'http://127.0.0.1/callback';

/** Starts the provider with every flow that the tests drive. */
export async function startAuthorizationServer(options: AuthorizationServerOptions): Promise<AuthorizationServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${portOf(server)}`;
  const provider = await quietly(async () => new Provider(issuer, configurationOf(options)));
  const tokenRequests: string[] = [];
  const note = (params: unknown, status: number): void => {
    const grantType: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, 'grant_type') : '';
    tokenRequests.push(`${String(grantType)} ${status}`);
  };
  provider.on('grant.success', ({ oidc }) => note(oidc.params, 200));
  provider.on('grant.error', ({ oidc }, error) => note(oidc.params, error.statusCode));
  const handle = provider.callback();
  server.on('request', (request, response) => void handle(request, response));
  return {
    issuer,
    tokenRequests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function configurationOf(options: AuthorizationServerOptions): Configuration {
  return {
    clients: [...options.clients],
    scopes: ['openid', 'offline_access', 'read', 'write'],
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    cookies: { keys: ['only-for-tests'] },
    pkce: { required: () => true },
    rotateRefreshToken: options.isRotating ?? true,
    issueRefreshToken: async () => true,
    ttl: {
      AccessToken: options.accessTokenSeconds ?? 3_600,
      ClientCredentials: 600,
      RefreshToken: 86_400,
      Grant: 86_400,
      Session: 86_400,
      Interaction: 600,
      DeviceCode: 600,
      IdToken: 600,
    },
    features: {
      devInteractions: { enabled: true },
      // Pages of our own, since the provider says on the console that its own are for development.
      deviceFlow: {
        enabled: true,
        userCodeConfirmSource: async (context, form) => void (context.body = form),
        successSource: async (context) => void (context.body = DEVICE_SUCCESS),
      },
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: async () => true },
      introspection: { enabled: true, allowedPolicy: async () => true },
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return (address satisfies AddressInfo).port;
}

/** The provider warns of its settings for development, on the console. */
async function quietly<Result>(run: () => Promise<Result>): Promise<Result> {
  const { info, warn } = console;
  console.info = () => {};
  console.warn = () => {};
  try {
    return await run();
  } finally {
    console.info = info;
    console.warn = warn;
  }
}
