import { utf8 } from '../bytes/text-bytes.ts';
import type { InboundRequest } from './inbound-request.ts';
import { canonicalForm, parseFields } from './form-fields.ts';
import { HeaderNames, type HeaderValue, readHeaders } from './read-headers.ts';

/** How the URL is learnt that the vendor called. */
export interface SignedUrlOptions {
  /** The URL of this request as the vendor called it, query included. */
  readonly url?: string;
  /** Scheme and host under which the vendor calls this server, such as `https://hooks.example.com`. */
  readonly origin?: string;
  /**
   * True: rebuilt from `X-Forwarded-Proto` and `X-Forwarded-Host`, or `Host`. Only behind a proxy that sets them itself;
   * anyone else can send them too. Default false.
   */
  readonly trustForwardedHeaders?: boolean;
}

const decoder = new TextDecoder();

/** One request as the contract sees it: each part is read once, when it is first asked for. */
export class RequestView {
  readonly #request: InboundRequest;
  readonly #headers: readonly HeaderValue[];
  readonly #options: SignedUrlOptions;
  #bytes: Uint8Array | undefined;
  #json: { readonly value: unknown } | undefined;
  #query: Map<string, string[]> | undefined;
  #form: Map<string, string[]> | undefined;
  #canonicalForm: string | undefined;

  constructor(request: InboundRequest, wanted: HeaderNames, options: SignedUrlOptions) {
    this.#request = request;
    this.#headers = readHeaders(request.headers, wanted);
    this.#options = options;
  }

  get method(): string {
    return this.#request.method ?? 'POST';
  }

  /** As it was passed: hashing does not care whether it is text or bytes. */
  get rawBody(): string | Uint8Array {
    return this.#request.rawBody;
  }

  get bytes(): Uint8Array {
    const { rawBody } = this.#request;
    this.#bytes ??= typeof rawBody === 'string' ? utf8(rawBody) : rawBody;
    return this.#bytes;
  }

  get text(): string {
    const { rawBody } = this.#request;
    return typeof rawBody === 'string' ? rawBody : decoder.decode(rawBody);
  }

  /** Undefined where the body is no JSON. */
  get json(): unknown {
    this.#json ??= { value: parseJson(this.text) };
    return this.#json.value;
  }

  header(slot: number): HeaderValue {
    return this.#headers[slot];
  }

  /** Path and query as received. */
  get path(): string | undefined {
    return (this.#options.url ?? this.#request.url)
      ?.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
      .replace(/#.*$/s, '');
  }

  /** The URL as the vendor called it. Undefined where that is not known. */
  get url(): string | undefined {
    const { url, origin, trustForwardedHeaders = false } = this.#options;
    if (url !== undefined) return url;
    if (origin !== undefined) return this.path === undefined ? undefined : origin.replace(/\/$/, '') + this.path;
    if (trustForwardedHeaders) return this.#forwardedUrl();
    return /^https?:\/\//i.test(this.#request.url ?? '') ? this.#request.url : undefined;
  }

  /** All values of a parameter of the URL. */
  query(name: string): readonly string[] {
    const path = this.path ?? '';
    const start = path.indexOf('?');
    this.#query ??= parseFields(start === -1 ? '' : path.slice(start + 1)) ?? new Map();
    return this.#query.get(name) ?? [];
  }

  /** All values of a field of a form body. */
  form(name: string): readonly string[] {
    return this.#fields.get(name) ?? [];
  }

  /** The form body as it is signed. */
  get canonicalForm(): string {
    this.#canonicalForm ??= canonicalForm(this.#fields);
    return this.#canonicalForm;
  }

  get #fields(): Map<string, string[]> {
    this.#form ??= parseFields(this.text) ?? new Map();
    return this.#form;
  }

  #forwardedUrl(): string | undefined {
    const names = new HeaderNames();
    const [protoSlot, forwardedSlot, hostSlot] = ['x-forwarded-proto', 'x-forwarded-host', 'host'].map((name) =>
      names.slot(name),
    );
    const values = readHeaders(this.#request.headers, names);
    const proto = values[protoSlot ?? 0];
    const host = values[forwardedSlot ?? 0] ?? values[hostSlot ?? 0];
    if (typeof host !== 'string' || host.includes(',') || this.path === undefined) return undefined;
    if (proto !== 'https' && proto !== 'http') return undefined;
    return `${proto}://${host}${this.path}`;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
