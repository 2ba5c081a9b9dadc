import { type CallOptions, type Changes, IntegrationError, type Page, type WebhookRequest } from '@mortise/core';
import type { WorkItemEvent } from '../../model/work-item-event.ts';
import type { ProjectManagementWorkItemInput, WorkItemPatch } from '../../model/work-item-input.ts';
import type { WorkItemQuery } from '../../model/work-item-query.ts';
import type { ProjectManagementWorkItem } from '../../model/work-item.ts';
import type { UpdateWorkItemOptions, WorkItemTransition } from '../../project-management-provider.ts';
import type { ProjectManagementConformanceTarget } from '../conformance-target.ts';
import {
  InMemoryProjectManagementProvider,
  type InMemoryProjectManagementProviderOptions,
} from '../in-memory-project-management-provider.ts';
import { inMemoryTarget } from '../in-memory-target.ts';

/** A provider that does one thing wrong. */
interface BrokenProvider {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: ProjectManagementConformanceTarget;
}

type Input = ProjectManagementWorkItemInput;
type Item = ProjectManagementWorkItem;
type Options = InMemoryProjectManagementProviderOptions;

function broken(
  fails: string,
  mistake: string,
  create: (options: Options) => InMemoryProjectManagementProvider,
): BrokenProvider {
  return { fails, mistake, target: inMemoryTarget(create) };
}

/** What the first interface had, and nothing else. */
export const createOnlyTarget: ProjectManagementConformanceTarget = {
  open: async (setup) => {
    const subject = await inMemoryTarget().open(setup);
    const { provider } = subject;
    return {
      ...subject,
      provider: {
        createWorkItem: (input, options) => provider.createWorkItem(input, options),
        createWorkItems: (items, options) => provider.createWorkItems(items, options),
      },
    };
  },
};

class EchoesItsInput extends InMemoryProjectManagementProvider {
  override async createWorkItem({ estimate, ...input }: Input, options?: CallOptions): Promise<Item> {
    const item = await super.createWorkItem(input, options);
    return estimate === undefined ? item : { ...item, estimate };
  }
}

class KeepsAnInstant extends InMemoryProjectManagementProvider {
  override createWorkItem({ dueOn, ...input }: Input, options?: CallOptions): Promise<Item> {
    if (dueOn === undefined) return super.createWorkItem(input, options);
    // Midnight in Berlin, told in UTC.
    const isSummer = dueOn > '2026-03-29' && dueOn < '2026-10-25';
    const instant = new Date(`${dueOn}T00:00:00${isSummer ? '+02:00' : 'Z'}`);
    const wrong = dueOn === '2026-12-31' ? new Date(instant.getTime() - 1) : instant;
    return super.createWorkItem({ ...input, dueOn: wrong.toISOString().slice(0, 10) }, options);
  }
}

class ForgetsExternalIds extends InMemoryProjectManagementProvider {
  #made = 0;
  override createWorkItem(input: Input, options?: CallOptions): Promise<Item> {
    if (input.externalId !== 'order-1') return super.createWorkItem(input, options);
    this.#made += 1;
    return super.createWorkItem({ ...input, externalId: `order-1-${this.#made}` }, options);
  }
}

class StopsAtTheFirst extends InMemoryProjectManagementProvider {
  async createBatch(items: readonly Input[], options?: CallOptions) {
    const results = [];
    for (const [index, item] of items.entries()) {
      results.push({ index, ok: true as const, value: await this.createWorkItem(item, options) });
    }
    return { results };
  }
}

class EscapesMarkdown extends InMemoryProjectManagementProvider {
  override createWorkItem(input: Input, options?: CallOptions): Promise<Item> {
    const { description } = input;
    if (description?.startsWith('# ') !== true) return super.createWorkItem(input, options);
    return super.createWorkItem({ ...input, description: description.replaceAll('<', '&lt;') }, options);
  }
}

class HidesTheAlternatives extends InMemoryProjectManagementProvider {
  override async transition(id: string, to: WorkItemTransition, options?: CallOptions): Promise<Item> {
    try {
      return await super.transition(id, to, options);
    } catch {
      throw new IntegrationError({ code: 'invalid_request', field: 'statusId', message: 'statusId: not allowed' });
    }
  }
}

class OverwritesChanges extends InMemoryProjectManagementProvider {
  override updateWorkItem(id: string, patch: WorkItemPatch, options: UpdateWorkItemOptions = {}): Promise<Item> {
    const { ifRevision: _, ...rest } = options;
    return super.updateWorkItem(id, patch, rest);
  }
}

