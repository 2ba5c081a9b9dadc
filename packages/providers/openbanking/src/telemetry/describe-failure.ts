import { createRedactor } from '@mortise/core';
import { redactBankingText } from './redact-text.ts';

const MAX_LENGTH = 300;

/** A failure for telemetry: its message without account numbers, addresses and credentials; `unknown` for none. */
export function describeFailure(error: unknown): string {
  if (error === undefined || error === null) return 'unknown';
  const message = error instanceof Error ? error.message : printed(error);
  const redacted = redactBankingText(createRedactor().text(message));
  return redacted.length <= MAX_LENGTH ? redacted : `${redacted.slice(0, MAX_LENGTH)}…`;
}

function printed(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'unknown';
  }
}
