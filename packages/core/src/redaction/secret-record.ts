import { INSPECT, SECRET_MARKER } from './secret.ts';
import { REDACTED } from './text-ranges.ts';

/**
 * Without `Object.prototype` behind it, so that a field named `constructor` is absent unless it was given.
 * `toPrimitive` comes before `toString`, so that a field named `toString` does not open a way out.
 */
const PROTOTYPE: object = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.create(null, {
    [SECRET_MARKER]: { value: true },
    toJSON: { value: maskFields },
    [INSPECT]: { value: maskFields },
    [Symbol.toPrimitive]: { value: () => REDACTED },
    [Symbol.toStringTag]: { value: 'SecretRecord' },
    toString: { value: () => REDACTED },
  }),
);

/**
 * A frozen copy of named secrets whose fields read as plain strings while JSON, `util.inspect`, `console.log` and string
 * coercion show `[redacted]` for each. Taking the fields apart (`{ ...secrets }`, `Object.values`, `structuredClone`)
 * gives the plain values, as does inspection with `customInspect: false` or in a browser's console.
 *
 * A field named `toJSON` is left out: JSON would look there for its function and then print every other field.
 */
export function createSecretRecord<Fields extends Readonly<Record<string, string>>>(fields: Fields): Readonly<Fields> {
  const record = { __proto__: PROTOTYPE, ...fields };
  if (Object.hasOwn(record, 'toJSON')) Reflect.deleteProperty(record, 'toJSON');
  return Object.freeze(record);
}

function maskFields(this: Readonly<Record<string, string>>): Record<string, string> {
  const masked: Record<string, string> = { ...this };
  for (const name of Object.keys(masked)) masked[name] = REDACTED;
  return masked;
}
