import type { WebhookTimestamp } from '@mortise/core';
import { parseTimestamp } from '../contract/parse-timestamp.ts';
import { type ProofContext, type ProofFailure, refuse } from './proof.ts';

const DEFAULT_TOLERANCE_MS = 300_000;

/** The instant that a delivery names, if it is near enough to now. */
export function checkTimestamp(text: string, rule: WebhookTimestamp, context: ProofContext): number | ProofFailure {
  const sentAtMs = parseTimestamp(text, rule.unit);
  if (sentAtMs === undefined) return refuse('malformed', `The timestamp is not in ${rule.unit}`);
  if (context.toleranceMs === 0) return sentAtMs;
  const toleranceMs = context.toleranceMs ?? rule.toleranceMs ?? DEFAULT_TOLERANCE_MS;
  const futureMs = context.toleranceMs ?? rule.futureToleranceMs ?? toleranceMs;
  const ageMs = context.nowMs - sentAtMs;
  if (ageMs <= toleranceMs && -ageMs <= futureMs) return sentAtMs;
  const distance = ageMs > 0 ? `${ageMs} ms old; ${toleranceMs} are` : `${-ageMs} ms ahead; ${futureMs} are`;
  return refuse('timestamp_out_of_tolerance', `The delivery is ${distance} allowed`);
}
