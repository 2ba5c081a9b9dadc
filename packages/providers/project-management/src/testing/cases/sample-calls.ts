import type { CallOptions } from '@mortise/core';
import type { ProjectManagementWorkItem } from '../../model/work-item.ts';
import type { ProjectManagementProvider } from '../../project-management-provider.ts';
import { fail } from '../conformance-failure.ts';
import type { TrackerService } from '../tracker-service.ts';

/** One item in the project of the tracker. */
export function create(
  provider: ProjectManagementProvider,
  options: CallOptions,
  title: string = 'An item',
): Promise<ProjectManagementWorkItem> {
  return provider.createWorkItem({ title, projectId: 'eng' }, options);
}

/** What creating had for an effect so far. */
export function effects(service: TrackerService): number {
  return service.items().length;
}

/** The item as it is now, by the provider where it can read, else by the tracker. */
export async function readBack(
  provider: ProjectManagementProvider,
  service: TrackerService,
  id: string,
): Promise<ProjectManagementWorkItem> {
  if (provider.getWorkItem !== undefined) return provider.getWorkItem(id);
  return service.items().find((item) => item.id === id) ?? fail('the item is not in the tracker');
}
