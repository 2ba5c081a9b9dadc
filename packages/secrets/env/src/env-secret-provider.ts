import {
  createSecretValue,
  describeSecretReference,
  type SecretFetchOptions,
  type SecretProvider,
  SecretProviderError,
  type SecretProviderErrorCode,
  type SecretReference,
  secretReferenceScheme,
  type SecretRotationResult,
  type SecretValue,
} from '@mortise/secrets';
import { type Environment, type EnvironmentSource, isVariableName, toEnvironmentReader } from './environment.ts';
import { compileAllowList } from './variable-allow-list.ts';
import { CURRENT_VERSION, toCanonical, toVariableName, type VariableLookup } from './variable-names.ts';

export interface EnvSecretProviderOptions {
  /** Default `process.env`, looked up at each read; empty in a runtime without it. */
  readonly env?: EnvironmentSource;
  /**
   * Names that may be read: `'MISTRAL_API_KEY'`, a prefix as `'TENANT_*'`, or an expression that must match the whole
   * name. Default: every name that a reference spells out, so give a list wherever tenants can write references.
   */
  readonly allow?: readonly (string | RegExp)[];
  /** Variable by reference: `{ 'vault://llm/mistral': 'MISTRAL_API_KEY' }`. `allow`, when given, holds for them too. */
  readonly aliases?: Readonly<Record<SecretReference, string>>;
  /**
   * Default `none`: only `env://NAME` and aliases. `seed`: also bare names, `?env=NAME` on any reference, and names
   * derived from a path; then `canHandle` says whether the variable is set, and versions are ignored. With it a
   * variable of the host can take the place of any tenant's secret, so it is for development.
   */
  readonly derivedNames?: 'none' | 'seed';
  /** Whether a variable set to the empty string counts as not set. Default true. */
  readonly emptyIsMissing?: boolean;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

/** Enough for any host's references; a tenant that invents more only makes lookups slower. */
const MAX_REMEMBERED_REFERENCES = 1000;

/** A reference whose variable is known, with the bytes of the text last seen there. */
interface Binding {
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  text: string | undefined;
  bytes: Uint8Array;
}

/**
 * Reads secrets from environment variables and never writes any.
 *
 * The environment is the host's own, so `hostOwned` is true: a connection with a tenant's own credentials reaches it
 * only where the host says so. Values have the version `current`.
 *
 * @throws {SecretProviderError} From every method but `canHandle`. `NOT_FOUND`: not set, or empty; `INVALID`: the
 *   reference names no variable, or a version was asked for; `FORBIDDEN`: not on the allow-list; `READ_ONLY`: a write.
 */
export class EnvSecretProvider implements SecretProvider {
  readonly id = 'env';
  readonly writable = false;
  readonly hostOwned = true;
  readonly #readEnvironment: () => Environment;
  readonly #isAllowed: (name: string) => boolean;
  readonly #aliases: ReadonlyMap<SecretReference, string>;
  readonly #derivedNames: 'none' | 'seed';
  readonly #emptyIsMissing: boolean;
  readonly #now: () => number;
  readonly #bindings = new Map<SecretReference, Binding>();

  /** @throws {SecretProviderError} `INVALID`: an alias or an entry of the allow-list is no variable name. */
  constructor(options: EnvSecretProviderOptions = {}) {
    this.#readEnvironment = toEnvironmentReader(options.env);
    this.#isAllowed = toAllowList(options.allow);
    this.#aliases = toAliases(options.aliases ?? {}, this.#isAllowed);
    this.#derivedNames = options.derivedNames ?? 'none';
    this.#emptyIsMissing = options.emptyIsMissing ?? true;
    this.#now = options.now ?? Date.now;
  }

