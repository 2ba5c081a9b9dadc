import { type CallOptions, iterate, type PagedItems } from '@mortise/core';
import type { ListObjectsQuery } from './model/list-objects.ts';
import type { StorageObjectMetadata } from './model/object-metadata.ts';
import type { ObjectStorageProvider } from './object-storage-provider.ts';

/**
 * Every object that a query names, page by page as they are asked for. Prefixes are left out. Can be gone through once; leaving the
 * loop early ends the call that is under way.
 */
export function listAll(
  provider: Pick<ObjectStorageProvider, 'listObjects'>,
  query: Omit<ListObjectsQuery, 'pageToken'>,
  options: CallOptions = {},
): PagedItems<StorageObjectMetadata> {
  const { signal } = options;
  return iterate(
    async (cursor, pageSignal) => {
      const page = await provider.listObjects(cursor === undefined ? query : { ...query, pageToken: cursor }, {
        ...options,
        signal: pageSignal,
      });
      const { objects: items, nextPageToken } = page;
      return nextPageToken === undefined
        ? { items, hasMore: false }
        : { items, hasMore: true, nextCursor: nextPageToken };
    },
    signal === undefined ? {} : { signal },
  );
}
