import { Client } from 'pg';
import type { DatabaseUrls } from '../credentials.ts';
import type { PostgresServer } from './postgres.ts';

export interface TenantPasswords {
  readonly host: string;
  readonly tenant: string;
}

/** Gives each tenant a role and a schema of its own, as a careful administrator would. */
export async function prepareDatabase(server: PostgresServer, passwords: TenantPasswords): Promise<DatabaseUrls> {
  const client = new Client({ host: server.host, port: server.port, database: 'postgres', ...server.superuser });
  await client.connect();
  try {
    for (const [role, password] of [
      ['acme', passwords.host],
      ['globex', passwords.tenant],
    ] as const) {
      await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
      await client.query(`CREATE SCHEMA AUTHORIZATION ${role}`);
    }
  } finally {
    await client.end();
  }
  return { host: urlFor(server, 'acme', passwords.host), tenant: urlFor(server, 'globex', passwords.tenant) };
}

function urlFor({ host, port }: PostgresServer, role: string, password: string): string {
  return `postgresql://${role}:${encodeURIComponent(password)}@${host}:${port}/postgres`;
}
