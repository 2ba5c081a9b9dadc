import type { DateOnly, JsonValue, ResultMeta } from '@mortise/core';
import type {
  ProjectManagementWorkItemPriority,
  ProjectManagementWorkItemType,
  WorkItemRelation,
  WorkItemStatus,
  WorkItemUser,
} from './work-item-terms.ts';

/** An item as the provider holds it: what it stored, never what it was asked to store. */
export interface ProjectManagementWorkItem extends ResultMeta {
  id: string;
  title: string;
  /** Address for people. */
  url?: string;
  /** Name of the state. */
  status?: string;
  priority?: ProjectManagementWorkItemPriority;
  tags?: string[];
  projectId?: string;
  externalId?: string;
  metadata?: Record<string, string>;
  /** Such as `ENG-12`. */
  key?: string;
  /** Markdown, unless the provider keeps something else. */
  description?: string;
  type?: ProjectManagementWorkItemType;
  statusDetail?: WorkItemStatus;
  /** Empty: nobody. Absent: not told. */
  assignees?: readonly WorkItemUser[];
  creator?: WorkItemUser;
  parentId?: string;
  dueOn?: DateOnly;
  startOn?: DateOnly;
  estimate?: number;
  createdAt?: Date;
  updatedAt?: Date;
  completedAt?: Date;
  fields?: Readonly<Record<string, JsonValue>>;
  relations?: readonly WorkItemRelation[];
  /** True: it is in the bin. */
  deleted?: boolean;
  /** Changes with every change; pass it as `ifRevision`. */
  revision?: string;
}
