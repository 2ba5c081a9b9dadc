import { type Changes, IntegrationError, type Page } from '@mortise/core';
import type { WorkItemQuery } from '../model/work-item-query.ts';
import type { ProjectManagementWorkItem } from '../model/work-item.ts';
import type { ItemFacts } from './compose-item.ts';
import { invalid, PROJECT } from './tracker-directory.ts';

interface Entry {
  readonly sequence: number;
  item: ProjectManagementWorkItem;
  /** Number of the last change, over all items. */
  changedAt: number;
  deletedAt?: string;
}

const DEFAULT_PAGE_SIZE = 50;

/** The items of the in-memory tracker, in the order in which they came. */
export class ItemStore {
  readonly #entries: Entry[] = [];
  readonly #now: () => number;
  #changes = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(facts: ItemFacts, id?: string): ProjectManagementWorkItem {
    const sequence = this.#entries.length + 1;
    const now = new Date(this.#now());
    this.#changes += 1;
    const item = {
      ...facts,
      id: id ?? `i${sequence}`,
      key: `${PROJECT.key}-${sequence}`,
      url: `https://tracker.example.com/${PROJECT.key}-${sequence}`,
      createdAt: now,
      updatedAt: now,
      revision: String(this.#changes),
    };
    this.#entries.push({ sequence, item, changedAt: this.#changes });
    return item;
  }

  change(id: string, change: (item: ItemFacts) => ItemFacts): ProjectManagementWorkItem {
    const entry = this.#find(id);
    const changed = change({ ...entry.item });
    this.#changes += 1;
    entry.changedAt = this.#changes;
    entry.item = { ...changed, id: entry.item.id, updatedAt: new Date(this.#now()), revision: String(this.#changes) };
    return entry.item;
  }

  delete(id: string): void {
    const entry = this.#find(id);
    this.#changes += 1;
    entry.changedAt = this.#changes;
    entry.deletedAt = new Date(this.#now()).toISOString();
  }

  /** @throws {IntegrationError} `not_found` */
  get(id: string): ProjectManagementWorkItem {
    return this.#find(id).item;
  }

  /** The item, also a deleted one, by id. */
  peek(id: string): ProjectManagementWorkItem | undefined {
    return this.#entries.find(({ item }) => item.id === id)?.item;
  }

  has(id: string): boolean {
    return this.#entries.some(({ item, deletedAt }) => item.id === id && deletedAt === undefined);
  }

  findByExternalId(externalId: string): ProjectManagementWorkItem | undefined {
    return this.all().find((item) => item.externalId === externalId);
  }

  all(): ProjectManagementWorkItem[] {
    return this.#entries.filter(({ deletedAt }) => deletedAt === undefined).map(({ item }) => item);
  }

  list({ cursor, pageSize = DEFAULT_PAGE_SIZE, ...query }: WorkItemQuery): Page<ProjectManagementWorkItem> {
    if (!(pageSize >= 1)) throw invalid('pageSize', `expected at least 1, got ${pageSize}`);
    const scope = JSON.stringify(query);
    const after = cursor === undefined ? -1 : readCursor(cursor, scope);
    const placeOf = ({ sequence, changedAt }: Entry): number => (query.orderBy === 'updated' ? changedAt : sequence);
    // By the place in the whole, not by a count: what comes in or goes away moves nothing.
    const rest = this.#entries
      .filter((entry) => matches(entry, query) && placeOf(entry) > after)
      .sort((one, other) => placeOf(one) - placeOf(other));
    const page = rest.slice(0, pageSize);
    const last = page.at(-1);
    const hasMore = rest.length > page.length;
    return {
      items: page.map(({ item, deletedAt }) => (deletedAt === undefined ? item : { ...item, deleted: true })),
      hasMore,
      ...(hasMore && last !== undefined ? { nextCursor: writeCursor(scope, placeOf(last)) } : {}),
    };
  }

  changes(cursor?: string): Changes<ProjectManagementWorkItem> {
    const after = cursor === undefined ? 0 : readCursor(cursor, 'changes');
    const changed = this.#entries.filter(({ changedAt }) => changedAt > after);
    return {
      upserted: changed.filter(({ deletedAt }) => deletedAt === undefined).map(({ item }) => item),
      removed: changed.flatMap(({ item, deletedAt }) => (deletedAt === undefined ? [] : [{ id: item.id, deletedAt }])),
      nextCursor: writeCursor('changes', this.#changes),
      hasMore: false,
    };
  }

  #find(id: string): Entry {
    const entry = this.#entries.find(({ item, deletedAt }) => item.id === id && deletedAt === undefined);
    if (entry !== undefined) return entry;
    throw new IntegrationError({ code: 'not_found', message: 'There is no such item' });
  }
}

function matches({ item, deletedAt }: Entry, query: WorkItemQuery): boolean {
  const { labels = [], text, updatedSince, createdSince, dueBefore } = query;
  const words = `${item.title}\n${item.description ?? ''}`.toLowerCase();
  return (
    (deletedAt === undefined || query.includeDeleted === true) &&
    isWanted(query.projectId, item.projectId) &&
    isWanted(query.parentId, item.parentId) &&
    isWanted(query.type, item.type) &&
    isWanted(query.statusCategory, item.statusDetail?.category) &&
    (query.assigneeId === undefined || item.assignees?.some(({ id }) => id === query.assigneeId) === true) &&
    labels.every((label) => item.tags?.includes(label)) &&
    (text === undefined || words.includes(text.toLowerCase())) &&
    (updatedSince === undefined || Number(item.updatedAt) >= Number(updatedSince)) &&
    (createdSince === undefined || Number(item.createdAt) >= Number(createdSince)) &&
    (dueBefore === undefined || (item.dueOn !== undefined && item.dueOn < dueBefore))
  );
}

const isWanted = (wanted: string | undefined, value: string | undefined): boolean =>
  wanted === undefined || wanted === value;

const writeCursor = (scope: string, place: number): string => btoa(encodeURIComponent(`${place}|${scope}`));

function readCursor(cursor: string, scope: string): number {
  let text = '';
  try {
    text = decodeURIComponent(atob(cursor));
  } catch {
    // Told below.
  }
  const place = text.endsWith(`|${scope}`) ? Number(text.slice(0, -scope.length - 1)) : Number.NaN;
  if (Number.isInteger(place)) return place;
  throw invalid('cursor', 'expected a nextCursor of the same list');
}
