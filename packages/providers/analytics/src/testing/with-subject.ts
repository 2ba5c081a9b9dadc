import type { AnalyticsEvent } from '../model/event.ts';
import type { AnalyticsConformanceTarget, AnalyticsSubject } from './conformance-target.ts';
import type { ScriptedFlag } from './in-memory-flags.ts';

/** One event an hour, over a change of the clocks in Europe. */
export const SAMPLE_EVENTS: readonly AnalyticsEvent[] = Array.from({ length: 60 }, (_, index) => ({
  event: index % 2 === 0 ? 'viewed' : 'clicked',
  distinctId: `person-${index % 3}`,
  timestamp: new Date(Date.UTC(2026, 2, 28) + index * 3_600_000).toISOString(),
  properties: { index, label: `It's "${index}"`, plan: index % 5 === 0 ? 'pro' : 'free' },
}));

const SAMPLE_FLAGS: Readonly<Record<string, ScriptedFlag>> = {
  'new-editor': { variants: [{ name: 'on', value: true, percent: 100 }] },
  'price-test': {
    variants: [
      { name: 'low', value: 'low', percent: 50 },
      { name: 'high', value: 'high', percent: 50 },
    ],
  },
  retired: { isActive: false, variants: [{ name: 'on', value: true, percent: 100 }] },
};

export const MAX_QUEUED = 50;

/** Runs a check against a fresh provider and releases everything afterwards. */
export async function withSubject(
  target: AnalyticsConformanceTarget,
  run: (subject: AnalyticsSubject) => Promise<void>,
  credential = 'conformance-credential',
): Promise<void> {
  const subject = await target.open({
    events: SAMPLE_EVENTS,
    flags: SAMPLE_FLAGS,
    credential,
    maxQueued: MAX_QUEUED,
  });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

/** What was recorded since the samples. */
export function newlyRecorded(subject: AnalyticsSubject): AnalyticsEvent[] {
  return subject.recorded().slice(SAMPLE_EVENTS.length);
}

/** Sends what is queued, with time for the tries in between. */
export async function flush({ provider, advance }: AnalyticsSubject): Promise<void> {
  const flushed = Promise.resolve(provider.flush?.());
  for (const waitMs of [0, 1000, 10_000, 100_000]) await advance?.(waitMs);
  await flushed;
}
