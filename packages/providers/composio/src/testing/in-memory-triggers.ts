import { type CallOptions, IntegrationError, type Page, type WebhookRequest } from '@mortise/core';
import { standardWebhooks, verifyWebhook } from '@mortise/webhooks';
import type { GatewayTriggerEvent, GatewayTriggerSubscription, GatewayTriggerType } from '../model/trigger.ts';
import type { GatewayListQuery, GatewayTriggers } from '../tool-gateway-provider.ts';
import type { InMemoryConnections } from './in-memory-connections.ts';
import { pageOf } from './page-of.ts';
import { refusal, type ServiceLine } from './service-line.ts';

export interface InMemoryTriggersOptions {
  readonly line: ServiceLine;
  readonly connections: InMemoryConnections;
  readonly types: readonly GatewayTriggerType[];
  /** Secret of Standard Webhooks (`whsec_…`). Absent: every delivery is refused. */
  readonly webhookSecret?: string;
  readonly now: () => number;
}

/** Triggers in memory. Deliveries are Standard Webhooks. */
export class InMemoryTriggers implements GatewayTriggers {
  readonly #options: InMemoryTriggersOptions;
  readonly #subscriptions = new Map<string, GatewayTriggerSubscription>();
  #count = 0;

  constructor(options: InMemoryTriggersOptions) {
    this.#options = options;
  }

  listTypes(
    query: GatewayListQuery & { readonly toolkit?: string } = {},
    options?: CallOptions,
  ): Promise<Page<GatewayTriggerType>> {
    return this.#options.line.send(options, () => {
      const wanted = this.#options.types.filter(
        ({ toolkit }) => query.toolkit === undefined || toolkit === query.toolkit,
      );
      return pageOf(wanted, query, ({ slug }) => slug);
    });
  }

  subscribe(
    request: { readonly trigger: string; readonly userId: string; readonly connectionId: string },
    options?: CallOptions,
  ): Promise<GatewayTriggerSubscription> {
    return this.#options.line.send(options, () => {
      this.#options.connections.find(request.userId, request.connectionId);
      if (!this.#options.types.some(({ slug }) => slug === request.trigger)) {
        throw new IntegrationError({ code: 'not_found', message: `There is no trigger "${request.trigger}"` });
      }
      this.#count += 1;
      const subscription = { id: `subscription-${this.#count}`, trigger: request.trigger };
      this.#subscriptions.set(subscription.id, subscription);
      return subscription;
    });
  }

  unsubscribe(subscriptionId: string, options?: CallOptions): Promise<void> {
    return this.#options.line.send(options, () => {
      this.#subscriptions.delete(subscriptionId);
    });
  }

  async verifyWebhook(request: WebhookRequest): Promise<boolean> {
    return (await this.#verify(request))?.ok === true;
  }

  async parseWebhook(request: WebhookRequest): Promise<GatewayTriggerEvent> {
    const result = await this.#verify(request);
    if (result?.ok !== true) throw refusal('The delivery is not from the gateway');
    const body: unknown = result.json();
    const text = (name: string): string | undefined => {
      const value: unknown = Reflect.get(Object(body), name);
      return typeof value === 'string' ? value : undefined;
    };
    const trigger = text('trigger');
    const userId = text('userId');
    return {
      id: result.eventId ?? result.dedupeKey,
      type: text('type') ?? 'unknown',
      ...(trigger === undefined ? {} : { trigger }),
      ...(userId === undefined ? {} : { userId }),
      payload: Reflect.get(Object(body), 'data'),
    };
  }

  async #verify({ headers, rawBody }: WebhookRequest) {
    const { webhookSecret, now } = this.#options;
    if (webhookSecret === undefined) return undefined;
    const source = { method: 'POST', headers, rawBody };
    return verifyWebhook(standardWebhooks(), source, { signingSecret: webhookSecret }, { now });
  }
}
