import { createHash } from 'node:crypto';
import type { PgClient, PgPool, PgPoolClient, PgResult } from './pg-shapes.ts';
import { PostgresDeltaStoreError, storeFailed } from './postgres-store-error.ts';

export interface ConnectionsOptions<Client extends PgPoolClient> {
  readonly pool: PgPool<Client>;
  /** Milliseconds for a connection, and for each statement. */
  readonly timeoutMs: number;
  /** Whether statements are parsed once per connection. */
  readonly isPreparing: boolean;
}

/** Connections of a pool, each borrowed for one statement or one transaction. */
export class Connections<Client extends PgPoolClient> {
  readonly #options: ConnectionsOptions<Client>;
  readonly #names = new Map<string, string>();

  constructor(options: ConnectionsOptions<Client>) {
    this.#options = options;
  }

  /** One statement, which is its own transaction: one round trip. */
  async run(what: string, text: string, values: unknown[] = []): Promise<PgResult> {
    return this.#borrow(what, (client) => this.query(client, what, text, values));
  }

  /**
   * Committed when `work` resolves, rolled back when it rejects, with its own error kept. `READ COMMITTED`, whatever the
   * default of the database is: after a wait for a lock, the next statement sees what the former holder wrote.
   */
  async transaction<Result>(what: string, work: (client: Client) => Promise<Result>): Promise<Result> {
    return this.#borrow(what, async (client, destroy) => {
      try {
        await this.query(client, what, 'BEGIN ISOLATION LEVEL READ COMMITTED');
        const result = await work(client);
        const { command } = await this.query(client, what, 'COMMIT');
        if (command === 'COMMIT') return result;
      } catch (error) {
        await this.query(client, what, 'ROLLBACK').catch(destroy);
        throw error;
      }
      const message = `The delta store could not ${what}: a statement of the transaction had failed before`;
      throw new PostgresDeltaStoreError({ code: 'REFUSED', message });
    });
  }

  /** A statement on a borrowed connection. */
  async query(client: PgClient, what: string, text: string, values?: unknown[]): Promise<PgResult> {
    try {
      return await client.query({
        text,
        query_timeout: this.#options.timeoutMs,
        ...(values === undefined ? {} : { values }),
        ...(this.#options.isPreparing && values !== undefined ? { name: this.#nameOf(text) } : {}),
      });
    } catch (error) {
      throw storeFailed(what, error);
    }
  }

  async #borrow<Result>(what: string, work: (client: Client, destroy: () => void) => Promise<Result>): Promise<Result> {
    const client = await this.#connect(what);
    let isBroken = false;
    const destroy = (): void => {
      isBroken = true;
    };
    // A connection that is lost between two statements says so by an event, which ends the process if nobody listens.
    client.on('error', destroy);
    try {
      return await work(client, destroy);
    } catch (error) {
      isBroken ||= PostgresDeltaStoreError.is(error) && error.code === 'UNAVAILABLE';
      throw error;
    } finally {
      client.removeListener('error', destroy);
      client.release(isBroken);
    }
  }

  /** Waits for a connection, and no longer than allowed. One that comes too late goes straight back. */
  async #connect(what: string): Promise<Client> {
    const { pool, timeoutMs } = this.#options;
    let isTooLate = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        isTooLate = true;
        const message = `The delta store could not ${what}: no connection of the pool within ${timeoutMs} ms`;
        reject(new PostgresDeltaStoreError({ code: 'UNAVAILABLE', message }));
      }, timeoutMs);
    });
    const connected = pool.connect().then(
      (client) => {
        if (isTooLate) client.release();
        return client;
      },
      (error: unknown) => {
        throw storeFailed(what, error);
      },
    );
    try {
      return await Promise.race([connected, late]);
    } finally {
      clearTimeout(timer);
      connected.catch(() => undefined);
    }
  }

  /** Different for different texts: two stores may share a connection. */
  #nameOf(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const name = `mortise_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    this.#names.set(text, name);
    return name;
  }
}
