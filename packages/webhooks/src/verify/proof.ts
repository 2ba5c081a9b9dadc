import type { Message } from '../crypto/digests.ts';
import type { KeySets } from '../keys/key-sets.ts';
import type { SecretSources } from '../keys/webhook-secrets.ts';
import type { RequestView } from '../request/request-view.ts';
import type { WebhookFailureReason } from './webhook-failure.ts';

export type WebhookScheme = 'signature' | 'token' | 'basic' | 'jwt' | 'none';

/** What a verification may use beside the request. */
export interface ProofContext {
  readonly sources: SecretSources;
  readonly config: Readonly<Record<string, unknown>>;
  readonly nowMs: number;
  /** In place of what the contract says; 0 switches the check off. */
  readonly toleranceMs: number | undefined;
  readonly keySets: KeySets;
}

/** Evidence that a delivery is genuine. */
export interface Proof {
  readonly ok: true;
  readonly keyId: string | undefined;
  readonly timestampMs: number | undefined;
  /** What the proof covers; the body where it covers nothing. */
  readonly message: Message;
}

export interface ProofFailure {
  readonly ok: false;
  readonly reason: WebhookFailureReason;
  readonly message: string;
}

/** At once where the platform can: waiting for what is there already takes as long as a short HMAC. */
export type MaybeLater<Value> = Value | ProofFailure | Promise<Value | ProofFailure>;

/** One way of proving a delivery, made ready once for all deliveries. */
export interface Prover {
  readonly scheme: WebhookScheme;
  prove(view: RequestView, context: ProofContext): MaybeLater<Proof>;
  /** Whether a value of the request is covered by the proof. */
  readonly covers: (part: 'body' | 'url' | { readonly header: string }) => boolean;
}

export function refuse(reason: WebhookFailureReason, message: string): ProofFailure {
  return { ok: false, reason, message };
}
