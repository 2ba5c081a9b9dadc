import type { ComparableJson } from './response-match.ts';

export type WebhookSignatureAlgorithm =
  | 'hmac-sha1'
  | 'hmac-sha256'
  | 'hmac-sha512'
  | 'ed25519'
  /** With the vendor's key set in Tink's JSON form. */
  | 'ecdsa-p256-sha256';

/** Where a delivery says something. */
export type WebhookValue =
  | { readonly header: string }
  /** JSON Pointer into the body. */
  | { readonly pointer: string }
  /** Parameter of the URL's query, or of a form body. */
  | { readonly query: string }
  | { readonly form: string };

/** Where signatures stand. */
export interface WebhookSignaturePlace {
  /** Header, or others that carry the same under another name. Exactly one of them may be there. */
  readonly header: string | readonly string[];
  /** Text before each signature, such as `sha256=`. */
  readonly prefix?: string;
  /** True: a signature without the prefix is accepted too. Default false. */
  readonly prefixOptional?: boolean;
  /**
   * Set where the header is a list of named items, such as `t=1,v1=ab,v1=cd` (separator `,`, assign `=`, name `v1`) or
   * `v1,ab v1,cd` (separator a space, assign `,`, name `v1`). Items of other names are ignored.
   */
  readonly items?: { readonly separator: string; readonly assign: string; readonly name: string };
  readonly encoding: 'hex' | 'base64' | 'base64url';
}

/** When a delivery was sent, as far as the signature covers it. */
export interface WebhookTimestamp {
  /** A value of the delivery, or an item of the signature header. */
  readonly from: WebhookValue | { readonly item: string };
  readonly unit: 'seconds' | 'ms' | 'iso';
  /** Milliseconds that it may be old. Default 300,000. */
  readonly toleranceMs?: number;
  /** Milliseconds that it may lie ahead. Default as `toleranceMs`. */
  readonly futureToleranceMs?: number;
}

/** Where the key comes from: a field of the connection's secret, or a set of public keys. */
export type WebhookKeySource =
  | {
      /** Field of the secret. */
      readonly secretField: string;
      /** How the field's text stands for bytes. Default `utf-8`. */
      readonly encoding?: 'utf-8' | 'base64' | 'hex';
      /** Text that is taken off before decoding, such as `whsec_`. A secret without it is used in UTF-8. */
      readonly prefix?: string;
      /** True: a secret without the prefix is decoded all the same. Default false. */
      readonly prefixOptional?: boolean;
    }
  | {
      /** Address of the vendor's public keys. */
      readonly keySetUrl: string;
      readonly format: 'jwks' | 'tink';
      /** How long a fetched set may be used. Default one day. */
      readonly maxAgeMs?: number;
    };

/**
 * A signature over parts of the delivery.
 *
 * `signed` is a template: text in which `{body}`, `{timestamp}`, `{method}`, `{url}` (as the sender called it, with the
 * query), `{path}` (with the query), `{header:name}`, `{body:sha256:hex}` and `{form}` (names and values of a form body,
 * sorted by name, joined without separators) stand for what the delivery holds. `{{` is a brace.
 */
export interface SignatureVerification {
  readonly scheme: 'signature';
  readonly algorithm: WebhookSignatureAlgorithm;
  readonly signature: WebhookSignaturePlace;
  readonly signed: string;
  readonly key: WebhookKeySource;
  readonly timestamp?: WebhookTimestamp;
  /** A shared value that must come with the signature, where the vendor signs for all receivers with the same keys. */
  readonly token?: Omit<TokenVerification, 'scheme'>;
  /** A digest of the body that stands in a signed place, where the body itself is not signed. */
  readonly bodyDigest?: {
    readonly from: WebhookValue;
    readonly algorithm: 'sha256';
    readonly encoding: 'hex' | 'base64';
    /** True: checked where it is there, and the template's `{form}` is then empty. Default false: it must be there. */
    readonly optional?: boolean;
  };
}

/** A shared value that the vendor repeats with each delivery. Nothing is signed. */
export interface TokenVerification {
  readonly scheme: 'token';
  /** Where the vendor puts it. */
  readonly from: WebhookValue;
  /** Text before the value. */
  readonly prefix?: string;
  readonly secretField: string;
}

/** User name and password of the receiver's own, in `Authorization: Basic`. */
export interface BasicVerification {
  readonly scheme: 'basic';
  readonly usernameField: string;
  readonly passwordField: string;
}

/** A signed token about the sender, in a header. It does not cover the body unless a claim says so. */
export interface JwtVerification {
  readonly scheme: 'jwt';
  /** Default `Authorization`, as a bearer token. */
  readonly header?: string;
  readonly algorithm: 'RS256' | 'ES256' | 'HS256';
  /** A secret for HS256, a JWKS for the others. */
  readonly key: WebhookKeySource;
  readonly issuer?: string | readonly string[];
  /** Field of config or secret that holds the expected audience. */
  readonly audienceField?: string;
  /** Claims that must equal a field of config or secret, such as the sender's e-mail address. */
  readonly claimFields?: Readonly<Record<string, string>>;
  /** Claims that must have this value. */
  readonly claims?: Readonly<Record<string, ComparableJson>>;
}

/** The vendor proves nothing. Such a delivery is a hint at most: fetch what it speaks of before relying on it. */
export interface NoVerification {
  readonly scheme: 'none';
  /** Why, in a few words. */
  readonly reason: string;
}

export type WebhookVerification =
  | SignatureVerification
  | TokenVerification
  | BasicVerification
  | JwtVerification
  | NoVerification;

/** A request with which a vendor checks the endpoint, and the answer that it wants. */
export interface WebhookHandshake {
  readonly method: 'GET' | 'POST';
  /** What tells it from a delivery: values that must be there and, where given, equal this text. */
  readonly when: readonly { readonly value: WebhookValue; readonly equals?: string }[];
  /** A shared value that the vendor repeats, compared with a field of the secret. Absent: there is none. */
  readonly token?: { readonly value: WebhookValue; readonly secretField: string };
  /** True: the handshake carries the signature of a delivery. Default false. */
  readonly signed?: boolean;
  readonly answer: {
    /** Default 200. */
    readonly status?: number;
    /** Status where the token is another one. Default 403. */
    readonly refusedStatus?: number;
    /** Value that is sent back. Absent: an empty body. */
    readonly echo?: WebhookValue;
    /** Name of the JSON member that carries it. Absent: plain text. */
    readonly echoAs?: string;
  };
  /** A value to be kept, such as a verification token that is also the signing secret. */
  readonly keep?: { readonly value: WebhookValue; readonly secretField: string };
}

/** How deliveries of a vendor come in and are proven genuine. */
export interface WebhookContract {
  /** Tells several contracts of one spec apart. Default `default`. */
  readonly key?: string;
  /** Any one of them proves a delivery where several are listed. */
  readonly verification: WebhookVerification | readonly WebhookVerification[];
  readonly handshakes?: readonly WebhookHandshake[];
  /** What identifies a delivery over its repetitions; several together where one is not enough. */
  readonly eventId?: readonly WebhookValue[];
  /** What happened; several are joined by a dot. */
  readonly eventType?: readonly WebhookValue[];
  /** When it happened. */
  readonly occurredAt?: { readonly value: WebhookValue; readonly unit: 'seconds' | 'ms' | 'iso' };
  /** What the vendor takes for received. */
  readonly ack?: { readonly status: number; readonly withinMs?: number };
  /** Whether the vendor lets an API call register the endpoint. */
  readonly registrationSupported?: boolean;
}
