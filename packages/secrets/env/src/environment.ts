/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where variables come from: an object, or a function that gives it anew for each read. */
export type EnvironmentSource = Environment | (() => Environment);

/** What may be a variable's name; POSIX allows no other in portable use. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function isVariableName(text: string): boolean {
  return NAME.test(text);
}

/** Turns a source into a function. Default: `process.env` of the host, looked up at each read; empty where there is none. */
export function toEnvironmentReader(source: EnvironmentSource | undefined): () => Environment {
  if (source === undefined) return readProcessEnvironment;
  return typeof source === 'function' ? source : () => source;
}

const EMPTY: Environment = Object.freeze({});

function readProcessEnvironment(): Environment {
  // Looked up by name: not every runtime has `process`, and a bundler must not replace it with a copy.
  const host: unknown = Reflect.get(globalThis, 'process');
  return hasEnvironment(host) ? host.env : EMPTY;
}

function hasEnvironment(host: unknown): host is { readonly env: Environment } {
  return (
    typeof host === 'object' && host !== null && 'env' in host && typeof host.env === 'object' && host.env !== null
  );
}
