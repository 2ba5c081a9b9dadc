import { IntegrationError } from '@mortise/core';
import { createBatchFromSingle } from './create-batch.ts';
import type { ProjectManagementProvider } from './project-management-provider.ts';

/** A provider with every optional method in place. */
export type CompleteProjectManagementProvider = Required<Omit<ProjectManagementProvider, 'capabilities'>> &
  Pick<ProjectManagementProvider, 'capabilities'>;

/**
 * Fills in what a provider lacks: `createBatch` from single calls, `search` from a list with `text`, `parseWebhookAll`
 * from `parseWebhook`, `close` as nothing to do. Without `verifyWebhook` nothing is genuine. All other methods that are
 * missing reject with `unsupported`.
 */
export function complete(provider: ProjectManagementProvider): CompleteProjectManagementProvider {
  const p = provider;
  return {
    ...(p.capabilities === undefined ? {} : { capabilities: p.capabilities }),
    createWorkItem: (input, options) => p.createWorkItem(input, options),
    createWorkItems: (items, options) => p.createWorkItems(items, options),
    createBatch: (items, options) => p.createBatch?.(items, options) ?? createBatchFromSingle(p, items, options),
    getWorkItem: (id, options) => p.getWorkItem?.(id, options) ?? missing('getWorkItem'),
    findByExternalId: (id, options) => p.findByExternalId?.(id, options) ?? missing('findByExternalId'),
    updateWorkItem: (id, patch, options) => p.updateWorkItem?.(id, patch, options) ?? missing('updateWorkItem'),
    transition: (id, to, options) => p.transition?.(id, to, options) ?? missing('transition'),
    deleteWorkItem: (id, options) => p.deleteWorkItem?.(id, options) ?? missing('deleteWorkItem'),
    archiveWorkItem: (id, options) => p.archiveWorkItem?.(id, options) ?? missing('archiveWorkItem'),
    listWorkItems: (query, options) => p.listWorkItems?.(query, options) ?? missing('listWorkItems'),
    search: (text, query, options) =>
      p.search?.(text, query, options) ?? p.listWorkItems?.({ ...query, text }, options) ?? missing('search'),
    listComments: (id, query, options) => p.listComments?.(id, query, options) ?? missing('listComments'),
    addComment: (id, body, options) => p.addComment?.(id, body, options) ?? missing('addComment'),
    updateComment: (id, body, options) => p.updateComment?.(id, body, options) ?? missing('updateComment'),
    deleteComment: (id, options) => p.deleteComment?.(id, options) ?? missing('deleteComment'),
    addAttachment: (id, file, options) => p.addAttachment?.(id, file, options) ?? missing('addAttachment'),
    addRelation: (id, relation, otherId, options) =>
      p.addRelation?.(id, relation, otherId, options) ?? missing('addRelation'),
    listProjects: (query, options) => p.listProjects?.(query, options) ?? missing('listProjects'),
    listStatuses: (projectId, options) => p.listStatuses?.(projectId, options) ?? missing('listStatuses'),
    listUsers: (query, options) => p.listUsers?.(query, options) ?? missing('listUsers'),
    listLabels: (projectId, options) => p.listLabels?.(projectId, options) ?? missing('listLabels'),
    describeFields: (projectId, type, options) =>
      p.describeFields?.(projectId, type, options) ?? missing('describeFields'),
    listChanges: (cursor, options) => p.listChanges?.(cursor, options) ?? missing('listChanges'),
    verifyWebhook: (request) => p.verifyWebhook?.(request) ?? Promise.resolve(false),
    parseWebhook: (request) => p.parseWebhook?.(request) ?? missing('parseWebhook'),
    parseWebhookAll: async (request) =>
      p.parseWebhookAll?.(request) ?? [await (p.parseWebhook?.(request) ?? missing('parseWebhookAll'))],
    close: () => p.close?.() ?? Promise.resolve(),
  };
}

function missing(method: string): Promise<never> {
  const message = `This project-management provider has no method ${method}`;
  return Promise.reject(new IntegrationError({ code: 'unsupported', message }));
}
