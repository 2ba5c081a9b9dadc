import { type BatchEntry, type BatchResult, type CallOptions, IntegrationError } from '@mortise/core';
import type { ProjectManagementWorkItemInput } from './model/work-item-input.ts';
import type { ProjectManagementWorkItem } from './model/work-item.ts';
import type { ProjectManagementProvider } from './project-management-provider.ts';

/** Endings of the call itself: what is left is not tried any more. */
const ENDINGS = new Set(['aborted', 'timeout']);

/**
 * Creates several items by single calls, one after the other. Each gets a key of its own, made of the given one. When the
 * call is ended, the items that are left are reported with the same error, and what was created stays reported.
 */
export async function createBatchFromSingle(
  provider: ProjectManagementProvider,
  items: readonly ProjectManagementWorkItemInput[],
  { idempotencyKey, ...options }: CallOptions = {},
): Promise<BatchResult<ProjectManagementWorkItem>> {
  const results: BatchEntry<ProjectManagementWorkItem>[] = [];
  let ending: IntegrationError<string> | undefined;
  for (const [index, item] of items.entries()) {
    if (ending !== undefined) {
      results.push({ index, ok: false, error: ending });
      continue;
    }
    const key = idempotencyKey === undefined ? {} : { idempotencyKey: `${idempotencyKey}-${index}` };
    try {
      results.push({ index, ok: true, value: await provider.createWorkItem(item, { ...options, ...key }) });
    } catch (reason) {
      const error = toIntegrationError(reason);
      results.push({ index, ok: false, error });
      if (ENDINGS.has(error.code)) ending = error;
    }
  }
  return { results };
}

function toIntegrationError(reason: unknown): IntegrationError<string> {
  if (IntegrationError.is(reason)) return reason;
  return new IntegrationError({ code: 'provider_error', message: 'The item could not be created', cause: reason });
}
