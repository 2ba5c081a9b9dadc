import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Names of the Scaleway packages that a process of its own loads while it runs this. */
async function packagesLoadedBy(script: string): Promise<string[]> {
  const source = `
    import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({
      resolve: (specifier, context, next) => {
        const [name] = /^@scaleway\\/[^/]+/.exec(specifier) ?? [];
        if (name !== undefined) loaded.add(name);
        return next(specifier, context);
      },
    });
    const { ScalewaySecretManagerProvider } = await import(${JSON.stringify(import.meta.resolve('./index.ts'))});
    ${script}
    process.stdout.write(JSON.stringify([...loaded].sort()));
  `;
  const flags = ['--conditions=@mortise/source', '--no-warnings', '--input-type=module', '--eval', source];
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd });
  const names: unknown = JSON.parse(stdout);
  return Array.isArray(names) ? names.map(String) : [];
}

it('loads the SDK at the first call, not before', { timeout: 20_000 }, async () => {
  const make = `const provider = new ScalewaySecretManagerProvider({ token: 't', env: {}, baseUrl: 'http://127.0.0.1:1' });
    provider.canHandle('scw://secret-manager/key');`;
  expect(await packagesLoadedBy(make)).toEqual([]);
  const read = `await provider.getSecret('scw://secret-manager/fr-par/key?project=p').catch(() => {});`;
  const loaded = await packagesLoadedBy(`${make}\n${read}`);
  expect(loaded).toContain('@scaleway/sdk-secret');
  expect(loaded).not.toContain('@scaleway/sdk');
});
