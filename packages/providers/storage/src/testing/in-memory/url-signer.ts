import { toHex } from './checksums.ts';

/** What a link or a form allows. */
export interface Grant {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly bucket: string;
  readonly key: string;
  readonly expiresAtMs: number;
  readonly contentType?: string;
  readonly minBytes?: number;
  readonly maxBytes?: number;
  /** `<algorithm>:<base64>` */
  readonly checksum?: string;
}

/** Signs grants with a key of its own, so that links of another store or with other words in them are not taken. */
export class UrlSigner {
  readonly #key = crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

  /** The grant as text, and its signature. */
  async sign(grant: Grant): Promise<{ readonly grant: string; readonly signature: string }> {
    const text = JSON.stringify(grant);
    return { grant: text, signature: await this.#signatureOf(text) };
  }

  /** The grant; undefined where it is not one of this signer's. */
  async read(text: string | null, signature: string | null): Promise<Grant | undefined> {
    if (text === null || signature === null || signature !== (await this.#signatureOf(text))) return undefined;
    const grant: Grant = JSON.parse(text);
    return grant;
  }

  async #signatureOf(text: string): Promise<string> {
    const bytes = await crypto.subtle.sign('HMAC', await this.#key, new TextEncoder().encode(text));
    return toHex(new Uint8Array(bytes));
  }
}
