import type { CallOptions } from '@mortise/core';
import type { ProjectManagementWorkItemInput } from './model/work-item-input.ts';
import type { ProjectManagementWorkItem } from './model/work-item.ts';
import type { ProjectManagementProvider } from './project-management-provider.ts';

/** The types that consumers of the first interface know. */
export type SeedWorkItemType = 'task' | 'bug' | 'story' | 'epic' | 'summary';

export interface SeedWorkItem extends Omit<ProjectManagementWorkItem, 'type'> {
  type?: SeedWorkItemType;
}

/** A provider whose results hold nothing that the first interface did not have. */
export interface SeedProjectManagementProvider {
  createWorkItem(input: ProjectManagementWorkItemInput, options?: CallOptions): Promise<SeedWorkItem>;
  createWorkItems(items: ProjectManagementWorkItemInput[], options?: CallOptions): Promise<SeedWorkItem[]>;
}

/** For code written against the first interface: a type of the provider's own is left out, the portable five stay. */
export function seedCompat(provider: ProjectManagementProvider): SeedProjectManagementProvider {
  return {
    createWorkItem: async (input, options) => fold(await provider.createWorkItem(input, options)),
    createWorkItems: async (items, options) => (await provider.createWorkItems(items, options)).map(fold),
  };
}

function fold({ type, ...item }: ProjectManagementWorkItem): SeedWorkItem {
  return type !== undefined && isSeedType(type) ? { ...item, type } : item;
}

function isSeedType(type: string): type is SeedWorkItemType {
  return ['task', 'bug', 'story', 'epic', 'summary'].includes(type);
}