class TakesZeroForNothing extends InMemoryProjectManagementProvider {
  override updateWorkItem(id: string, patch: WorkItemPatch, options?: UpdateWorkItemOptions): Promise<Item> {
    return super.updateWorkItem(id, { ...patch, ...(patch.estimate === 0 ? { estimate: null } : {}) }, options);
  }
}

class DropsUnknownLabels extends InMemoryProjectManagementProvider {
  override createWorkItem(input: Input, options?: CallOptions): Promise<Item> {
    if (input.tags === undefined) return super.createWorkItem(input, options);
    const tags = input.tags.filter((tag) => tag === 'docs' || tag === 'urgent-fix');
    return super.createWorkItem({ ...input, tags }, options);
  }
}

class HidesDeletions extends InMemoryProjectManagementProvider {
  override async listChanges(cursor?: string, options?: CallOptions): Promise<Changes<Item>> {
    return { ...(await super.listChanges(cursor, options)), removed: [] };
  }
}

class CountsInsteadOfPointing extends InMemoryProjectManagementProvider {
  override async listWorkItems(query: WorkItemQuery = {}, options?: CallOptions): Promise<Page<Item>> {
    const { cursor, pageSize = 50, ...rest } = query;
    const skip = cursor === undefined ? 0 : Number(cursor);
    if (!Number.isInteger(skip)) return super.listWorkItems(query, options);
    const { items } = await super.listWorkItems({ ...rest, pageSize: 1000 }, options);
    const hasMore = items.length > skip + pageSize;
    const page = items.slice(skip, skip + pageSize);
    return { items: page, hasMore, ...(hasMore ? { nextCursor: String(skip + pageSize) } : {}) };
  }
}

class LosesLowPriority extends InMemoryProjectManagementProvider {
  override createWorkItem(input: Input, options?: CallOptions): Promise<Item> {
    return super.createWorkItem(input.priority === 'none' ? { ...input, priority: 'low' } : input, options);
  }
}

class TakesItselfForAnother extends InMemoryProjectManagementProvider {
  override async parseWebhook(request: WebhookRequest): Promise<WorkItemEvent> {
    return { ...(await super.parseWebhook(request)), isOwn: false };
  }
}

class TakesAnyField extends InMemoryProjectManagementProvider {
  override createWorkItem(input: Input, options?: CallOptions): Promise<Item> {
    const { fields, ...rest } = input;
    return super.createWorkItem(fields !== undefined && !('risk' in fields) ? rest : input, options);
  }
}

class InventsAPriority extends InMemoryProjectManagementProvider {
  override async createWorkItem(input: Input, options?: CallOptions): Promise<Item> {
    return { priority: 'none', ...(await super.createWorkItem(input, options)) };
  }
}

class ChangesItsInput extends InMemoryProjectManagementProvider {
  override createWorkItem(input: Input, options?: CallOptions): Promise<Item> {
    input.tags?.sort();
    return super.createWorkItem(input, options);
  }
}

class NormalisesText extends InMemoryProjectManagementProvider {
  override createWorkItem(input: Input, options?: CallOptions): Promise<Item> {
    const { description } = input;
    return super.createWorkItem(
      description === undefined ? input : { ...input, description: description.normalize('NFC') },
      options,
    );
  }
}

class TakesAnyCursor extends InMemoryProjectManagementProvider {
  override async listWorkItems(query: WorkItemQuery = {}, options?: CallOptions): Promise<Page<Item>> {
    if (query.cursor !== 'not-a-cursor') return super.listWorkItems(query, options);
    return super.listWorkItems({}, options);
  }
}

class CallsTheUnknownDone extends InMemoryProjectManagementProvider {
  override async getWorkItem(id: string, options?: CallOptions): Promise<Item> {
    const item = await super.getWorkItem(id, options);
    const { statusDetail } = item;
    if (statusDetail?.category !== 'unknown') return item;
    return { ...item, statusDetail: { ...statusDetail, category: 'started' } };
  }
}

class TrustsWithoutSecret extends InMemoryProjectManagementProvider {
  readonly #isTrusting: boolean;
  constructor(options: Options) {
    super(options);
    this.#isTrusting = (options.webhookSecrets ?? []).length === 0;
  }
  override async verifyWebhook(request: WebhookRequest): Promise<boolean> {
    return this.#isTrusting || super.verifyWebhook(request);
  }
}

