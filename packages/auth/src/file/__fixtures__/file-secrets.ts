import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WritableSecretBackend } from '../../keeper/secret-backend.ts';

/** The least secret backend that processes can share: a file for each secret, replaced as a whole. Nothing compares. */
export function fileSecrets(directory: string): WritableSecretBackend {
  const pathOf = (reference: string): string => join(directory, `${encodeURIComponent(reference)}.json`);
  return {
    id: 'files',
    getSecret: async (reference) => {
      const text = await readFile(pathOf(reference), 'utf8').catch((cause: unknown) => {
        throw Object.assign(new Error('no such secret', { cause }), { code: 'NOT_FOUND' });
      });
      const { version, data }: { version: string; data: string } = JSON.parse(text);
      return { data: new TextEncoder().encode(data), version, retrievedAt: new Date() };
    },
    setSecret: async (reference, { data }) => {
      const version = randomUUID();
      const draft = `${pathOf(reference)}.${version}`;
      await writeFile(draft, JSON.stringify({ version, data }), { mode: 0o600 });
      await rename(draft, pathOf(reference));
      return { version };
    },
  };
}
