/**
 * A process that wants access tokens. Prints `ready`; then takes settings, a line of JSON each, asks a keeper of its own,
 * and prints what came of it as a line of JSON. Ends with its input.
 */
import { writeFileSync, writeSync } from 'node:fs';
import { kill, pid, stdin } from 'node:process';
import { createInterface } from 'node:readline';
import { AuthError } from '../../errors/auth-error.ts';
import { OAuthTokenKeeper } from '../../keeper/oauth-token-keeper.ts';
import { secretTokenStore } from '../../keeper/secret-token-store.ts';
import { refreshTokenSource } from '../../keeper/token-source.ts';
import { OAuthClient } from '../../oauth/oauth-client.ts';
import { FileLeaseStore } from '../file-lease-store.ts';
import { fileSecrets } from './file-secrets.ts';
import type { KeeperProgramSettings } from './keeper-process.ts';

writeSync(1, 'ready\n');
for await (const line of createInterface(stdin)) {
  writeSync(1, `${JSON.stringify(await outcomeOf(JSON.parse(line)))}\n`);
}

async function outcomeOf(settings: KeeperProgramSettings): Promise<object> {
  const { method, directory, grantId, crashMark } = settings;
  const client = new OAuthClient(method, {
    config: { clientId: settings.clientId },
    secrets: { clientSecret: settings.clientSecret },
    allowInsecureLoopback: true,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      const text = await response.text();
      // The first process that gets an answer dies before it can store it.
      if (crashMark !== undefined && response.ok && isFirst(crashMark)) kill(pid, 'SIGKILL');
      return new Response(text, { status: response.status, headers: response.headers });
    },
  });
  const keeper = new OAuthTokenKeeper({
    source: refreshTokenSource(client),
    store: secretTokenStore({ secrets: fileSecrets(directory) }),
    leases: new FileLeaseStore({ directory: `${directory}/leases` }),
    // Sixty-four processes may share one core. Where one dies, the others wait for the end of its lease.
    ...(crashMark === undefined
      ? { renewalTimeoutMs: 30_000, storeTimeoutMs: 30_000, leaseMs: 90_000 }
      : { renewalTimeoutMs: 5_000, storeTimeoutMs: 5_000, leaseMs: 15_000 }),
    waitMs: 120_000,
  });
  try {
    const { accessToken } = await keeper.accessToken(grantId);
    return { accessToken };
  } catch (error) {
    return AuthError.is(error) ? { code: error.code, reason: error.reason } : { code: String(error) };
  }
}

function isFirst(mark: string): boolean {
  try {
    writeFileSync(mark, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}
