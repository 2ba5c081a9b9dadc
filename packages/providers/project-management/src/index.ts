export type {
  ProjectManagementCapabilities,
  ProjectManagementFeature,
  ProjectManagementMethod,
} from './model/capabilities.ts';
export type { WorkItemEvent } from './model/work-item-event.ts';
export type { ProjectManagementWorkItemInput, WorkItemPatch } from './model/work-item-input.ts';
export type { WorkItemQuery } from './model/work-item-query.ts';
export type {
  ProjectManagementWorkItemPriority,
  ProjectManagementWorkItemType,
  WorkItemComment,
  WorkItemFieldDescription,
  WorkItemLabel,
  WorkItemProject,
  WorkItemRelation,
  WorkItemStatus,
  WorkItemStatusCategory,
  WorkItemUser,
} from './model/work-item-terms.ts';
export { WORK_ITEM_PRIORITIES, WORK_ITEM_STATUS_CATEGORIES } from './model/work-item-terms.ts';
export type { ProjectManagementWorkItem } from './model/work-item.ts';

export type {
  PageQuery,
  ProjectManagementProvider,
  UpdateWorkItemOptions,
  WorkItemTransition,
} from './project-management-provider.ts';
export type { CompleteProjectManagementProvider } from './complete.ts';
export { complete } from './complete.ts';
export { createBatchFromSingle } from './create-batch.ts';
export type { SeedProjectManagementProvider, SeedWorkItem, SeedWorkItemType } from './seed-compat.ts';
export { seedCompat } from './seed-compat.ts';

export type { PortableWorkItem } from './schema/work-item-schema.ts';
export {
  fromPortableWorkItem,
  ProjectManagementWorkItemSchema,
  toPortableWorkItem,
} from './schema/work-item-schema.ts';
