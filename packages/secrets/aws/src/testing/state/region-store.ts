import { randomBytes } from 'node:crypto';
import { invalidRequest, notFound } from '../service-error.ts';
import type { StoredSecret } from './stored-secret.ts';

/** Letters of the six characters at the end of an ARN. */
const SUFFIX_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const MARKED = "You can't perform this operation on the secret because it was marked for deletion.";

/** The secrets of one region. */
export class RegionStore {
  readonly region: string;
  readonly #account: string;
  readonly #now: () => number;
  readonly #secrets = new Map<string, StoredSecret>();

  constructor(region: string, account: string, now: () => number) {
    this.region = region;
    this.#account = account;
    this.#now = now;
  }

  now(): Date {
    return new Date(this.#now());
  }

  /** All secrets, those that are scheduled for deletion included, oldest first. */
  list(): StoredSecret[] {
    for (const [name, { deletion }] of this.#secrets) {
      if (deletion !== undefined && deletion.dueAt.getTime() <= this.#now()) this.#secrets.delete(name);
    }
    return [...this.#secrets.values()];
  }

  /** By name, ARN, or ARN without its last hyphen and six characters. */
  find(secretId: string): StoredSecret | undefined {
    return this.list().find(({ name, arn }) => name === secretId || arn === secretId || arn.slice(0, -7) === secretId);
  }

  /** @throws {ServiceError} `ResourceNotFoundException`. */
  get(secretId: string): StoredSecret {
    const secret = this.find(secretId);
    if (secret === undefined) throw notFound();
    return secret;
  }

  /** @throws {ServiceError} Also `InvalidRequestException` for a secret that is scheduled for deletion. */
  getUsable(secretId: string): StoredSecret {
    const secret = this.get(secretId);
    if (secret.deletion !== undefined) throw invalidRequest(MARKED);
    return secret;
  }

  add(secret: StoredSecret): void {
    this.#secrets.set(secret.name, secret);
  }

  remove(secret: StoredSecret): void {
    this.#secrets.delete(secret.name);
  }

  /** A new ARN for a secret of this name. */
  arnFor(name: string): string {
    const suffix = [...randomBytes(6)].map((byte) => SUFFIX_LETTERS.charAt(byte % SUFFIX_LETTERS.length)).join('');
    const { region } = this;
    return `arn:${partitionOf(region)}:secretsmanager:${region}:${this.#account}:secret:${name}-${suffix}`;
  }
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  const iso = /^(?:us|eu)-iso([a-z]?)-/.exec(region)?.[1];
  if (iso === undefined) return 'aws';
  return iso === '' ? 'aws-iso' : `aws-iso-${iso}`;
}
