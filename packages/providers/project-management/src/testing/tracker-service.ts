import type { WebhookRequest } from '@mortise/core';
import type { ProjectManagementWorkItemInput } from '../model/work-item-input.ts';
import type { ProjectManagementWorkItem } from '../model/work-item.ts';
import type { ServiceFault } from './service-gate.ts';

/** Something that the tracker tells its subscribers. */
export interface TrackerDelivery {
  /** One of the kinds of `WorkItemEvent`, or a kind that nobody has heard of. */
  readonly type: string;
  readonly itemId: string;
  /** Who did it. */
  readonly by: 'connection' | 'somebody';
}

export interface DeliverOptions {
  /** What the tracker signs with. */
  readonly secret: string;
  /** How long ago it was signed, in milliseconds. Default 0. */
  readonly ageMs?: number;
  /** Id of the event. Default a new one. */
  readonly eventId?: string;
}

/**
 * The tracker behind a provider under test: what is seen of it and done to it from the other side. It has the project
 * `eng`, the users `ada` and `bob`, the labels `urgent-fix` and `docs`, the states `backlog`, `todo`, `doing`, `done` and
 * `dropped`, from `done` no way back but to `doing`, and the field `risk` with the options `low` and `high`.
 */
export interface TrackerService {
  readonly requests: () => number;
  readonly openRequests: () => number;
  readonly credentials: () => readonly string[];
  /** What is in the tracker now, without what was deleted. */
  readonly items: () => readonly ProjectManagementWorkItem[];
  /** Names of files on an item. */
  readonly attachmentsOf: (itemId: string) => readonly string[];
  /** The next request fails this way. */
  readonly failNext: (fault: ServiceFault) => void;
  /** Somebody else creates an item. */
  readonly add: (input: ProjectManagementWorkItemInput) => string;
  /** Somebody gives an item a state that no version of the provider knows the meaning of. */
  readonly setOddStatus: (itemId: string, name: string) => void;
  /** A delivery as the tracker sends it, signed now or earlier. */
  readonly deliver: (delivery: TrackerDelivery, options: DeliverOptions) => Promise<WebhookRequest>;
}
