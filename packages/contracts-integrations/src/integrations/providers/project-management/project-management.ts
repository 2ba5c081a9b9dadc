export type {
  ProjectManagementProvider,
  ProjectManagementWorkItem,
  ProjectManagementWorkItemInput,
  ProjectManagementWorkItemPriority,
  ProjectManagementWorkItemType,
} from '@mortise/provider-project-management';
export type {
  SeedProjectManagementProvider,
  SeedWorkItem,
  SeedWorkItemType,
} from '@mortise/provider-project-management';
export { seedCompat } from '@mortise/provider-project-management';
