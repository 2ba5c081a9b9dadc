export type {
  ProjectManagementProvider,
  ProjectManagementWorkItem,
  ProjectManagementWorkItemInput,
  ProjectManagementWorkItemPriority,
  ProjectManagementWorkItemType,
} from '@mortise/provider-project-management';
