import type { IdempotencyInfo } from './idempotency-info.ts';

/** How well a method works: `emulated` by composing others, `none` throws code `unsupported`. */
export type MethodSupport = 'native' | 'emulated' | 'none';

/** What a provider can do, as data and without I/O. Domains add fields of their own. */
export interface CapabilityDescription {
  /** Optional methods by name. One that is not listed is supported when it is there. */
  readonly methods?: Readonly<Record<string, MethodSupport>>;
  readonly idempotency?: IdempotencyInfo;
}

/** The provider with a method that is known to be there. */
export type WithMethod<Provider, Method extends keyof Provider> = Provider & {
  readonly [Name in Method]-?: NonNullable<Provider[Name]>;
};

/** Whether an optional method is there and not declared unsupported. Narrows the type, so that it can be called. */
export function supports<Provider extends object, Method extends keyof Provider & string>(
  provider: Provider,
  method: Method,
): provider is WithMethod<Provider, Method> {
  return typeof provider[method] === 'function' && declaredSupport(provider, method) !== 'none';
}

function declaredSupport(provider: object, method: string): unknown {
  const capabilities: unknown = Reflect.get(provider, 'capabilities');
  if (typeof capabilities !== 'object' || capabilities === null) return undefined;
  const methods: unknown = Reflect.get(capabilities, 'methods');
  if (typeof methods !== 'object' || methods === null || !Object.hasOwn(methods, method)) return undefined;
  return Reflect.get(methods, method);
}
