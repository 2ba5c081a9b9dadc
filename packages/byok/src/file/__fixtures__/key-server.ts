import { type ProviderServer, startProviderServer } from '@mortise/testing/server';
import type { RecordedRequest } from '@mortise/testing/server';

/** A provider of keys on loopback, which makes one key for each idempotency key and remembers all that it was told. */
export class KeyServer {
  readonly validated = new Set<string>();
  readonly revoked = new Set<string>();
  readonly issued = new Set<string>();
  /** Whether keys that are made from now on are refused. */
  makesBadKeys = false;
  readonly #bad = new Set<string>();
  readonly #byRequest = new Map<string, string>();
  #server: ProviderServer | undefined;

  async start(): Promise<void> {
    const route = (answer: (body: { key: string; idempotencyKey?: string }) => object) => (request: RecordedRequest) =>
      Response.json(answer(JSON.parse(request.text())));
    this.#server = await startProviderServer({
      routes: {
        'POST /validate': route(({ key }) => {
          const valid = this.isAlive(key) && !this.#bad.has(key);
          if (valid) this.validated.add(key);
          return { valid };
        }),
        'POST /rotate': route(({ idempotencyKey = '' }) => {
          const key = this.#byRequest.get(idempotencyKey) ?? this.issue();
          this.#byRequest.set(idempotencyKey, key);
          return { success: true, newSecrets: { apiKey: key } };
        }),
        'POST /revoke': route(({ key }) => {
          this.revoked.add(key);
          return {};
        }),
      },
    });
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  issue(): string {
    const key = `key-${this.issued.size}`;
    this.issued.add(key);
    if (this.makesBadKeys) this.#bad.add(key);
    return key;
  }

  isAlive(key: string): boolean {
    return this.issued.has(key) && !this.revoked.has(key);
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }
}
