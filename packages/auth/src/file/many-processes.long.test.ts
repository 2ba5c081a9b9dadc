import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OAuth2AuthConfig, OAuth2RefreshPolicy, OAuth2TokenState } from '@mortise/core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { secretTokenStore } from '../keeper/secret-token-store.ts';
import { OAuthClient } from '../oauth/oauth-client.ts';
import {
  type AuthorizationServer,
  REDIRECT_URI,
  startAuthorizationServer,
} from './__fixtures__/authorization-server.ts';
import { Browser } from './__fixtures__/browser.ts';
import { fileSecrets } from './__fixtures__/file-secrets.ts';
import { KeeperProcesses, type ProcessOutcome } from './__fixtures__/keeper-process.ts';
import { temporaryDirectory } from './__fixtures__/temporary-directory.ts';

const PROCESSES = 64;
const GRANT = 'tenants/acme/crm';
const CLIENT = { clientId: 'app', clientSecret: 'only-for-tests-0815' };

let programs = '';
let processes: KeeperProcesses;

beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), 'mortise-auth-'));
  processes = await KeeperProcesses.start(programs, PROCESSES);
}, 600_000);

afterAll(async () => {
  await processes.stop();
  await rm(programs, { recursive: true, force: true });
}, 600_000);

interface Setup {
  readonly server: AuthorizationServer;
  readonly client: OAuthClient;
  /** The grant as a user's consent gave it. */
  readonly first: OAuth2TokenState;
  readonly directory: string;
  /** Lets all processes ask for a token at once. */
  run(this: void, crash: boolean): Promise<ProcessOutcome[]>;
  /** Whether the server still knows each of these access tokens. */
  liveliness(this: void, tokens: Iterable<string>): Promise<boolean[]>;
}

/** A real grant at a real server, stored in a directory; `isOver` says whether its access token is over or merely due. */
async function setUp(
  isOver: boolean,
  options: { isRotating?: boolean; refresh?: OAuth2RefreshPolicy } = {},
): Promise<Setup> {
  const { isRotating = true, refresh } = options;
  const server = await startAuthorizationServer({
    isRotating,
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [REDIRECT_URI],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
  });
  onTestFinished(server.close);
  const method: OAuth2AuthConfig = {
    type: 'oauth2',
    grantType: 'authorization_code',
    authorizationUrl: `${server.issuer}/auth`,
    tokenUrl: `${server.issuer}/token`,
    introspectionUrl: `${server.issuer}/token/introspection`,
    scopes: ['openid', 'offline_access'],
    authorizationParams: { prompt: 'consent' },
    ...(refresh === undefined ? {} : { refresh }),
  };
  const client = new OAuthClient(method, {
    config: { clientId: CLIENT.clientId },
    secrets: { clientSecret: CLIENT.clientSecret },
    allowInsecureLoopback: true,
  });
  const pending = await client.beginAuthorization({ redirectUri: REDIRECT_URI });
  const { url } = await new Browser().walk(pending.url, (page) => page.startsWith(REDIRECT_URI));
  const first = await client.completeAuthorization(url, pending);
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'leases'), { mode: 0o700 });
  const token = { ...first, expiresAt: new Date(Date.now() + (isOver ? -1 : 50_000)).toISOString() };
  const store = secretTokenStore({ secrets: fileSecrets(directory) });
  await store.save(
    GRANT,
    { token, obtainedAt: new Date(Date.now() - 3_600_000).toISOString() },
    { expected: undefined },
  );
  return {
    server,
    client,
    first,
    directory,
    run: async (crash) =>
      processes.ask({
        method,
        ...CLIENT,
        directory,
        grantId: GRANT,
        ...(crash ? { crashMark: join(directory, 'crashed') } : {}),
      }),
    liveliness: async (tokens) =>
      Promise.all([...tokens].map(async (each) => (await client.introspect(each)).isActive)),
  };
}

const refreshes = ({ tokenRequests }: AuthorizationServer): string[] =>
  tokenRequests.filter((request) => request.startsWith('refresh_token'));

function tokensOf(outcomes: readonly ProcessOutcome[]): string[] {
  return outcomes.flatMap((outcome) => ('accessToken' in outcome ? [outcome.accessToken] : []));
}

describe(`${PROCESSES} processes that want one rotating grant at once`, { timeout: 600_000 }, () => {
  it('send one refresh, and each gets the token that came of it', async () => {
    const { run, server, liveliness, first, client, directory } = await setUp(true);
    const outcomes = await run(false);
    const tokens = tokensOf(outcomes);
    expect(outcomes.filter((outcome) => !('accessToken' in outcome))).toEqual([]);
    expect(tokens).toHaveLength(PROCESSES);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).not.toBe(first.accessToken);
    expect(refreshes(server)).toEqual(['refresh_token 200']);
    expect(await liveliness(new Set(tokens))).toEqual([true]);
    // The grant goes on from what is stored, and nothing but it and the lease is left.
    const stored = await secretTokenStore({ secrets: fileSecrets(directory) }).load(GRANT);
    expect(stored?.grant.intent).toBeUndefined();
    expect(stored?.grant.token?.accessToken).toBe(tokens[0]);
    await client.refresh(stored?.grant.token ?? first);
    expect(refreshes(server)).toEqual(['refresh_token 200', 'refresh_token 200']);
    expect((await readdir(directory)).sort()).toEqual(['leases', `${encodeURIComponent(GRANT)}.json`]);
  });

  it('hold nothing but live tokens after one of them was killed between answer and store', async () => {
    const { run, server, liveliness, first } = await setUp(false);
    const outcomes = await run(true);
    const tokens = tokensOf(outcomes);
    expect(outcomes.filter((outcome) => 'killed' in outcome)).toHaveLength(1);
    // The lost answer cannot be had again; the token from before it lives on.
    expect(tokens).toHaveLength(PROCESSES - 1);
    expect(new Set(tokens)).toEqual(new Set([first.accessToken]));
    expect(refreshes(server)).toEqual(['refresh_token 200']);
    expect(await liveliness(new Set(tokens))).toEqual([true]);
  });

  it('ask for a user after such a kill where the old token is over, and never send its refresh token again', async () => {
    const { run, server } = await setUp(true);
    const outcomes = await run(true);
    expect(outcomes.filter((outcome) => 'killed' in outcome)).toHaveLength(1);
    const others = outcomes.filter((outcome) => !('killed' in outcome));
    expect(others).toEqual(
      Array.from({ length: PROCESSES - 1 }, () => ({ code: 'AUTH_REQUIRED', reason: 'uncertain' })),
    );
    expect(refreshes(server)).toEqual(['refresh_token 200']);
  });

  it('ask once more after such a kill where the vendor lets them, and each gets what came of that', async () => {
    const { run, server, liveliness } = await setUp(true, {
      // The server accepts the token again, as one that promises an interval does within it.
      isRotating: false,
      refresh: { rotation: 'rotating', reuseIntervalMs: 60_000 },
    });
    const outcomes = await run(true);
    const tokens = tokensOf(outcomes);
    expect(outcomes.filter((outcome) => 'killed' in outcome)).toHaveLength(1);
    expect(tokens).toHaveLength(PROCESSES - 1);
    expect(new Set(tokens).size).toBe(1);
    expect(refreshes(server)).toEqual(['refresh_token 200', 'refresh_token 200']);
    expect(await liveliness(new Set(tokens))).toEqual([true]);
  });
});
