import { createRedactor } from '@mortise/core';
import { type Lifecycle, runWithLifecycle } from './lifecycle.ts';
import { parseOptions, USAGE } from './options.ts';
import type { DemoReport, ResolvedSlot } from './report/demo-report.ts';
import { createJsonReporter } from './report/json-reporter.ts';
import { createProgress } from './report/progress.ts';
import { recordOutput } from './report/recorded-output.ts';
import type { Reporter } from './report/reporter.ts';
import { searchForSecrets } from './report/search-for-secrets.ts';
import { createTableReporter } from './report/table-reporter.ts';
import { runCalls } from './run-calls.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { setUp } from './set-up.ts';
import { TelemetryLog } from './telemetry.ts';
import type { Tenants } from './tenants.ts';

const output = recordOutput([process.stdout, process.stderr]);

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.isHelp) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const progress = createProgress(process.stderr);
  const reporter = options.isJson ? createJsonReporter(progress) : createTableReporter(progress);
  try {
    return await runWithLifecycle((lifecycle) => demonstrate(lifecycle, reporter));
  } catch (error) {
    // Whatever it is that broke: shapes of keys and connection strings are not shown.
    reporter.failed(createRedactor().text(`The demo could not go on. ${String(error)}`));
    return 1;
  } finally {
    progress.clear();
  }
}

async function demonstrate(lifecycle: Lifecycle, reporter: Reporter): Promise<number> {
  const startedMs = performance.now();
  const telemetry = new TelemetryLog();
  const props = await setUp({ lifecycle, reporter, telemetry });
  const slots = listSlots(props.tenants);
  const readyMs = performance.now();
  reporter.ready({ slots, setUpMs: readyMs - startedMs });

  const calls = await runCalls(SCENARIOS, props, reporter);
  const secretSearch = searchForSecrets({ ...props.credentials }, `${output.text()}${JSON.stringify(calls)}`, [
    ...telemetry.calls,
    ...telemetry.attempts,
  ]);
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
  return ok ? 0 : 1;
}

function listSlots(tenants: Tenants): ResolvedSlot[] {
  return Object.values(tenants).flatMap((config) =>
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

process.exitCode = await main();
