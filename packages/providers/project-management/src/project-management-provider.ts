import type { BatchResult, CallOptions, Changes, FileInput, Page, WebhookRequest } from '@mortise/core';
import type { ProjectManagementCapabilities } from './model/capabilities.ts';
import type { WorkItemEvent } from './model/work-item-event.ts';
import type { ProjectManagementWorkItemInput, WorkItemPatch } from './model/work-item-input.ts';
import type { WorkItemQuery } from './model/work-item-query.ts';
import type {
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
import type { ProjectManagementWorkItem } from './model/work-item.ts';

export interface UpdateWorkItemOptions extends CallOptions {
  /** Only where the item still has this revision; else `precondition_failed`. */
  readonly ifRevision?: string;
}

/** Where an item is moved to: a state, or the first state of a kind. */
export type WorkItemTransition =
  | { readonly statusId: string }
  | { readonly category: Exclude<WorkItemStatusCategory, 'unknown'> };

export interface PageQuery {
  readonly cursor?: string;
  readonly pageSize?: number;
}

/**
 * A work-item tracker behind one connection. Only the two create methods are required; `complete(provider)` adds the
 * others. Failures reject with core's `IntegrationError`: `aborted` and `timeout` for the caller's signal and time limit,
 * `unsupported` for what the tracker does not have, `outcome_unknown` for a write whose answer was lost.
 */
export interface ProjectManagementProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: ProjectManagementCapabilities;

  /**
   * Creates one item and gives what was stored.
   *
   * @throws {IntegrationError} `invalid_request` with `field` for a user, label, project, parent or state that is not there.
   */
  createWorkItem(input: ProjectManagementWorkItemInput, options?: CallOptions): Promise<ProjectManagementWorkItem>;

  /** Creates several, one by one, and rejects at the first failure. Prefer `createBatch`, which loses nothing. */
  createWorkItems(items: ProjectManagementWorkItemInput[], options?: CallOptions): Promise<ProjectManagementWorkItem[]>;

  /** Creates several and tells for each what became of it, in the order of the inputs. */
  createBatch?(
    items: readonly ProjectManagementWorkItemInput[],
    options?: CallOptions,
  ): Promise<BatchResult<ProjectManagementWorkItem>>;

  /** @throws {IntegrationError} `not_found` */
  getWorkItem?(id: string, options?: CallOptions): Promise<ProjectManagementWorkItem>;
  /** Null: no item has that id. */
  findByExternalId?(externalId: string, options?: CallOptions): Promise<ProjectManagementWorkItem | null>;

  /** @throws {IntegrationError} `precondition_failed` where the item was changed since `ifRevision`. */
  updateWorkItem?(
    id: string,
    patch: WorkItemPatch,
    options?: UpdateWorkItemOptions,
  ): Promise<ProjectManagementWorkItem>;

  /** @throws {IntegrationError} `invalid_request`, naming the possible states, for a move that the workflow forbids. */
  transition?(id: string, to: WorkItemTransition, options?: CallOptions): Promise<ProjectManagementWorkItem>;

  /** Moves to the bin or deletes, as the provider does. */
  deleteWorkItem?(id: string, options?: CallOptions): Promise<void>;
  archiveWorkItem?(id: string, options?: CallOptions): Promise<void>;

  listWorkItems?(query?: WorkItemQuery, options?: CallOptions): Promise<Page<ProjectManagementWorkItem>>;
  /** By words, the best first. */
  search?(text: string, query?: WorkItemQuery, options?: CallOptions): Promise<Page<ProjectManagementWorkItem>>;

  /** Oldest first. */
  listComments?(itemId: string, query?: PageQuery, options?: CallOptions): Promise<Page<WorkItemComment>>;
  addComment?(itemId: string, body: string, options?: CallOptions): Promise<WorkItemComment>;
  updateComment?(commentId: string, body: string, options?: CallOptions): Promise<WorkItemComment>;
  deleteComment?(commentId: string, options?: CallOptions): Promise<void>;

  addAttachment?(itemId: string, file: FileInput, options?: CallOptions): Promise<{ readonly id: string }>;
  addRelation?(
    id: string,
    relation: { readonly type: WorkItemRelation['type'] },
    otherId: string,
    options?: CallOptions,
  ): Promise<void>;

  listProjects?(query?: PageQuery, options?: CallOptions): Promise<Page<WorkItemProject>>;
  listStatuses?(projectId: string, options?: CallOptions): Promise<readonly WorkItemStatus[]>;
  listUsers?(query?: PageQuery, options?: CallOptions): Promise<Page<WorkItemUser>>;
  listLabels?(projectId?: string, options?: CallOptions): Promise<readonly WorkItemLabel[]>;
  describeFields?(
    projectId: string,
    type?: ProjectManagementWorkItemType,
    options?: CallOptions,
  ): Promise<readonly WorkItemFieldDescription[]>;

  /**
   * What changed since a cursor; without one, everything, and a cursor to go on from.
   *
   * @throws {IntegrationError} `cursor_expired`: read everything again.
   */
  listChanges?(cursor?: string, options?: CallOptions): Promise<Changes<ProjectManagementWorkItem>>;

  /** False for a request that is not from the provider, also when no signing secret is configured. */
  verifyWebhook?(request: WebhookRequest): Promise<boolean>;
  /** The first event of a request that was verified. */
  parseWebhook?(request: WebhookRequest): Promise<WorkItemEvent>;
  /** Every event of a request that was verified. */
  parseWebhookAll?(request: WebhookRequest): Promise<WorkItemEvent[]>;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
