import { type Static, Type } from '@mortise/core/schema';
import type { ProjectManagementWorkItem } from '../model/work-item.ts';

const Instant = Type.Optional(Type.String({ format: 'date-time' }));
const Day = Type.Optional(Type.String({ format: 'date' }));
const Text = Type.Optional(Type.String());
const User = Type.Object({
  id: Type.String({ minLength: 1 }),
  name: Text,
  email: Text,
  isActive: Type.Optional(Type.Boolean()),
});

/** What of `ProjectManagementWorkItem` crosses a process: its facts, with times as ISO 8601 text. */
export const ProjectManagementWorkItemSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  title: Type.String(),
  url: Text,
  key: Text,
  status: Text,
  description: Text,
  type: Text,
  projectId: Text,
  parentId: Text,
  externalId: Text,
  revision: Text,
  priority: Type.Optional(
    Type.Union([
      Type.Literal('urgent'),
      Type.Literal('high'),
      Type.Literal('medium'),
      Type.Literal('low'),
      Type.Literal('none'),
    ]),
  ),
  tags: Type.Optional(Type.Array(Type.String())),
  metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
  statusDetail: Type.Optional(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      category: Type.Union([
        Type.Literal('triage'),
        Type.Literal('backlog'),
        Type.Literal('unstarted'),
        Type.Literal('started'),
        Type.Literal('completed'),
        Type.Literal('canceled'),
        Type.Literal('unknown'),
      ]),
    }),
  ),
  assignees: Type.Optional(Type.Array(User)),
  creator: Type.Optional(User),
  estimate: Type.Optional(Type.Number()),
  deleted: Type.Optional(Type.Boolean()),
  dueOn: Day,
  startOn: Day,
  createdAt: Instant,
  updatedAt: Instant,
  completedAt: Instant,
});

/** A work item as it crosses a process. */
export type PortableWorkItem = Static<typeof ProjectManagementWorkItemSchema>;

/** An item for a queue: its times become text; `fields`, `relations` and facts of the call are left out. */
export function toPortableWorkItem(item: ProjectManagementWorkItem): PortableWorkItem {
  const { createdAt, updatedAt, completedAt, assignees, statusDetail, creator, ...rest } = item;
  const { requestId: _r, providerMetadata: _p, warnings: _w, raw: _raw, fields: _f, relations: _rel, ...facts } = rest;
  return {
    ...facts,
    ...(assignees === undefined ? {} : { assignees: assignees.map((user) => ({ ...user })) }),
    ...(statusDetail === undefined ? {} : { statusDetail: { ...statusDetail } }),
    ...(creator === undefined ? {} : { creator: { ...creator } }),
    ...(createdAt === undefined ? {} : { createdAt: createdAt.toISOString() }),
    ...(updatedAt === undefined ? {} : { updatedAt: updatedAt.toISOString() }),
    ...(completedAt === undefined ? {} : { completedAt: completedAt.toISOString() }),
  };
}

/** An item that came out of a queue, its times as dates again. */
export function fromPortableWorkItem(item: PortableWorkItem): ProjectManagementWorkItem {
  const { createdAt, updatedAt, completedAt, ...rest } = item;
  return {
    ...rest,
    ...(createdAt === undefined ? {} : { createdAt: new Date(createdAt) }),
    ...(updatedAt === undefined ? {} : { updatedAt: new Date(updatedAt) }),
    ...(completedAt === undefined ? {} : { completedAt: new Date(completedAt) }),
  };
}