class Boasts extends InMemoryProjectManagementProvider {
  override async listUsers(): Promise<never> {
    throw new IntegrationError({ code: 'unsupported', message: 'No users here' });
  }
}

class LooksAfterwards extends InMemoryProjectManagementProvider {
  override async createWorkItem(input: Input, options: CallOptions = {}): Promise<Item> {
    if (options.signal?.aborted !== true) return super.createWorkItem(input, options);
    await super.createWorkItem(input);
    return super.createWorkItem(input, options);
  }
}

class HasNoTimeLimit extends InMemoryProjectManagementProvider {
  override createWorkItem(input: Input, { timeoutMs: _, ...options }: CallOptions = {}): Promise<Item> {
    return super.createWorkItem(input, options);
  }
}

class ForgetsKeys extends InMemoryProjectManagementProvider {
  override createWorkItem(input: Input, options: CallOptions = {}): Promise<Item> {
    if (options.idempotencyKey !== 'key-1') return super.createWorkItem(input, options);
    const { idempotencyKey: _, ...rest } = options;
    return super.createWorkItem(input, rest);
  }
}

class ShowsItsCredential extends InMemoryProjectManagementProvider {
  readonly #credential: string;
  constructor(options: Options) {
    super(options);
    this.#credential = options.credential ?? '';
  }
  override async createWorkItem(input: Input, options?: CallOptions): Promise<Item> {
    const item = await super.createWorkItem(input, options);
    return { ...item, providerMetadata: { tracker: { requestedBy: encodeURIComponent(this.#credential) } } };
  }
}

class NeverCloses extends InMemoryProjectManagementProvider {
  override async close(): Promise<void> {}
}

/** One for each of the checks that a single mistake can be made for. */
export const brokenProviders: readonly BrokenProvider[] = [
  broken('project-management.1', 'gives back what it did not store', (options) => new EchoesItsInput(options)),
  broken('project-management.2', 'keeps a due day as an instant', (options) => new KeepsAnInstant(options)),
  broken('project-management.3', 'makes an external id twice', (options) => new ForgetsExternalIds(options)),
  broken('project-management.4', 'stops a batch at the first failure', (options) => new StopsAtTheFirst(options)),
  broken('project-management.5', 'escapes Markdown', (options) => new EscapesMarkdown(options)),
  broken('project-management.6', 'hides which moves are allowed', (options) => new HidesTheAlternatives(options)),
  broken('project-management.7', 'overwrites the changes of others', (options) => new OverwritesChanges(options)),
  broken('project-management.8', 'takes zero for nothing', (options) => new TakesZeroForNothing(options)),
  broken('project-management.9', 'drops labels that it does not know', (options) => new DropsUnknownLabels(options)),
  broken('project-management.10', 'hides deletions', (options) => new HidesDeletions(options)),
  broken('project-management.11', 'counts instead of pointing', (options) => new CountsInsteadOfPointing(options)),
  broken('project-management.12', 'has no word for no priority', (options) => new LosesLowPriority(options)),
  broken('project-management.13', 'does not know its own writes', (options) => new TakesItselfForAnother(options)),
  broken('project-management.14', 'drops fields that it does not know', (options) => new TakesAnyField(options)),
  broken('X1', 'sends first and looks at the signal afterwards', (options) => new LooksAfterwards(options)),
  broken('X3', 'has no time limit', (options) => new HasNoTimeLimit(options)),
  broken('X6', 'invents a priority', (options) => new InventsAPriority(options)),
  broken('X8', 'sorts the labels of the input', (options) => new ChangesItsInput(options)),
  broken('X9', 'reads from the start under any cursor', (options) => new TakesAnyCursor(options)),
  broken('X10', 'forgets idempotency keys', (options) => new ForgetsKeys(options)),
  broken('X13', 'puts the credential into a result', (options) => new ShowsItsCredential(options)),
  broken('X16', 'goes on after it was closed', (options) => new NeverCloses(options)),
  broken('X17', 'takes an unknown state for a started one', (options) => new CallsTheUnknownDone(options)),
  broken('X18', 'normalises text', (options) => new NormalisesText(options)),
  broken('X19', 'trusts everything where no secret is set', (options) => new TrustsWithoutSecret(options)),
  broken('X20', 'has a method that it refuses to do', (options) => new Boasts(options)),
];
