import { SECRET_TYPES, type SecretType } from '../store/payload-type.ts';
import type { EphemeralPolicy, EphemeralProperties } from '../store/stored-version.ts';

/** Reads fields of a body whose types have been checked. Null and absent are one. */
export class Fields {
  readonly #body: Readonly<Record<string, unknown>>;

  constructor(body: Readonly<Record<string, unknown>>) {
    this.#body = body;
  }

  text(name: string): string | undefined {
    const value = this.#body[name];
    return typeof value === 'string' ? value : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.#body[name];
    return typeof value === 'boolean' ? value : undefined;
  }

  count(name: string): number | undefined {
    const value = this.#body[name];
    return typeof value === 'number' ? value : undefined;
  }

  texts(name: string): readonly string[] | undefined {
    const value = this.#body[name];
    return Array.isArray(value) ? value.map(String) : undefined;
  }

  nested(name: string): Fields | undefined {
    const value = this.#body[name];
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Fields({ ...value }) : undefined;
  }

  secretType(): SecretType {
    return SECRET_TYPES.find((type) => type === this.#body['type']) ?? 'opaque';
  }

  policy(): EphemeralPolicy | undefined {
    const policy = this.nested('ephemeral_policy');
    if (policy === undefined) return undefined;
    const timeToLive = policy.text('time_to_live');
    return {
      ...policy.ending(),
      ...(timeToLive === undefined ? {} : { timeToLiveMs: Number.parseFloat(timeToLive) * 1000 }),
    };
  }

  properties(): EphemeralProperties | undefined {
    const properties = this.nested('ephemeral_properties');
    if (properties === undefined) return undefined;
    const expiresAt = properties.text('expires_at');
    return { ...properties.ending(), ...(expiresAt === undefined ? {} : { expiresAt: Date.parse(expiresAt) }) };
  }

  ending(): { readonly action: 'delete' | 'disable'; readonly expiresOnceAccessed?: boolean } {
    const expiresOnceAccessed = this.flag('expires_once_accessed');
    return {
      action: this.text('action') === 'delete' ? 'delete' : 'disable',
      ...(expiresOnceAccessed === undefined ? {} : { expiresOnceAccessed }),
    };
  }
}
