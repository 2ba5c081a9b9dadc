import { type IntegrationHealthCheckResult, IntegrationHealthService as LenientHealthService } from '@mortise/health';
import type { IntegrationContext } from './integration-context.ts';

/**
 * Asks the provider for a sign of life; rejects where there is none. The signal aborts when the time is over, which is the
 * spec's `healthCheck.timeoutMs`, else 10,000 ms.
 */
export type IntegrationHealthCheckExecutor = (
  context: IntegrationContext,
  call: { readonly signal: AbortSignal },
) => Promise<void>;

/** Runs health checks whose executors get the secret provider, the secret's reference and the trace of the application. */
export class IntegrationHealthService extends LenientHealthService {
  /** Says how the executor went; never rejects. */
  override async check(
    context: IntegrationContext,
    executor: IntegrationHealthCheckExecutor,
  ): Promise<IntegrationHealthCheckResult> {
    return super.check(context, (_context, call) => executor(context, call));
  }
}
