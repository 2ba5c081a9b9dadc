import { type Static, Type } from '@mortise/core/schema';

/** Something that the gateway can watch for. */
export const GatewayTriggerType = Type.Object(
  {
    slug: Type.String({ minLength: 1 }),
    toolkit: Type.String({ minLength: 1 }),
    name: Type.String(),
    configSchema: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { title: 'GatewayTriggerType' },
);
export type GatewayTriggerType = Static<typeof GatewayTriggerType>;

/** Something that happened. */
export const GatewayTriggerEvent = Type.Object(
  {
    id: Type.String({ minLength: 1, description: 'The same for each repetition of the delivery' }),
    type: Type.String({ description: 'Kind of message, such as `composio.trigger.message`' }),
    trigger: Type.Optional(Type.String({ description: 'Slug of the trigger' })),
    subscriptionId: Type.Optional(Type.String()),
    connectionId: Type.Optional(Type.String()),
    userId: Type.Optional(Type.String()),
    occurredAt: Type.Optional(Type.String({ format: 'date-time' })),
    payload: Type.Optional(Type.Unknown()),
  },
  { title: 'GatewayTriggerEvent' },
);
export type GatewayTriggerEvent = Static<typeof GatewayTriggerEvent>;

export interface GatewayTriggerSubscription {
  readonly id: string;
  readonly trigger: string;
}
