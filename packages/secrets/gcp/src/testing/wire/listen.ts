import type { Server } from 'node:net';
import { GcpSecretServerError } from '../gcp-secret-server-error.ts';

export const HOST = '127.0.0.1';

/** Listens on any free port of loopback. @returns The port. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, resolve);
  });
  const address = server.address();
  if (address !== null && typeof address === 'object') return address.port;
  throw new GcpSecretServerError('INVALID_ARGUMENT', 'The server has no TCP port');
}