  canHandle(reference: SecretReference): boolean {
    if (this.#derivedNames === 'none') {
      return (
        secretReferenceScheme(reference) === 'env' || (this.#aliases.size > 0 && 'name' in this.#lookUp(reference))
      );
    }
    const lookup = this.#lookUp(reference);
    return 'name' in lookup && this.#isAllowed(lookup.name) && this.#isSet(this.#readText(lookup.name));
  }

  async getSecret(reference: SecretReference, options?: SecretFetchOptions): Promise<SecretValue> {
    options?.signal?.throwIfAborted();
    if (options?.excludeHostOwned === true) {
      throw failure('FORBIDDEN', reference, "the environment is the host's own and is not open to this connection");
    }
    this.#checkVersion(reference, options?.version);
    const binding = this.#bindings.get(reference) ?? this.#bind(reference);
    const text = this.#readEnvironment()[binding.name];
    if (text !== binding.text || text === undefined) this.#update(binding, reference);
    return createSecretValue({
      data: binding.bytes,
      version: CURRENT_VERSION,
      metadata: binding.metadata,
      retrievedAt: this.#now(),
    });
  }

  async setSecret(reference: SecretReference): Promise<SecretRotationResult> {
    throw readOnly(reference);
  }

  async rotateSecret(reference: SecretReference): Promise<SecretRotationResult> {
    throw readOnly(reference);
  }

  async deleteSecret(reference: SecretReference): Promise<void> {
    throw readOnly(reference);
  }

  #lookUp(reference: SecretReference): VariableLookup {
    return toVariableName(reference, { aliases: this.#aliases, derivedNames: this.#derivedNames });
  }

  #bind(reference: SecretReference): Binding {
    const lookup = this.#lookUp(reference);
    if ('fault' in lookup) throw failure('INVALID', reference, lookup.fault);
    const { name } = lookup;
    if (!this.#isAllowed(name)) {
      throw failure('FORBIDDEN', reference, `the variable ${name} is not on the allow-list`);
    }
    const binding: Binding = {
      name,
      metadata: Object.freeze({ source: 'env', envKey: name }),
      text: undefined,
      bytes: new Uint8Array(),
    };
    if (this.#bindings.size >= MAX_REMEMBERED_REFERENCES) this.#bindings.clear();
    this.#bindings.set(reference, binding);
    return binding;
  }

  #update(binding: Binding, reference: SecretReference): void {
    const text = this.#readText(binding.name);
    if (!this.#isSet(text)) {
      binding.text = undefined;
      binding.bytes = new Uint8Array();
      const state = text === undefined ? 'is not set' : 'is set, but empty';
      throw failure('NOT_FOUND', reference, `the variable ${binding.name} ${state}`);
    }
    binding.text = text;
    binding.bytes = new TextEncoder().encode(text);
  }

  /** The variable's own text; what the environment object inherits, as `constructor`, is no variable. */
  #readText(name: string): string | undefined {
    const environment = this.#readEnvironment();
    const text: unknown = Object.hasOwn(environment, name) ? environment[name] : undefined;
    return typeof text === 'string' ? text : undefined;
  }

  #isSet(text: string | undefined): text is string {
    return text !== undefined && !(text === '' && this.#emptyIsMissing);
  }

  #checkVersion(reference: SecretReference, version: string | undefined): void {
    if (version === undefined || version === CURRENT_VERSION || this.#derivedNames === 'seed') return;
    throw failure('INVALID', reference, `a variable has no version but "${CURRENT_VERSION}"`);
  }
}

function toAllowList(entries: EnvSecretProviderOptions['allow']): (name: string) => boolean {
  if (entries === undefined) return () => true;
  const list = compileAllowList(entries);
  if ('isAllowed' in list) return list.isAllowed;
  throw misconfigured(
    `allow: ${JSON.stringify(list.badEntry)} is neither a variable name nor a prefix such as "LLM_*"`,
  );
}

function toAliases(
  aliases: Readonly<Record<SecretReference, string>>,
  isAllowed: (name: string) => boolean,
): ReadonlyMap<SecretReference, string> {
  const names = new Map<SecretReference, string>();
  for (const [reference, name] of Object.entries(aliases)) {
    const subject = JSON.stringify(describeSecretReference(reference));
    if (!isVariableName(name)) throw misconfigured(`aliases: what ${subject} stands for is no variable name`);
    if (!isAllowed(name)) throw misconfigured(`aliases: ${subject} stands for ${name}, which is not on the allow-list`);
    names.set(reference, name);
    const canonical = toCanonical(reference);
    if (canonical !== undefined) names.set(canonical, name);
  }
  return names;
}

function misconfigured(fault: string): SecretProviderError {
  return new SecretProviderError({
    code: 'INVALID',
    message: `EnvSecretProvider options, ${fault}`,
    provider: 'env',
    reference: '',
  });
}

function readOnly(reference: SecretReference): SecretProviderError {
  return failure('READ_ONLY', reference, 'the environment takes no writes');
}

function failure(code: SecretProviderErrorCode, reference: SecretReference, fault: string): SecretProviderError {
  const subject = JSON.stringify(describeSecretReference(reference));
  return new SecretProviderError({
    code,
    message: `Environment secret ${subject} is not available: ${fault}`,
    provider: 'env',
    reference,
  });
}
