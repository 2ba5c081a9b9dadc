import type { SecretProvider } from '@mortise/secrets';

/** The same backend under an id that is free: its own with `#2`, `#3` and so on behind it. */
export function withAnotherId(provider: SecretProvider, taken: ReadonlySet<string>): SecretProvider {
  let number = 2;
  while (taken.has(`${provider.id}#${number}`)) number += 1;
  const id = `${provider.id}#${number}`;
  return new Proxy(provider, {
    get(target, property) {
      if (property === 'id') return id;
      const value: unknown = Reflect.get(target, property, target);
      // Bound, since private fields are only found on the backend itself.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
