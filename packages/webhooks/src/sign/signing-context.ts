import type { WebCryptoKey } from '../keys/web-crypto-key.ts';
import type { WebhookSecrets } from '../keys/webhook-secrets.ts';

/** A delivery to be signed. */
export interface WebhookToSign {
  readonly body: string | Uint8Array;
  /** Default `POST`. */
  readonly method?: string;
  /** Where it goes, query included. Needed where the contract signs any of it. */
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Id of the event, put into the header where the contract looks for it. May not hold what ends it in what is signed. */
  readonly id?: string;
  /** Epoch milliseconds. Default now. Where the contract has it in the body, the body must hold it already. */
  readonly timestampMs?: number;
}

export interface SignWebhookOptions {
  /** Which of several verifications is to be fulfilled. Default the first. */
  readonly verification?: number;
  /** For Ed25519, ECDSA, RS256 and ES256: the private key that belongs to the public one. */
  readonly privateKey?: WebCryptoKey;
  /** Id of the key: `kid` of a token, or the number of a Tink key. */
  readonly keyId?: string;
  /** Claims of a token beside those that the contract asks for. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

/** What signing may use. */
export interface SigningContext {
  readonly delivery: WebhookToSign;
  readonly secrets: WebhookSecrets;
  readonly options: SignWebhookOptions;
}
