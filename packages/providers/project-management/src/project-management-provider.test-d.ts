import { expectTypeOf } from 'vitest';
import { complete } from './complete.ts';
import type { ProjectManagementWorkItemType } from './model/work-item-terms.ts';
import type { ProjectManagementProvider } from './project-management-provider.ts';
import { seedCompat, type SeedWorkItem } from './seed-compat.ts';

/** The first interface, as its implementers know it. */
interface FirstInput {
  title: string;
  description?: string;
  type?: 'task' | 'bug' | 'story' | 'epic' | 'summary';
  status?: string;
  priority?: 'urgent' | 'high' | 'medium' | 'low' | 'none';
  assigneeId?: string;
  projectId?: string;
  parentId?: string;
  externalId?: string;
  tags?: string[];
  dueDate?: Date;
  estimate?: number;
  metadata?: Record<string, string>;
}
interface FirstItem {
  id: string;
  title: string;
  url?: string;
  status?: string;
  priority?: 'urgent' | 'high' | 'medium' | 'low' | 'none';
  tags?: string[];
  projectId?: string;
  externalId?: string;
  metadata?: Record<string, string>;
}
interface FirstProvider {
  createWorkItem(input: FirstInput): Promise<FirstItem>;
  createWorkItems(items: FirstInput[]): Promise<FirstItem[]>;
}
declare const first: FirstProvider;
declare const provider: ProjectManagementProvider;

expectTypeOf(first).toExtend<ProjectManagementProvider>();
expectTypeOf(provider).toExtend<FirstProvider>();
expectTypeOf(complete(first).createBatch).toBeFunction();
expectTypeOf(seedCompat(provider)).toExtend<FirstProvider>();
expectTypeOf<SeedWorkItem['type']>().toEqualTypeOf<'task' | 'bug' | 'story' | 'epic' | 'summary' | undefined>();
expectTypeOf<'incident'>().toExtend<ProjectManagementWorkItemType>();
