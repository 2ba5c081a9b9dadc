import type { DateOnly } from '@mortise/core';
import type { ProjectManagementWorkItemType, WorkItemStatusCategory } from './work-item-terms.ts';

/** Which items are wanted; all conditions hold together. */
export interface WorkItemQuery {
  readonly projectId?: string;
  readonly assigneeId?: string;
  readonly statusCategory?: WorkItemStatusCategory;
  readonly type?: ProjectManagementWorkItemType;
  /** Names; an item has all of them. */
  readonly labels?: readonly string[];
  readonly parentId?: string;
  /** Words of title or description. */
  readonly text?: string;
  /** Inclusive, as are the next two. */
  readonly updatedSince?: Date;
  readonly createdSince?: Date;
  readonly dueBefore?: DateOnly;
  /** Default false. */
  readonly includeDeleted?: boolean;
  /** Default `created`, oldest first. */
  readonly orderBy?: 'created' | 'updated';
  /** Position from a previous page's `nextCursor`. */
  readonly cursor?: string;
  /** Most items per page; the provider may give fewer. */
  readonly pageSize?: number;
}
