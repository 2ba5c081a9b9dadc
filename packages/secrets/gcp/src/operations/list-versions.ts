import { formatSecretName, readVersionNumber } from '../reference/resource-name.ts';
import { type GcpOperation, invoke } from './gcp-operation.ts';

/** Far more than a service that keeps its word needs, which sends the newest first. */
const MAX_PAGES = 100;

/**
 * Number of the newest version that is enabled, other than `except`. A page may come back empty with more to follow.
 */
export async function findNewestEnabled(operation: GcpOperation, except?: string): Promise<string | undefined> {
  const { client, name } = operation;
  let pageToken = '';
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const request = { parent: formatSecretName(name), filter: 'state:ENABLED', pageSize: 2, pageToken };
    const [versions, , response] = await invoke(operation, 'ListSecretVersions', (options) =>
      client.listSecretVersions(request, options),
    );
    for (const version of versions) {
      const found = readVersionNumber(version.name, name);
      if (found !== undefined && found !== except) return found;
    }
    const next = response?.nextPageToken;
    if (typeof next !== 'string' || next === '' || next === pageToken) return undefined;
    pageToken = next;
  }
  return undefined;
}
