import type { ConformanceCase } from '@mortise/testing';
import { callingCases } from './cases/calling-cases.ts';
import { eventCases } from './cases/event-cases.ts';
import { messageCases } from './cases/message-cases.ts';
import { platformCases } from './cases/platform-cases.ts';
import { within } from './case-tools.ts';
import type { MessagingConformanceTarget } from './conformance-target.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of the kit: `messaging.1` to `messaging.15`, and those of the checks for all domains that apply. */
export const messagingConformanceCases: readonly ConformanceCase<MessagingConformanceTarget>[] = Object.freeze(
  [...messageCases, ...platformCases, ...eventCases, ...callingCases].map((check) => ({
    ...check,
    run: (target: MessagingConformanceTarget) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
  })),
);
