import { type Static, Type } from '@mortise/core/schema';
import { closed, instant, text } from './fields.ts';

/**
 * Where a recording stands, in order of a meeting that goes well, then what can go wrong:
 * - `waiting_room`: the bot was not let in yet. `denied`: it was refused or removed.
 * - `no_show`: nobody came. `failed`: anything else that ended it; see `reason`.
 * - `media_expired`: it was done, and the provider has deleted the media since.
 * - `unknown`: a state that this version does not know; `reason` holds the provider's word.
 */
export const MEETING_STATES = [
  'scheduled',
  'joining',
  'waiting_room',
  'in_call',
  'recording',
  'paused',
  'processing',
  'done',
  'failed',
  'denied',
  'no_show',
  'media_expired',
  'unknown',
] as const;

export const MeetingState = Type.Enum(MEETING_STATES);
export type MeetingState = Static<typeof MeetingState>;

export const MeetingStatus = Type.Object(
  {
    state: MeetingState,
    reason: Type.Optional(text("Why, in the provider's words")),
    at: instant('Since when'),
  },
  closed,
);
export type MeetingStatus = Static<typeof MeetingStatus>;
