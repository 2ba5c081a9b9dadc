/**
 * A writer in a process of its own: writes `count` versions of each reference and prints a line of JSON for every write
 * that was acknowledged. Usage: write-versions.ts <directory> <name> <count> <maxVersions> <reference>…
 */
import { writeSync } from 'node:fs';
import { env } from 'node:process';
import { openFileVault } from '../index.ts';

const [directory = '', name = '', count = '', maxVersions = '', ...references] = process.argv.slice(2);

const vault = await openFileVault({
  directory,
  identity: env['VAULT_IDENTITY'] ?? '',
  maxVersions: Number(maxVersions),
});
for (let index = 0; index < Number(count); index += 1) {
  for (const reference of references) {
    const text = `${name}:${index}`;
    const { version } = await vault.setSecret(reference, { data: text });
    // Synchronous, so that an acknowledged write is told before the process can be killed in the next one.
    writeSync(1, `${JSON.stringify({ reference, version, text })}\n`);
  }
}
await vault.close();
