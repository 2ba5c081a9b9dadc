import type { PackageFiles, Subject } from './kinds.ts';

/** A read-only backend over a port that the backend's SDK will fill, tested against a fake of that port. */
export function secretBackendFiles({ name, packageName, pascal }: Subject): PackageFiles {
  return {
    'src/index.ts': `export type { ${pascal}Client } from './${name}-client.ts';
export { ${pascal}SecretProvider } from './${name}-secret-provider.ts';
`,
    [`src/${name}-client.ts`]: `/** The one thing that is needed of the backend. Its SDK goes behind this, so that tests need no network. */
export interface ${pascal}Client {
  /** The stored bytes and their version, or undefined when the backend answered and holds none. */
  access(
    name: string,
    options: { readonly version?: string; readonly signal?: AbortSignal },
  ): Promise<{ readonly data: Uint8Array; readonly version: string } | undefined>;
}
`,
    [`src/${name}-secret-provider.ts`]: `import {
  createSecretValue,
  describeSecretReference,
  parseSecretUri,
  type SecretFetchOptions,
  type SecretProvider,
  SecretProviderError,
  type SecretProviderErrorCode,
  type SecretReference,
  secretReferenceScheme,
  type SecretValue,
} from '@mortise/secrets';
import type { ${pascal}Client } from './${name}-client.ts';

/** Reads secrets under \`${name}://<name>\` references. Writes are refused. */
export class ${pascal}SecretProvider implements SecretProvider {
  readonly id = '${name}';
  readonly writable = false;
  readonly #client: ${pascal}Client;

  constructor(client: ${pascal}Client) {
    this.#client = client;
  }

  canHandle(reference: SecretReference): boolean {
    return secretReferenceScheme(reference) === this.id;
  }

  /** @throws {SecretProviderError} \`NOT_FOUND\`, or \`UNAVAILABLE\` when the backend cannot be asked. */
  async getSecret(reference: SecretReference, options: SecretFetchOptions = {}): Promise<SecretValue> {
    const { path } = parseSecretUri(reference);
    const found = await this.#access(reference, path, options);
    if (found === undefined) throw this.#error('NOT_FOUND', 'holds nothing under', reference);
    return createSecretValue({ ...found, retrievedAt: new Date() });
  }

  setSecret(reference: SecretReference): Promise<never> {
    return Promise.reject(this.#error('READ_ONLY', 'does not write', reference));
  }

  rotateSecret(reference: SecretReference): Promise<never> {
    return Promise.reject(this.#error('READ_ONLY', 'does not rotate', reference));
  }

  deleteSecret(reference: SecretReference): Promise<never> {
    return Promise.reject(this.#error('READ_ONLY', 'does not delete', reference));
  }

  async #access(reference: SecretReference, name: string, options: SecretFetchOptions): ReturnType<${pascal}Client['access']> {
    const { version, signal } = options;
    try {
      return await this.#client.access(name, { ...(version !== undefined && { version }), ...(signal && { signal }) });
    } catch (error) {
      // An abort is not a failure of the backend.
      signal?.throwIfAborted();
      throw this.#error('UNAVAILABLE', 'could not be asked for', reference, error);
    }
  }

  #error(code: SecretProviderErrorCode, verb: string, reference: SecretReference, cause?: unknown): SecretProviderError {
    const message = \`Backend "\${this.id}" \${verb} \${describeSecretReference(reference)}\`;
    return new SecretProviderError({ code, message, provider: this.id, reference, cause });
  }
}
`,
    [`src/${name}-secret-provider.test.ts`]: `import { describe, expect, it } from 'vitest';
import { ${pascal}SecretProvider } from './${name}-secret-provider.ts';

const REFERENCE = '${name}://api-key';
const data = new TextEncoder().encode('canary-4711');

const holding = new ${pascal}SecretProvider({ access: (name) => Promise.resolve(name === 'api-key' ? { data, version: '2' } : undefined) });
const down = new ${pascal}SecretProvider({ access: () => Promise.reject(new TypeError('canary-4711 leaked by an SDK')) });

describe('${pascal}SecretProvider', () => {
  it('handles its own references only', () => {
    expect(holding.canHandle(REFERENCE)).toBe(true);
    expect(holding.canHandle('env://api-key')).toBe(false);
  });

  it('reads what the backend holds, with its version', async () => {
    const value = await holding.getSecret(REFERENCE);
    expect(new TextDecoder().decode(value.data)).toBe('canary-4711');
    expect(value.version).toBe('2');
  });

  it('says that nothing is there, so that a manager may ask the next backend', async () => {
    await expect(holding.getSecret('${name}://other')).rejects.toMatchObject({ code: 'NOT_FOUND', retryable: false });
  });

  it('says that the backend cannot be asked, without what its client said', async () => {
    const error: unknown = await down.getSecret(REFERENCE).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(JSON.stringify(error)).not.toContain('canary');
  });

  it('rejects with the reason of an abort', async () => {
    const signal = AbortSignal.abort('enough');
    await expect(down.getSecret(REFERENCE, { signal })).rejects.toBe('enough');
  });

  it.each(['setSecret', 'rotateSecret', 'deleteSecret'] as const)('refuses %s', async (method) => {
    await expect(holding[method](REFERENCE)).rejects.toMatchObject({ code: 'READ_ONLY' });
  });
});
`,
    'example.ts': `import { SecretProviderManager } from '@mortise/secrets';
import { ${pascal}SecretProvider } from '${packageName}';

const provider = new ${pascal}SecretProvider({
  access: (name) => Promise.resolve({ data: new TextEncoder().encode(\`secret of \${name}\`), version: '1' }),
});
const secrets = new SecretProviderManager().register(provider);

const { data, version } = await secrets.getSecret('${name}://mistral/api-key');
console.log(version, data.length); // 1 25
`,
  };
}
