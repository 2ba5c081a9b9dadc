/** How urgent an item is. */
export type ProjectManagementWorkItemPriority = 'urgent' | 'high' | 'medium' | 'low' | 'none';

/** Every priority, the most urgent first. */
export const WORK_ITEM_PRIORITIES: readonly ProjectManagementWorkItemPriority[] = Object.freeze([
  'urgent',
  'high',
  'medium',
  'low',
  'none',
]);

/** What kind of item it is: one of the portable five, or a type of the provider's own by its name. */
export type ProjectManagementWorkItemType = 'task' | 'bug' | 'story' | 'epic' | 'summary' | (string & {});

/** What a status means, whatever the project calls it. `unknown`: the provider did not say. */
export type WorkItemStatusCategory =
  | 'triage'
  | 'backlog'
  | 'unstarted'
  | 'started'
  | 'completed'
  | 'canceled'
  | 'unknown';

/** Every category that an item can be moved to. */
export const WORK_ITEM_STATUS_CATEGORIES: readonly Exclude<WorkItemStatusCategory, 'unknown'>[] = Object.freeze([
  'triage',
  'backlog',
  'unstarted',
  'started',
  'completed',
  'canceled',
]);

/** A state of a project's workflow. */
export interface WorkItemStatus {
  readonly id: string;
  readonly name: string;
  readonly category: WorkItemStatusCategory;
}

/** Somebody who can be assigned. */
export interface WorkItemUser {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  /** Absent: not told. */
  readonly isActive?: boolean;
}

/** How one item stands to another. */
export interface WorkItemRelation {
  readonly type: 'blocks' | 'blocked_by' | 'relates' | 'duplicates' | 'parent';
  readonly itemId: string;
}

export interface WorkItemProject {
  readonly id: string;
  readonly name: string;
  /** Short name in front of keys, such as `ENG`. */
  readonly key?: string;
}

export interface WorkItemLabel {
  readonly id: string;
  readonly name: string;
}

/** A field of a project that the portable record does not have. */
export interface WorkItemFieldDescription {
  readonly id: string;
  readonly name: string;
  readonly type: 'text' | 'number' | 'boolean' | 'date' | 'option' | 'user' | 'unknown';
  readonly isRequired: boolean;
  /** Values of an `option` field. */
  readonly options?: readonly string[];
}

export interface WorkItemComment {
  readonly id: string;
  readonly itemId: string;
  readonly body: string;
  readonly authorId?: string;
  readonly createdAt: Date;
  /** Absent: never edited. */
  readonly updatedAt?: Date;
}
