import type { SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { summarize } from '../errors/aws-error-summary.ts';
import { factsOf } from '../errors/error-facts.ts';

type SdkLogger = NonNullable<SecretsManagerClientConfig['logger']>;
/** As the SDK calls a method of a logger. */
type Entry = Parameters<SdkLogger['info']>;

/**
 * A logger for the SDK that never gets an error as AWS sent it. The SDK hides values in the requests that it logs, but
 * not in what AWS, or a proxy on the way, says of them.
 */
export function scrubbedLogger(logger: SdkLogger): SdkLogger {
  return {
    trace: (...parts: Entry) => logger.trace?.(...scrub(parts)),
    debug: (...parts: Entry) => logger.debug(...scrub(parts)),
    info: (...parts: Entry) => logger.info(...scrub(parts)),
    warn: (...parts: Entry) => logger.warn(...scrub(parts)),
    error: (...parts: Entry) => logger.error(...scrub(parts)),
  };
}

function scrub(parts: Entry): Entry {
  const [first, ...rest] = parts;
  return [scrubPart(first), ...rest.map(scrubPart)];
}

function scrubPart(part: unknown): unknown {
  if (part instanceof Error) return summarize(factsOf(part, 0));
  if (typeof part !== 'object' || part === null || !('error' in part)) return part;
  // What the metadata tell is in the summary too, checked.
  const { metadata: _, ...entry }: { error: unknown; metadata?: unknown } = part;
  return { ...entry, error: summarize(factsOf(part.error, 0)) };
}
