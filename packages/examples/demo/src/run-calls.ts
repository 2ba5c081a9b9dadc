import type { IntegrationSpec } from '@mortise/core';
import type { IntegrationCallResult } from '@mortise/runtime';
import type { CallRow } from './report/call-row.ts';
import type { Reporter } from './report/reporter.ts';
import type { DemoCall, Expectation, Scenario, Stage } from './scenarios/scenario.ts';

/** Plays the scenarios one after the other, shows each call, and gives all of them. */
export async function runCalls(
  scenarios: readonly Scenario[],
  props: Omit<Stage, 'call'>,
  reporter: Reporter,
): Promise<CallRow[]> {
  const rows: CallRow[] = [];
  for (const scenario of scenarios) {
    reporter.scenario(scenario.title);
    await scenario.run({
      ...props,
      call: async (call) => {
        const result = await guarded(call, props);
        // Told to stop: a call that this cut short is no row.
        props.signal.throwIfAborted();
        const row = toRow(rows.length + 1, scenario.title, call, result);
        rows.push(row);
        reporter.row(row);
      },
    });
  }
  return rows;
}

function guarded<T, Spec extends IntegrationSpec>(
  { guard, slot, operation, tenant, executor, options = {} }: DemoCall<T, Spec>,
  props: Omit<Stage, 'call'>,
): Promise<IntegrationCallResult<T>> {
  const signal = options.signal === undefined ? props.signal : AbortSignal.any([options.signal, props.signal]);
  return (guard ?? props.guard).executeWithGuards(slot, operation, undefined, tenant, executor, { ...options, signal });
}

function toRow<T, Spec extends IntegrationSpec>(
  number: number,
  scenario: string,
  call: DemoCall<T, Spec>,
  result: IntegrationCallResult<T>,
): CallRow {
  const { connectionId, ownershipMode, attempts, latencyMs, stopReason } = result.metadata;
  return {
    number,
    scenario,
    title: call.title,
    tenant: call.tenant.tenantId,
    ownershipMode,
    slot: call.slot.slotId,
    connectionId,
    operation: call.operation,
    attempts,
    latencyMs: Math.round(latencyMs * 10) / 10,
    outcome: outcomeOf(result),
    stopReason,
    ...(result.success ? {} : { message: result.error.message }),
    expected: { outcome: call.expect.outcome, attempts: call.expect.attempts },
    deviations: compare(call.expect, result),
  };
}

function outcomeOf(result: IntegrationCallResult<unknown>): string {
  return result.success ? 'ok' : result.error.code;
}

function compare<T>(expected: Expectation<T>, result: IntegrationCallResult<T>): string[] {
  const { attempts, latencyMs } = result.metadata;
  const { minLatencyMs = 0, maxLatencyMs = Infinity } = expected;
  const outcome = outcomeOf(result);
  const deviations: string[] = [];
  if (outcome !== expected.outcome) {
    const reason = result.success ? '' : `: ${result.error.message}`;
    deviations.push(`the outcome is ${outcome}, not ${expected.outcome}${reason}`);
  }
  if (attempts !== expected.attempts) deviations.push(`${attempts} attempts, not ${expected.attempts}`);
  if (latencyMs < minLatencyMs) deviations.push(`${latencyMs} ms is under ${minLatencyMs} ms`);
  if (latencyMs > maxLatencyMs) deviations.push(`${latencyMs} ms is over ${maxLatencyMs} ms`);
  const wrongData = result.success ? expected.check?.(result.data) : undefined;
  if (wrongData !== undefined) deviations.push(wrongData);
  return deviations;
}
