/** A value as callers without types may pass it, whatever type is asked for. */
export function asIf(value: unknown): never {
  const holder: { readonly value: never } = Object.assign(Object.create(null), { value });
  return holder.value;
}
