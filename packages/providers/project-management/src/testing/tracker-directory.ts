import { IntegrationError, type JsonValue } from '@mortise/core';
import type {
  WorkItemFieldDescription,
  WorkItemLabel,
  WorkItemStatus,
  WorkItemUser,
} from '../model/work-item-terms.ts';

export const PROJECT = { id: 'eng', name: 'Engineering', key: 'ENG' } as const;
export const USERS: readonly WorkItemUser[] = [
  { id: 'ada', name: 'Ada', email: 'ada@example.com' },
  { id: 'bob', name: 'Bob' },
];
export const LABELS: readonly WorkItemLabel[] = [
  { id: 'l1', name: 'urgent-fix' },
  { id: 'l2', name: 'docs' },
];
export const STATUSES: readonly WorkItemStatus[] = [
  { id: 'triage', name: 'Triage', category: 'triage' },
  { id: 'backlog', name: 'Backlog', category: 'backlog' },
  { id: 'todo', name: 'Todo', category: 'unstarted' },
  { id: 'doing', name: 'Doing', category: 'started' },
  { id: 'done', name: 'Done', category: 'completed' },
  { id: 'dropped', name: 'Dropped', category: 'canceled' },
];
export const FIELDS: readonly WorkItemFieldDescription[] = [
  { id: 'risk', name: 'Risk', type: 'option', isRequired: false, options: ['low', 'high'] },
  { id: 'points', name: 'Points', type: 'number', isRequired: false },
];

/** States that an item in a state may go to. */
export function statusesAfter({ id }: WorkItemStatus): readonly WorkItemStatus[] {
  if (id === 'done') return STATUSES.filter((status) => status.id === 'doing');
  return STATUSES.filter((status) => status.id !== id);
}

export function invalid(field: string, fault: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${fault}` });
}

/** @throws {IntegrationError} `invalid_request` naming the field. */
export function findUser(id: string, field: string): WorkItemUser {
  return USERS.find((user) => user.id === id) ?? refuse(field, 'there is no such user');
}

export function findLabel(wanted: string, field: 'tags' | 'labelIds'): WorkItemLabel {
  const isIt = ({ id, name }: WorkItemLabel): boolean => (field === 'tags' ? name : id) === wanted;
  return LABELS.find(isIt) ?? refuse(field, `there is no label ${JSON.stringify(wanted)}`);
}

export function findStatus(wanted: string, field: 'status' | 'statusId'): WorkItemStatus {
  const isIt = ({ id, name }: WorkItemStatus): boolean => (field === 'status' ? name : id) === wanted;
  const names = STATUSES.map(({ name }) => name).join(', ');
  return STATUSES.find(isIt) ?? refuse(field, `expected one of ${names}`);
}

/** Values of the project's own fields, each of its type. */
export function checkFields(fields: Readonly<Record<string, JsonValue>>): void {
  for (const [id, value] of Object.entries(fields)) {
    const field = FIELDS.find((one) => one.id === id) ?? refuse('fields', `there is no field ${JSON.stringify(id)}`);
    const isFitting =
      field.type === 'number' ? typeof value === 'number' : field.options?.some((option) => option === value) === true;
    if (!isFitting) refuse('fields', `${id} does not take ${JSON.stringify(value)}`);
  }
}

function refuse(field: string, fault: string): never {
  throw invalid(field, fault);
}
