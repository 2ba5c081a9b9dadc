import { type CallOptions, IntegrationError, type Page } from '@mortise/core';
import type { GatewayConnection, GatewayConnectionRequest, GatewayConnectionState } from '../model/connection.ts';
import type { GatewayConnections, GatewayListQuery } from '../tool-gateway-provider.ts';
import { pageOf } from './page-of.ts';
import { refusal, type ServiceLine } from './service-line.ts';

/** Accounts of end users in memory. */
export class InMemoryConnections implements GatewayConnections {
  readonly #line: ServiceLine;
  readonly #accounts = new Map<string, GatewayConnection>();
  #count = 0;

  constructor(line: ServiceLine) {
    this.#line = line;
  }

  initiate(
    request: { readonly toolkit: string; readonly userId: string; readonly callbackUrl: string },
    options?: CallOptions,
  ): Promise<GatewayConnectionRequest> {
    return this.#line.send(options, () => {
      if (!URL.canParse(request.callbackUrl)) throw refusal('callbackUrl: expected an address', 'callbackUrl');
      return this.ask(request.toolkit, request.userId);
    });
  }

  get(userId: string, connectionId: string, options?: CallOptions): Promise<GatewayConnection> {
    return this.#line.send(options, () => ({ ...this.find(userId, connectionId) }));
  }

  list(
    query: GatewayListQuery & { readonly userId: string; readonly toolkit?: string },
    options?: CallOptions,
  ): Promise<Page<GatewayConnection>> {
    return this.#line.send(options, () => {
      const own = [...this.#accounts.values()].filter(
        ({ userId, toolkit }) => userId === query.userId && (query.toolkit === undefined || toolkit === query.toolkit),
      );
      return pageOf(own, query, ({ id }) => id);
    });
  }

  disable(userId: string, connectionId: string, options?: CallOptions): Promise<void> {
    return this.#line.send(options, () => {
      this.find(userId, connectionId);
      this.setState(connectionId, 'inactive');
    });
  }

  delete(userId: string, connectionId: string, options?: CallOptions): Promise<void> {
    return this.#line.send(options, () => {
      const account = this.#accounts.get(connectionId);
      if (account?.userId === userId) this.#accounts.delete(connectionId);
    });
  }

  /** A new account that waits for consent. */
  ask(toolkit: string, userId: string): GatewayConnectionRequest {
    this.#count += 1;
    const id = `connection-${this.#count}`;
    this.#accounts.set(id, { id, userId, toolkit, state: 'initiated' });
    return { connectionId: id, state: 'initiated', redirectUrl: consentUrlOf(id) };
  }

  /** What happens to an account outside of the gateway's interface, such as that the user consents. */
  setState(connectionId: string, state: GatewayConnectionState): void {
    const account = this.#accounts.get(connectionId);
    if (account !== undefined) this.#accounts.set(connectionId, { ...account, state });
  }

  /** @throws {IntegrationError} `not_found`, also for the account of another user. */
  find(userId: string, connectionId: string): GatewayConnection {
    const account = this.#accounts.get(connectionId);
    if (account?.userId === userId) return account;
    throw new IntegrationError({ code: 'not_found', message: 'The user has no account with this id' });
  }

  /** The accounts of a user for a toolkit. */
  of(userId: string, toolkit: string): GatewayConnection[] {
    return [...this.#accounts.values()].filter((account) => account.userId === userId && account.toolkit === toolkit);
  }
}

export function consentUrlOf(connectionId: string): string {
  return `https://connect.example.com/consent/${encodeURIComponent(connectionId)}`;
}
