import { encodeHex } from '../bytes/hex.ts';
import type { ValueReader } from '../contract/read-value.ts';
import type { CompiledContract } from '../contract/compile-contract.ts';
import { parseTimestamp } from '../contract/parse-timestamp.ts';
import type { RequestView } from '../request/request-view.ts';
import { joinParts } from './dedupe-key.ts';
import type { Proof, WebhookScheme } from './proof.ts';

/**
 * A delivery that was proven genuine. What stands in the body is read when it is first asked for; printing and
 * `JSON.stringify` show everything but the body.
 */
export interface VerifiedWebhook {
  readonly ok: true;
  readonly scheme: WebhookScheme;
  /** Key of the contract that it fulfils. */
  readonly contract: string;
  /** Which secret or public key fitted: the field's name, with its place where there are several. Never a value. */
  readonly keyId: string | undefined;
  /** When it was sent, in epoch milliseconds, as the signature covers it. Undefined where it covers no time. */
  readonly timestampMs: number | undefined;
  /** Undefined where the vendor gives none, or not all parts of it are there. */
  readonly eventId: string | undefined;
  readonly eventType: string | undefined;
  /** When it happened, ISO 8601 in UTC. */
  readonly occurredAt: string | undefined;
  /** The same for each repetition of the delivery: contract and event id, or a digest of what was signed. */
  readonly dedupeKey: string;
  /** The bytes that were received. */
  readonly body: Uint8Array;
  /** The body as text. */
  text(): string;
  /** The body as JSON; undefined where it is none. */
  json(): unknown;
  /** Lets the next repetition through, after the work for this delivery failed. Without a replay store it does nothing. */
  release(): Promise<void>;
  toJSON(): Readonly<Record<string, unknown>>;
}

export interface VerifiedWebhookParts {
  readonly view: RequestView;
  readonly compiled: CompiledContract;
  readonly scheme: WebhookScheme;
  readonly proof: Proof;
  /** Beginning of the dedupe key. */
  readonly scope: () => string;
  /** SHA-256 of what was signed. Called once at most. */
  readonly digest: () => Uint8Array;
}

export class Verified implements VerifiedWebhook {
  readonly ok = true;
  readonly scheme: WebhookScheme;
  readonly contract: string;
  readonly keyId: string | undefined;
  readonly timestampMs: number | undefined;
  readonly #parts: VerifiedWebhookParts;
  #contentKey: string | undefined;
  #onRelease: (() => Promise<void>) | undefined;

  constructor(parts: VerifiedWebhookParts) {
    this.scheme = parts.scheme;
    this.contract = parts.compiled.key;
    this.keyId = parts.proof.keyId;
    this.timestampMs = parts.proof.timestampMs;
    this.#parts = parts;
  }

  get eventId(): string | undefined {
    const values = this.#parts.compiled.eventId.map((reader) => this.#read(reader));
    const known = values.filter((value) => value !== undefined && value !== '');
    if (known.length === 0 || known.length < values.length) return undefined;
    return known.length === 1 ? known[0] : joinParts(known.map(String));
  }

  get eventType(): string | undefined {
    const values = this.#parts.compiled.eventType.map((reader) => this.#read(reader));
    const known = values.filter((value) => value !== undefined && value !== '');
    return known.length === 0 ? undefined : known.join('.');
  }

  get occurredAt(): string | undefined {
    const { occurredAt } = this.#parts.compiled;
    const text = occurredAt === undefined ? undefined : this.#read(occurredAt.reader);
    const ms = text === undefined ? undefined : parseTimestamp(text, occurredAt?.unit ?? 'iso');
    const known = ms ?? this.timestampMs;
    return known === undefined ? undefined : new Date(known).toISOString();
  }

  get dedupeKey(): string {
    const { eventId } = this;
    return eventId === undefined ? this.contentKey : `${this.#parts.scope()}:id:${joinParts([eventId])}`;
  }

  /** Key of what was signed, whatever id came with it. */
  get contentKey(): string {
    this.#contentKey ??= `${this.#parts.scope()}:${this.#contentId()}`;
    return this.#contentKey;
  }

  get body(): Uint8Array {
    return this.#parts.view.bytes;
  }

  text(): string {
    return this.#parts.view.text;
  }

  json(): unknown {
    return this.#parts.view.json;
  }

  async release(): Promise<void> {
    await this.#onRelease?.();
  }

  whenReleased(onRelease: () => Promise<void>): void {
    this.#onRelease = onRelease;
  }

  toJSON(): Readonly<Record<string, unknown>> {
    const { ok, scheme, contract, keyId, timestampMs, eventId, eventType, occurredAt, dedupeKey } = this;
    return { ok, scheme, contract, keyId, timestampMs, eventId, eventType, occurredAt, dedupeKey };
  }

  /** Without content there is nothing to tell deliveries apart by, so none is taken for a repetition of another. */
  #contentId(): string {
    const isEmpty = this.#parts.proof.message.every((part) => part.length === 0);
    return isEmpty ? `random:${crypto.randomUUID()}` : `sha256:${encodeHex(this.#parts.digest())}`;
  }

  #read(reader: ValueReader): string | undefined {
    const value = reader.read(this.#parts.view);
    return typeof value === 'string' ? value : undefined;
  }
}
