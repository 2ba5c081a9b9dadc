import {
  type CallOptions,
  type Changes,
  type FileInput,
  IntegrationError,
  type Page,
  type Sleep,
  sleep,
  type WebhookRequest,
} from '@mortise/core';
import type { ProjectManagementCapabilities, ProjectManagementFeature } from '../model/capabilities.ts';
import type { WorkItemEvent } from '../model/work-item-event.ts';
import type { ProjectManagementWorkItemInput, WorkItemPatch } from '../model/work-item-input.ts';
import type { WorkItemQuery } from '../model/work-item-query.ts';
import type { WorkItemComment, WorkItemRelation, WorkItemStatus } from '../model/work-item-terms.ts';
import type { ProjectManagementWorkItem } from '../model/work-item.ts';
import type {
  ProjectManagementProvider,
  UpdateWorkItemOptions,
  WorkItemTransition,
} from '../project-management-provider.ts';
import { applyPatch, composeItem } from './compose-item.ts';
import { ItemStore } from './item-store.ts';
import { readTrackerDelivery } from './read-tracker-delivery.ts';
import { type Memory, ServiceGate } from './service-gate.ts';
import { isGenuine, signDelivery } from './signed-delivery.ts';
import { FIELDS, findStatus, invalid, LABELS, PROJECT, STATUSES, statusesAfter, USERS } from './tracker-directory.ts';
import type { TrackerService } from './tracker-service.ts';

export interface InMemoryProjectManagementProviderOptions {
  /** Stands for the credential that a real provider would send. */
  readonly credential?: string;
  /** Secrets by which deliveries are known. Default none: then none is genuine. */
  readonly webhookSecrets?: readonly string[];
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

const FEATURES: readonly ProjectManagementFeature[] = [
  'item-id',
  'external-id',
  'transitions',
  'revisions',
  'due-dates',
  'parents',
  'custom-fields',
  'changes',
  'events',
];

/**
 * A work-item tracker in memory that keeps every rule of `ProjectManagementProvider`: the reference against which the kit
 * itself is tested, and a double for the tests of applications. `TrackerService` says what is in it.
 */
export class InMemoryProjectManagementProvider implements ProjectManagementProvider {
  readonly capabilities: ProjectManagementCapabilities = {
    methods: { archiveWorkItem: 'none', createBatch: 'emulated', search: 'emulated' },
    features: FEATURES,
    idempotency: { supported: 'native', onMismatch: 'error' },
    maxTitleLength: 500,
  };
  /** The tracker's side. */
  readonly service: TrackerService;
  readonly #options: InMemoryProjectManagementProviderOptions;
  readonly #now: () => number;
  readonly #gate: ServiceGate;
  readonly #store: ItemStore;
  readonly #created: Memory<ProjectManagementWorkItem> = new Map();
  readonly #comments: WorkItemComment[] = [];
  readonly #files: { readonly itemId: string; readonly name: string }[] = [];
  #events = 0;

  constructor(options: InMemoryProjectManagementProviderOptions = {}) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#gate = new ServiceGate({ credential: options.credential ?? 'in-memory', sleep: options.sleep ?? sleep });
    this.#store = new ItemStore(this.#now);
    this.service = this.#createService();
  }

  async createWorkItem(
    input: ProjectManagementWorkItemInput,
    options: CallOptions = {},
  ): Promise<ProjectManagementWorkItem> {
    const { attachments: _, ...body } = input;
    return this.#gate.pass({ options, writes: { body, memory: this.#created } }, () => this.#create(input));
  }

  async createWorkItems(
    items: ProjectManagementWorkItemInput[],
    { idempotencyKey, ...options }: CallOptions = {},
  ): Promise<ProjectManagementWorkItem[]> {
    const created: ProjectManagementWorkItem[] = [];
    for (const [index, item] of items.entries()) {
      const key = idempotencyKey === undefined ? {} : { idempotencyKey: `${idempotencyKey}-${index}` };
      created.push(await this.createWorkItem(item, { ...options, ...key }));
    }
    return created;
  }

  async getWorkItem(id: string, options: CallOptions = {}): Promise<ProjectManagementWorkItem> {
    return this.#gate.pass({ options }, () => this.#store.get(id));
  }

