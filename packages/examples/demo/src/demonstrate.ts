import type { Lifecycle } from './lifecycle.ts';
import type { DemoReport, ResolvedSlot } from './report/demo-report.ts';
import type { RecordedOutput } from './report/recorded-output.ts';
import type { Reporter } from './report/reporter.ts';
import { searchForSecrets, type SecretSearch } from './report/search-for-secrets.ts';
import { runCalls } from './run-calls.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { setUp } from './set-up.ts';
import { TelemetryLog } from './telemetry.ts';
import type { Tenants } from './tenants.ts';

/**
 * The demo from set-up to summary.
 *
 * @returns The exit code: 0 when every call ended as expected and no secret was printed.
 */
export async function demonstrate(lifecycle: Lifecycle, reporter: Reporter, output: RecordedOutput): Promise<number> {
  const startedMs = performance.now();
  const telemetry = new TelemetryLog();
  const props = await setUp({ lifecycle, reporter, telemetry });
  const slots = listSlots(props.tenants);
  const readyMs = performance.now();
  reporter.ready({ slots, setUpMs: readyMs - startedMs });

  const calls = await runCalls(SCENARIOS, props, reporter);
  const search = (): SecretSearch =>
    searchForSecrets(
      { ...props.credentials },
      { printed: output.text(), results: calls, events: [...telemetry.calls, ...telemetry.attempts] },
    );
  const secretSearch = search();
  const ok = secretSearch.found.length === 0 && calls.every(({ deviations }) => deviations.length === 0);
  const report: DemoReport = {
    ok,
    slots,
    calls,
    telemetry: { callEvents: telemetry.calls.length, attemptEvents: telemetry.attempts.length },
    secretSearch,
    setUpMs: Math.round(readyMs - startedMs),
    callsMs: Math.round(performance.now() - readyMs),
  };
  reporter.finish(report);
  // The report itself was printed last.
  return ok && search().found.length === 0 ? 0 : 1;
}

function listSlots(tenants: Tenants): ResolvedSlot[] {
  return [tenants.acme, tenants.globex].flatMap((config) =>
    config.integrations.map(({ slot, connection, spec }) => ({
      tenant: config.tenantId,
      slot: slot.slotId,
      integration: spec.meta.key,
      connectionId: connection.meta.id,
      ownershipMode: connection.ownershipMode,
      secretRef: connection.secretRef,
    })),
  );
}
