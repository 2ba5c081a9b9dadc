/** A key of Web Crypto, whether its types come from a browser, a worker or Node. */
export type WebCryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
