import type { IntegrationWarning } from '@mortise/core';
import type { ProjectManagementWorkItemInput, WorkItemPatch } from '../model/work-item-input.ts';
import type { ProjectManagementWorkItem } from '../model/work-item.ts';
import { checkFields, findLabel, findStatus, findUser, invalid, PROJECT, STATUSES } from './tracker-directory.ts';

const MAX_TITLE = 500;

/** The facts of an item, without id, key and times. */
export type ItemFacts = Omit<ProjectManagementWorkItem, 'id'>;

/** Input fields that this tracker has no place for. */
const UNSUPPORTED = ['milestoneId', 'cycleId', 'reporterId', 'attachments'] as const;

/** What is stored of an input, everything in it looked up first. */
export function composeItem(
  input: ProjectManagementWorkItemInput,
  hasItem: (id: string) => boolean,
): { readonly facts: ItemFacts; readonly warnings: readonly IntegrationWarning[] } {
  const { projectId = PROJECT.id, statusId, status, parentId, fields, relations } = input;
  checkTitle(input.title);
  if (projectId !== PROJECT.id) throw invalid('projectId', 'there is no such project');
  if (parentId !== undefined && !hasItem(parentId)) throw invalid('parentId', 'there is no such item');
  for (const { itemId } of relations ?? []) if (!hasItem(itemId)) throw invalid('relations', 'there is no such item');
  if (fields !== undefined) checkFields(fields);
  if (input.descriptionFormat !== undefined && input.descriptionFormat !== 'markdown') {
    if (input.descriptionFormat !== 'plain') throw invalid('descriptionFormat', 'this tracker keeps Markdown');
  }
  const state =
    statusId !== undefined
      ? findStatus(statusId, 'statusId')
      : status !== undefined
        ? findStatus(status, 'status')
        : STATUSES[1];
  const byName = (input.tags ?? []).map((name) => findLabel(name, 'tags').name);
  const byId = (input.labelIds ?? []).map((id) => findLabel(id, 'labelIds').name);
  const people = [
    ...new Set([...(input.assigneeId === undefined ? [] : [input.assigneeId]), ...(input.assigneeIds ?? [])]),
  ];
  const dueOn = input.dueOn ?? input.dueDate?.toISOString().slice(0, 10);
  const facts: ItemFacts = {
    ...copyOf(input, ['title', 'description', 'type', 'priority', 'parentId', 'externalId', 'estimate', 'startOn']),
    title: input.title,
    projectId,
    ...(state === undefined ? {} : { status: state.name, statusDetail: state }),
    ...(byName.length + byId.length > 0 ? { tags: [...new Set([...byName, ...byId])] } : {}),
    assignees: people.map((id) => findUser(id, id === input.assigneeId ? 'assigneeId' : 'assigneeIds')),
    ...(dueOn === undefined ? {} : { dueOn }),
    ...(input.metadata === undefined ? {} : { metadata: { ...input.metadata } }),
    ...(fields === undefined ? {} : { fields: { ...fields } }),
    ...(relations === undefined ? {} : { relations: relations.map((relation) => ({ ...relation })) }),
  };
  return { facts, warnings: warningsOf(input) };
}

/** The facts after a patch: null clears, what is absent stays. */
export function applyPatch(facts: ItemFacts, patch: WorkItemPatch, hasItem: (id: string) => boolean): ItemFacts {
  const { title, type, priority, assigneeIds, tags, fields, metadata, ...plain } = patch;
  if (title !== undefined) checkTitle(title);
  if (typeof patch.parentId === 'string' && !hasItem(patch.parentId))
    throw invalid('parentId', 'there is no such item');
  if (fields !== undefined) checkFields(fields);
  const changed: ItemFacts = {
    ...facts,
    ...(title === undefined ? {} : { title }),
    ...(type === undefined ? {} : { type }),
    ...(priority === undefined ? {} : { priority }),
    ...(assigneeIds === undefined ? {} : { assignees: (assigneeIds ?? []).map((id) => findUser(id, 'assigneeIds')) }),
    ...(fields === undefined ? {} : { fields: { ...facts.fields, ...fields } }),
  };
  const others: readonly (readonly [keyof ItemFacts, unknown])[] = [
    ...keysOf(plain).map((key) => [key, plain[key]] as const),
    ['tags', tags?.map((name) => findLabel(name, 'tags').name) ?? tags],
    ['metadata', metadata],
  ];
  for (const [key, value] of others) {
    if (value === null) Reflect.deleteProperty(changed, key);
    else if (value !== undefined) Reflect.set(changed, key, value);
  }
  return changed;
}

function warningsOf(input: ProjectManagementWorkItemInput): IntegrationWarning[] {
  const warnings: IntegrationWarning[] = UNSUPPORTED.filter((field) => input[field] !== undefined).map((field) => ({
    type: 'unsupported',
    field,
    message: `This tracker has no place for ${field}`,
  }));
  if (input.dueDate !== undefined && input.dueOn === undefined) {
    const message = 'Only the day is kept, as it is in UTC; use dueOn';
    warnings.push({ type: 'compatibility', field: 'dueDate', message });
  }
  return warnings;
}

function checkTitle({ length }: string): void {
  if (length === 0) throw invalid('title', 'must not be empty');
  if (length > MAX_TITLE) throw invalid('title', `expected at most ${MAX_TITLE} code units, got ${length}`);
}

function copyOf<Key extends keyof ProjectManagementWorkItemInput>(
  input: ProjectManagementWorkItemInput,
  keys: readonly Key[],
): Pick<ProjectManagementWorkItemInput, Key> {
  const copy = { ...input };
  for (const key of keysOf(copy)) if (!keys.some((wanted) => wanted === key)) delete copy[key];
  return copy;
}

function keysOf<Source extends object>(source: Source): (keyof Source)[] {
  return Object.keys(source).filter((key): key is keyof Source & string => key in source);
}
