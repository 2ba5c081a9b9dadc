import { inspect } from 'node:util';
import { findCanary } from '@mortise/testing';

/** What came of looking for the secrets in everything that left the program. */
export interface SecretSearch {
  /** Secrets that were looked for. */
  readonly secrets: number;
  /** What was searched: characters printed so far, results of calls, telemetry events. */
  readonly printedCharacters: number;
  readonly results: number;
  readonly events: number;
  /** Names of the secrets that were found, with the form they had. Empty, or the demo has failed. */
  readonly found: readonly string[];
}

/** All that left the program. */
export interface Searched {
  readonly printed: string;
  readonly results: readonly unknown[];
  readonly events: readonly unknown[];
}

/** Looks for every secret in plain, in base64, hex and UTF-16, and escaped for JSON, URLs and HTML. */
export function searchForSecrets(secrets: Readonly<Record<string, string>>, searched: Searched): SecretSearch {
  const found = Object.entries(secrets).flatMap(([name, secret]) =>
    findCanary(searched, secret, { inspect: inspectFully }).map(({ form }) => `${name} (${form})`),
  );
  return {
    secrets: Object.keys(secrets).length,
    printedCharacters: searched.printed.length,
    results: searched.results.length,
    events: searched.events.length,
    found: [...new Set(found)],
  };
}

function inspectFully(value: unknown): string {
  return inspect(value, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity, showHidden: true });
}
