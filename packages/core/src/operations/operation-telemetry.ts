import { createRedactor, type Redactor } from '../redaction/redactor.ts';
import { isRecord } from '../schema/record.ts';
import type { OperationContext } from './operation-context.ts';
import type { AnyOperationSpec } from './operation-spec.ts';

let defaultRedactor: Redactor | undefined;

/** Sends the event that the contract names for an outcome. Whatever goes wrong in it never reaches the call. */
export function emitTelemetry(
  spec: AnyOperationSpec,
  outcome: 'success' | 'failure',
  data: { readonly input: unknown; readonly output?: unknown; readonly error?: unknown },
  context: OperationContext,
): void {
  const trigger = spec.telemetry?.[outcome];
  if (trigger === undefined || context.emit === undefined) return;
  const { key, version } = spec.meta;
  try {
    defaultRedactor ??= createRedactor();
    // The registry holds contracts of every type; the data has been checked against this one's schemas.
    const describe: unknown = Reflect.get(trigger, 'properties');
    const raw: unknown = typeof describe === 'function' ? Reflect.apply(describe, trigger, [data]) : {};
    const properties = (context.redactor ?? defaultRedactor).value(raw);
    const sent = context.emit({
      key: trigger.event.key,
      version: trigger.event.version ?? '1.0.0',
      operation: { key, version },
      ...(context.tenantId === undefined ? {} : { tenantId: context.tenantId }),
      properties: isRecord(properties) ? properties : {},
    });
    Promise.resolve(sent).catch(() => {});
  } catch {
    // Telemetry is not part of the call.
  }
}
