import { type Static, Type } from '@mortise/core/schema';

/**
 * `initializing` and `initiated`: the user has not consented yet. `active`: usable. `failed`: consent was refused or went wrong.
 * `expired`: it was active and must be consented to again. `inactive`: switched off.
 */
export const GATEWAY_CONNECTION_STATES = [
  'initializing',
  'initiated',
  'active',
  'failed',
  'expired',
  'inactive',
  'unknown',
] as const;

/** An account of an end user that the gateway keeps. Holds no credential. */
export const GatewayConnection = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    userId: Type.String({ minLength: 1 }),
    toolkit: Type.String({ minLength: 1 }),
    state: Type.Enum(GATEWAY_CONNECTION_STATES),
    rawState: Type.Optional(Type.String({ description: "The gateway's own word, where the state is unknown" })),
    createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { title: 'GatewayConnection' },
);
export type GatewayConnection = Static<typeof GatewayConnection>;
export type GatewayConnectionState = GatewayConnection['state'];

/** A consent that was asked for. */
export interface GatewayConnectionRequest {
  readonly connectionId: string;
  readonly state: GatewayConnectionState;
  /** Page on which the user consents. Whoever has it can connect an account: show it to this user alone. */
  readonly redirectUrl: string;
}
