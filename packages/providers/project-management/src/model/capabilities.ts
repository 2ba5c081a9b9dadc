import type { CapabilityDescription, MethodSupport } from '@mortise/core';

/** Methods of `ProjectManagementProvider` that not every implementation has. */
export type ProjectManagementMethod =
  | 'getWorkItem'
  | 'findByExternalId'
  | 'updateWorkItem'
  | 'transition'
  | 'deleteWorkItem'
  | 'archiveWorkItem'
  | 'listWorkItems'
  | 'search'
  | 'createBatch'
  | 'listComments'
  | 'addComment'
  | 'updateComment'
  | 'deleteComment'
  | 'addAttachment'
  | 'addRelation'
  | 'listProjects'
  | 'listStatuses'
  | 'listUsers'
  | 'listLabels'
  | 'describeFields'
  | 'listChanges'
  | 'verifyWebhook'
  | 'parseWebhook';

/** What a tracker can hold or do beyond title and description. */
export type ProjectManagementFeature =
  /** The caller may choose ids (`itemId`). */
  | 'item-id'
  /** Creating an `externalId` again gives the same item. */
  | 'external-id'
  | 'transitions'
  | 'revisions'
  | 'due-dates'
  | 'parents'
  | 'custom-fields'
  | 'changes'
  | 'events';

/** What an implementation can do: plain data, known without any call. */
export interface ProjectManagementCapabilities extends CapabilityDescription {
  /** A method that is not listed is supported when it is there. */
  readonly methods?: Readonly<Partial<Record<ProjectManagementMethod, MethodSupport>>>;
  /** A feature that is not listed makes the input that needs it a warning or a refusal. */
  readonly features: readonly ProjectManagementFeature[];
  /** Longest title, in UTF-16 code units. Absent: not known. */
  readonly maxTitleLength?: number;
}