  async findByExternalId(externalId: string, options: CallOptions = {}): Promise<ProjectManagementWorkItem | null> {
    return this.#gate.pass({ options }, () => this.#store.findByExternalId(externalId) ?? null);
  }

  async updateWorkItem(
    id: string,
    patch: WorkItemPatch,
    options: UpdateWorkItemOptions = {},
  ): Promise<ProjectManagementWorkItem> {
    return this.#gate.pass({ options }, () => {
      const { revision } = this.#store.get(id);
      if (options.ifRevision !== undefined && options.ifRevision !== revision) {
        const message = 'The item was changed by somebody else; read it again';
        throw new IntegrationError({ code: 'precondition_failed', field: 'ifRevision', message });
      }
      return this.#store.change(id, (facts) => applyPatch(facts, patch, (other) => this.#store.has(other)));
    });
  }

  async transition(id: string, to: WorkItemTransition, options: CallOptions = {}): Promise<ProjectManagementWorkItem> {
    return this.#gate.pass({ options }, () => {
      const { statusDetail } = this.#store.get(id);
      const wanted =
        'statusId' in to
          ? findStatus(to.statusId, 'statusId')
          : STATUSES.find(({ category }) => category === to.category);
      const possible = statusDetail === undefined ? STATUSES : statusesAfter(statusDetail);
      if (wanted === undefined || !possible.includes(wanted)) {
        const names = possible.map(({ name }) => name).join(', ');
        throw invalid('statusId', `cannot go there from ${statusDetail?.name ?? 'here'}; possible: ${names}`);
      }
      return this.#store.change(id, (facts) => ({ ...facts, ...this.#stateOf(wanted) }));
    });
  }

  async deleteWorkItem(id: string, options: CallOptions = {}): Promise<void> {
    return this.#gate.pass({ options }, () => this.#store.delete(id));
  }

  async listWorkItems(query: WorkItemQuery = {}, options: CallOptions = {}): Promise<Page<ProjectManagementWorkItem>> {
    return this.#gate.pass({ options }, () => this.#store.list(query));
  }

  async search(text: string, query?: WorkItemQuery, options?: CallOptions): Promise<Page<ProjectManagementWorkItem>> {
    return this.listWorkItems({ ...query, text }, options);
  }

  async listComments(itemId: string, _query?: object, options: CallOptions = {}): Promise<Page<WorkItemComment>> {
    return this.#gate.pass({ options }, () => {
      const { id } = this.#store.get(itemId);
      return { items: this.#comments.filter((comment) => comment.itemId === id), hasMore: false };
    });
  }

  async addComment(itemId: string, body: string, options: CallOptions = {}): Promise<WorkItemComment> {
    return this.#gate.pass({ options }, () => {
      const id = `c${this.#comments.length + 1}`;
      const comment = { id, itemId: this.#store.get(itemId).id, body, createdAt: new Date(this.#now()) };
      this.#comments.push(comment);
      return comment;
    });
  }

  async updateComment(commentId: string, body: string, options: CallOptions = {}): Promise<WorkItemComment> {
    return this.#gate.pass({ options }, () => {
      const index = this.#indexOfComment(commentId);
      const [old] = this.#comments.slice(index, index + 1);
      if (old === undefined) throw invalid('commentId', 'there is no such comment');
      const comment = { ...old, body, updatedAt: new Date(this.#now()) };
      this.#comments[index] = comment;
      return comment;
    });
  }

  async deleteComment(commentId: string, options: CallOptions = {}): Promise<void> {
    return this.#gate.pass({ options }, () => void this.#comments.splice(this.#indexOfComment(commentId), 1));
  }

  async addAttachment(itemId: string, file: FileInput, options: CallOptions = {}): Promise<{ readonly id: string }> {
    return this.#gate.pass({ options }, () => {
      this.#files.push({ itemId: this.#store.get(itemId).id, name: file.filename ?? 'file' });
      return { id: `f${this.#files.length}` };
    });
  }

  async addRelation(
    id: string,
    { type }: { readonly type: WorkItemRelation['type'] },
    otherId: string,
    options: CallOptions = {},
  ): Promise<void> {
    return this.#gate.pass({ options }, () => {
      const relation = { type, itemId: this.#store.get(otherId).id };
      this.#store.change(id, (facts) => ({ ...facts, relations: [...(facts.relations ?? []), relation] }));
    });
  }

  async listProjects(_query?: object, options: CallOptions = {}): Promise<Page<typeof PROJECT>> {
    return this.#gate.pass({ options }, () => ({ items: [PROJECT], hasMore: false }));
  }

  async listStatuses(projectId: string, options: CallOptions = {}): Promise<readonly WorkItemStatus[]> {
    return this.#gate.pass({ options }, () => this.#inProject(projectId, STATUSES));
  }

  async listUsers(_query?: object, options: CallOptions = {}): Promise<Page<(typeof USERS)[number]>> {
    return this.#gate.pass({ options }, () => ({ items: USERS, hasMore: false }));
  }

  async listLabels(projectId: string = PROJECT.id, options: CallOptions = {}): Promise<typeof LABELS> {
    return this.#gate.pass({ options }, () => this.#inProject(projectId, LABELS));
  }

  async describeFields(projectId: string, _type?: string, options: CallOptions = {}): Promise<typeof FIELDS> {
    return this.#gate.pass({ options }, () => this.#inProject(projectId, FIELDS));
  }

  async listChanges(cursor?: string, options: CallOptions = {}): Promise<Changes<ProjectManagementWorkItem>> {
    return this.#gate.pass({ options }, () => this.#store.changes(cursor));
  }

  async verifyWebhook(request: WebhookRequest): Promise<boolean> {
    return isGenuine(request, this.#options.webhookSecrets ?? [], this.#now());
  }

  async parseWebhook(request: WebhookRequest): Promise<WorkItemEvent> {
    return readTrackerDelivery(request, (id) => this.#store.peek(id));
  }

  async close(): Promise<void> {
    this.#gate.close();
  }

  #create(input: ProjectManagementWorkItemInput): ProjectManagementWorkItem {
    const { externalId, itemId } = input;
    const known =
      (itemId === undefined ? undefined : this.#store.peek(itemId)) ??
      (externalId === undefined ? undefined : this.#store.findByExternalId(externalId));
    if (known !== undefined) return known;
    const { facts, warnings } = composeItem(input, (id) => this.#store.has(id));
    const stored = this.#store.add(facts, itemId);
    return warnings.length === 0 ? stored : { ...stored, warnings };
  }

  #stateOf(status: WorkItemStatus): Pick<ProjectManagementWorkItem, 'status' | 'statusDetail' | 'completedAt'> {
    const state = { status: status.name, statusDetail: status };
    return status.category === 'completed' ? { ...state, completedAt: new Date(this.#now()) } : state;
  }

  #inProject<Value>(projectId: string, value: Value): Value {
    if (projectId === PROJECT.id) return value;
    throw new IntegrationError({
      code: 'not_found',
      field: 'projectId',
      message: 'projectId: there is no such project',
    });
  }

  #indexOfComment(commentId: string): number {
    const index = this.#comments.findIndex(({ id }) => id === commentId);
    if (index >= 0) return index;
    throw new IntegrationError({ code: 'not_found', message: 'There is no such comment' });
  }

  #createService(): TrackerService {
    return {
      requests: () => this.#gate.credentials.length,
      openRequests: () => this.#gate.open,
      credentials: () => this.#gate.credentials,
      items: () => this.#store.all(),
      attachmentsOf: (id) => this.#files.filter(({ itemId }) => itemId === id).map(({ name }) => name),
      failNext: (fault) => this.#gate.failNext(fault),
      add: (input) => this.#create(input).id,
      setOddStatus: (id, name) => {
        const statusDetail: WorkItemStatus = { id: name, name, category: 'unknown' };
        this.#store.change(id, (facts) => ({ ...facts, status: name, statusDetail }));
      },
      deliver: (delivery, { secret, ageMs = 0, eventId }) => {
        const at = this.#now() - ageMs;
        this.#events += 1;
        return signDelivery(JSON.stringify({ ...delivery, eventId: eventId ?? `e${this.#events}`, at }), secret, at);
      },
    };
  }
}
