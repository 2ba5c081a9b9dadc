import type { DateOnly, FileInput, JsonValue } from '@mortise/core';
import type {
  ProjectManagementWorkItemPriority,
  ProjectManagementWorkItemType,
  WorkItemRelation,
} from './work-item-terms.ts';

/** An item to be created. What a provider cannot store is named by a warning of the result. */
export interface ProjectManagementWorkItemInput {
  title: string;
  description?: string;
  type?: ProjectManagementWorkItemType;
  /** Name of a state. `statusId` is exact, and wins. */
  status?: string;
  priority?: ProjectManagementWorkItemPriority;
  assigneeId?: string;
  projectId?: string;
  parentId?: string;
  /** The caller's own id: creating it again gives the same item, where `capabilities.features` has `external-id`. */
  externalId?: string;
  /** Names of labels. `labelIds` is exact. */
  tags?: string[];
  /** A deadline as an instant. Prefer `dueOn`: providers keep a day, and an instant is another day elsewhere. */
  dueDate?: Date;
  /** In the provider's unit, such as points. */
  estimate?: number;
  metadata?: Record<string, string>;
  /** Id that the item shall have, where the provider lets the caller choose; makes creating safe to repeat. */
  itemId?: string;
  assigneeIds?: readonly string[];
  statusId?: string;
  /** Last day on which it is due. */
  dueOn?: DateOnly;
  startOn?: DateOnly;
  labelIds?: readonly string[];
  /** What `description` is written in. Default `markdown`. */
  descriptionFormat?: 'markdown' | 'html' | 'plain' | 'native';
  /** Fields of the project's own, by id (`describeFields`). */
  fields?: Readonly<Record<string, JsonValue>>;
  milestoneId?: string;
  cycleId?: string;
  reporterId?: string;
  relations?: readonly WorkItemRelation[];
  attachments?: readonly FileInput[];
}

/** What of an item is to change: an absent field stays, null clears it. */
export interface WorkItemPatch {
  readonly title?: string;
  readonly description?: string | null;
  readonly type?: ProjectManagementWorkItemType;
  readonly priority?: ProjectManagementWorkItemPriority;
  readonly assigneeIds?: readonly string[] | null;
  readonly parentId?: string | null;
  readonly tags?: readonly string[] | null;
  readonly dueOn?: DateOnly | null;
  readonly startOn?: DateOnly | null;
  readonly estimate?: number | null;
  readonly metadata?: Readonly<Record<string, string>> | null;
  readonly fields?: Readonly<Record<string, JsonValue>>;
}
