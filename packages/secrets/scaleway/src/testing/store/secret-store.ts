import { randomUUID } from 'node:crypto';
import { ApiRefusal, notFound, preconditionFailed } from './api-refusal.ts';
import { type SecretProperties, StoredSecret } from './stored-secret.ts';
import { DELETION_DELAY_MS } from './stored-version.ts';

export interface StoreQuotas {
  /** Secrets of one project, those scheduled for deletion included. */
  readonly secrets?: number;
  readonly versionsPerSecret?: number;
}

export interface StoreOptions {
  readonly quotas: StoreQuotas;
  /** Whether the name of a secret that is scheduled for deletion can be used again. */
  readonly isNameReusable: boolean;
}

export type NewSecret = Omit<SecretProperties, 'id' | 'createdAt'>;

/** All secrets of all regions and projects. */
export class SecretStore {
  readonly #options: StoreOptions;
  readonly #secrets = new Map<string, StoredSecret>();

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  /** Lets time do its work, before each request. */
  age(now: number): void {
    for (const [id, secret] of this.#secrets) {
      secret.age(now);
      const { deletionRequestedAt } = secret;
      if (deletionRequestedAt !== undefined && now >= deletionRequestedAt + DELETION_DELAY_MS) this.#secrets.delete(id);
    }
  }

  all(): StoredSecret[] {
    return [...this.#secrets.values()];
  }

  inRegion(region: string): StoredSecret[] {
    return this.all().filter(({ properties }) => properties.region === region);
  }

  byId(region: string, id: string): StoredSecret {
    const secret = this.#secrets.get(id);
    if (secret === undefined || secret.properties.region !== region) throw notFound('secret', id);
    return secret;
  }

  byPlace(region: string, projectId: string, path: string, name: string): StoredSecret {
    const found = this.#at({ region, projectId, path, name }).find(
      ({ deletionRequestedAt }) => deletionRequestedAt === undefined,
    );
    if (found === undefined) throw notFound('secret', name);
    return found;
  }

  create(secret: NewSecret, now: number): StoredSecret {
    this.#assertFree(secret);
    const { secrets: quota } = this.#options.quotas;
    const current = this.all().filter(({ properties }) => properties.projectId === secret.projectId).length;
    if (quota !== undefined && current >= quota) throw quotaExceeded('secrets', quota, current, secret.projectId);
    const created = new StoredSecret({ ...secret, id: randomUUID(), createdAt: now });
    this.#secrets.set(created.properties.id, created);
    return created;
  }

  /** Refuses one more version where the quota is used up. */
  assertRoom(secret: StoredSecret): void {
    const { versionsPerSecret: quota } = this.#options.quotas;
    if (quota === undefined || secret.versionCount < quota) return;
    throw quotaExceeded('secret_versions', quota, secret.versionCount, secret.properties.projectId);
  }

  move(secret: StoredSecret, place: { readonly name: string; readonly path: string }, now: number): void {
    const { properties } = secret;
    if (place.name !== properties.name || place.path !== properties.path) {
      this.#assertFree({ ...properties, ...place });
      properties.name = place.name;
      properties.path = place.path;
    }
    secret.updatedAt = now;
  }

  /** Takes effect in seven days, or at once where the secret is ephemeral. */
  delete(secret: StoredSecret, now: number): void {
    secret.assertUsable();
    if (secret.properties.isProtected) {
      throw preconditionFailed('protected_resource', 'cannot delete a protected secret');
    }
    if (secret.properties.policy === undefined) secret.deletionRequestedAt = now;
    else this.#secrets.delete(secret.properties.id);
    secret.updatedAt = now;
  }

  restore(secret: StoredSecret, now: number): void {
    if (secret.deletionRequestedAt === undefined) {
      throw preconditionFailed('resource_not_usable', 'secret is not about to go');
    }
    const isTaken = this.#at(secret.properties).some((other) => other.deletionRequestedAt === undefined);
    if (isTaken) throw alreadyExists(secret.properties);
    secret.deletionRequestedAt = undefined;
    secret.updatedAt = now;
  }

  #assertFree(secret: NewSecret): void {
    const holder = this.#at(secret).find(
      ({ deletionRequestedAt }) => deletionRequestedAt === undefined || !this.#options.isNameReusable,
    );
    if (holder !== undefined) throw alreadyExists(holder.properties);
  }

  #at(place: Pick<SecretProperties, 'region' | 'projectId' | 'path' | 'name'>): StoredSecret[] {
    return this.inRegion(place.region).filter(
      ({ properties: { projectId, path, name } }) =>
        projectId === place.projectId && path === place.path && name === place.name,
    );
  }
}

function alreadyExists({ id }: SecretProperties): ApiRefusal {
  const help = 'a secret with this name exists in this path';
  return new ApiRefusal('already_exists', { resource: 'secret', resource_id: id, help_message: help });
}

function quotaExceeded(resource: string, quota: number, current: number, projectId: string): ApiRefusal {
  return new ApiRefusal('quotas_exceeded', { details: [{ resource, quota, current, project_id: projectId }] });
}
