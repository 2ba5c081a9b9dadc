import { join } from 'node:path';
import { IntegrationCallGuard } from '@mortise/runtime';
import { Databases } from './calls/sql.ts';
import { createCredentials, storeCredentials } from './credentials.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Reporter } from './report/reporter.ts';
import type { Stage } from './scenarios/scenario.ts';
import { startLlmServer } from './servers/llm-server.ts';
import { startPostgres } from './servers/postgres.ts';
import { prepareDatabase } from './servers/prepare-database.ts';
import type { TelemetryLog } from './telemetry.ts';
import { resolveTenants } from './tenants.ts';
import { createWorkspace } from './workspace.ts';

export interface SetUpOptions {
  readonly lifecycle: Lifecycle;
  readonly reporter: Reporter;
  readonly telemetry: TelemetryLog;
}

/** Starts the servers, stores the credentials, resolves the tenants and makes the guard. */
export async function setUp({ lifecycle, reporter, telemetry }: SetUpOptions): Promise<Omit<Stage, 'call'>> {
  const { signal } = lifecycle;
  const credentials = await createCredentials();
  const directory = await createWorkspace(lifecycle);

  reporter.step('Starting PostgreSQL');
  const postgres = await startPostgres({
    lifecycle,
    directory: join(directory, 'postgres'),
    superuserPassword: credentials.superuserPassword,
  });
  const databaseUrls = await prepareDatabase(postgres, {
    host: credentials.hostDatabasePassword,
    tenant: credentials.tenantDatabasePassword,
  });
  const databases = new Databases();
  lifecycle.onEnd(() => databases.close());

  reporter.step('Starting the language-model server');
  const llm = await startLlmServer({ lifecycle, apiKeys: [credentials.hostApiKey, credentials.tenantApiKey] });

  reporter.step('Storing credentials in the environment and the encrypted vault');
  const secrets = await storeCredentials({ lifecycle, credentials, databaseUrls, directory });

  const tenants = resolveTenants();
  const guard = new IntegrationCallGuard(secrets.manager, { telemetry });
  signal.throwIfAborted();
  return { guard, telemetry, tenants, llm, databases, secrets, credentials, signal };
}
