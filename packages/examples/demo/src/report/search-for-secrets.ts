import { inspect } from 'node:util';
import { findCanary } from '@mortise/testing';

/** What came of looking for the secrets in everything that left the program. */
export interface SecretSearch {
  /** Secrets that were looked for. */
  readonly secrets: number;
  /** Characters printed, and telemetry events sent, that were searched. */
  readonly characters: number;
  readonly events: number;
  /** Names of the secrets that were found, with the form they had. Empty, or the demo has failed. */
  readonly found: readonly string[];
}

/** Looks for every secret in plain, in base64, hex and UTF-16, and escaped for JSON, URLs and HTML. */
export function searchForSecrets(
  secrets: Readonly<Record<string, string>>,
  printed: string,
  events: readonly unknown[],
): SecretSearch {
  const found = Object.entries(secrets).flatMap(([name, secret]) =>
    findCanary({ printed, events }, secret, { inspect: inspectFully }).map(({ form }) => `${name} (${form})`),
  );
  return {
    secrets: Object.keys(secrets).length,
    characters: printed.length,
    events: events.length,
    found: [...new Set(found)],
  };
}

function inspectFully(value: unknown): string {
  return inspect(value, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity, showHidden: true });
}
