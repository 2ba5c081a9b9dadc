import { type CallOptions, IntegrationError } from '@mortise/core';
import type { GoogleDriveProvider } from '../../drive/google-drive-provider.ts';
import type { ObjectStorageProvider } from '../../object-storage-provider.ts';
import type { InMemoryGoogleDrive } from '../in-memory/in-memory-google-drive.ts';
import type { InMemoryObjectStorage } from '../in-memory/in-memory-object-storage.ts';
import { inMemoryStorageTarget } from '../in-memory-targets.ts';
import type { StorageConformanceTarget } from '../storage-target.ts';

/** A provider some of whose members are replaced. */
function altered<Provider extends object>(
  provider: Provider,
  changes: Partial<Record<keyof Provider, unknown>>,
): Provider {
  return new Proxy(provider, {
    get(target, name) {
      if (Object.hasOwn(changes, name)) return Reflect.get(changes, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

type Put = Parameters<InMemoryObjectStorage['putObject']>[0];
type Get = Parameters<InMemoryObjectStorage['getObject']>[0];
type List = Parameters<InMemoryObjectStorage['listObjects']>[0];

/** A store that writes something else than it was given. */
const writing = (change: (input: Put) => Put) => (storage: InMemoryObjectStorage) =>
  altered(storage, { putObject: (input: Put, options?: CallOptions) => storage.putObject(change(input), options) });

/** Object stores with one mistake each, and the check that must find it. */
export const brokenStores: readonly {
  readonly fails: string;
  readonly mistake: string;
  readonly wrap?: (storage: InMemoryObjectStorage) => ObjectStorageProvider;
  readonly target?: StorageConformanceTarget;
}[] = [
  {
    fails: 'storage.1',
    mistake: 'sends the whole buffer in place of a view into it',
    wrap: writing((input) =>
      input.data instanceof Uint8Array && input.data.byteLength !== input.data.buffer.byteLength
        ? { ...input, data: new Uint8Array(input.data.buffer) }
        : input,
    ),
  },
  {
    fails: 'storage.3',
    mistake: 'takes the end of a range as not included',
    wrap: (storage) =>
      altered(storage, {
        getObject: ({ range, ...input }: Get, options?: CallOptions) =>
          storage.getObject(
            range?.end === undefined || range.end <= range.start
              ? { ...input, ...(range === undefined ? {} : { range }) }
              : { ...input, range: { start: range.start, end: range.end - 1 } },
            options,
          ),
      }),
  },
  {
    fails: 'storage.4',
    mistake: 'looks whether the object is there, and then writes',
    wrap: (storage) =>
      altered(storage, {
        putObject: async ({ ifNoneMatch, ...input }: Put, options?: CallOptions) => {
          if (ifNoneMatch !== undefined && (await storage.headObject(input)) !== null) {
            throw new IntegrationError({ code: 'precondition_failed', message: 'There is one' });
          }
          return storage.putObject(input, options);
        },
      }),
  },
  {
    fails: 'storage.5',
    mistake: 'ignores the etag of a write',
    wrap: writing(({ ifMatch: _etag, ...input }) => input),
  },
  {
    fails: 'storage.6',
    mistake: 'does not compare checksums',
    wrap: writing(({ checksum: _checksum, ...input }) => input),
  },
  {
    fails: 'storage.7',
    mistake: 'resolves dots in keys, so that one object overwrites another',
    wrap: (storage) => {
      const plain = (key: string): string =>
        key.includes('..') || key.startsWith('./')
          ? decodeURIComponent(new URL(key, 'https://x/').pathname.slice(1))
          : key;
      return altered(storage, {
        putObject: (input: Put, options?: CallOptions) =>
          storage.putObject({ ...input, key: plain(input.key) }, options),
        getObject: (input: Get, options?: CallOptions) =>
          storage.getObject({ ...input, key: plain(input.key) }, options),
      });
    },
  },
  {
    fails: 'storage.8',
    mistake: 'sorts keys as JavaScript does',
    wrap: (storage) =>
      altered(storage, {
        listObjects: async (query: List, options?: CallOptions) => {
          const page = await storage.listObjects(query, options);
          return { ...page, objects: page.objects.sort((a, b) => (a.key < b.key ? -1 : 1)) };
        },
      }),
  },
  {
    fails: 'storage.9',
    mistake: 'answers null for a bucket that is not there',
    wrap: (storage) =>
      altered(storage, {
        getObject: (input: Get, options?: CallOptions) =>
          storage.getObject(input, options).catch((error: unknown) => {
            if (IntegrationError.is(error) && error.code === 'not_found') return null;
            throw error;
          }),
      }),
  },
  {
    fails: 'storage.10',
    mistake: 'signs uploads without their type',
    wrap: (storage) =>
      altered(storage, {
        generateSignedUrl: (
          { contentType: _type, ...input }: Parameters<InMemoryObjectStorage['generateSignedUrl']>[0],
          options?: CallOptions,
        ) => storage.generateSignedUrl(input, options),
      }),
  },
  {
    fails: 'storage.11',
    mistake: 'reads the whole stream before it looks at the signal',
    wrap: (storage) =>
      altered(storage, {
        putObject: (input: Put, options: CallOptions = {}) => {
          const isStream = typeof input.data === 'object' && Symbol.asyncIterator in input.data;
          const { signal, ...rest } = options;
          return storage.putObject(input, isStream && signal?.aborted !== true ? rest : options);
        },
      }),
  },
  {
    fails: 'storage.12',
    mistake: 'begins again when an upload is resumed',
    wrap: (storage) =>
      altered(storage, {
        resumeUpload: async (token: string, options?: CallOptions) => {
          const session = await storage.resumeUpload(token, options);
          return altered(session, { bytesConfirmed: 0 });
        },
      }),
  },
  {
    fails: 'storage.13',
    mistake: 'loses labels when it copies',
    wrap: (storage) =>
      altered(storage, {
        copyObject: (input: Parameters<InMemoryObjectStorage['copyObject']>[0], options?: CallOptions) =>
          storage.copyObject({ ...input, metadata: {} }, options),
      }),
  },
  {
    fails: 'storage.14',
    mistake: 'pages by position',
    wrap: (storage) =>
      altered(storage, {
        listObjects: async ({ pageToken, maxResults = 1_000, ...query }: List, options?: CallOptions) => {
          if (query.delimiter !== undefined || pageToken === 'foreign') {
            return storage.listObjects(
              { ...query, maxResults, ...(pageToken === undefined ? {} : { pageToken }) },
              options,
            );
          }
          const from = Number(pageToken ?? 0);
          const { objects } = await storage.listObjects(query, options);
          const page = objects.slice(from, from + maxResults);
          const isLast = from + maxResults >= objects.length;
          return { objects: page, ...(isLast ? {} : { nextPageToken: String(from + maxResults) }) };
        },
      }),
  },
  {
    fails: 'storage.15',
    mistake: 'gives a prefix on every page that has keys of it',
    wrap: (storage) =>
      altered(storage, {
        listObjects: async (query: List, options?: CallOptions) => {
          const page = await storage.listObjects(query, options);
          const isLater = query.delimiter !== undefined && query.pageToken !== undefined;
          return isLater ? { ...page, prefixes: ['a/', ...(page.prefixes ?? [])].slice(0, 2) } : page;
        },
      }),
  },
  {
    fails: 'storage.16',
    mistake: 'deletes every key that begins like the prefix without its slash',
    wrap: (storage) =>
      altered(storage, {
        deletePrefix: ({ bucket, prefix }: { bucket: string; prefix: string }, options?: CallOptions) =>
          storage.deletePrefix({ bucket, prefix: prefix.replace(/\/$/, '') }, options),
      }),
  },
  {
    fails: 'storage.17',
    mistake: 'reads the current version whatever was asked for',
    wrap: (storage) =>
      altered(storage, {
        getObject: ({ versionId: _version, ...input }: Get, options?: CallOptions) => storage.getObject(input, options),
      }),
  },
  {
    fails: 'storage.18',
    mistake: 'drops the size limit of a presigned upload without a word',
    wrap: (storage) =>
      altered(storage, {
        presignUpload: (
          { minBytes: _min, maxBytes: _max, ...input }: Parameters<InMemoryObjectStorage['presignUpload']>[0],
          options?: CallOptions,
        ) => storage.presignUpload(input, options),
      }),
  },
  {
    fails: 'storage.19',
    mistake: 'gives an address for private objects, too',
    wrap: (storage) =>
      altered(storage, {
        getPublicUrl: (input: Get, options?: CallOptions) =>
          storage.getPublicUrl(input, options).catch((error: unknown) => {
            if (IntegrationError.is(error) && error.code === 'forbidden') return 'https://storage.example/closed';
            throw error;
          }),
      }),
  },
  {
    fails: 'X1',
    mistake: 'deletes first and looks at the signal afterwards',
    wrap: (storage) =>
      altered(storage, {
        deleteObject: async (input: Get, options: CallOptions = {}) => {
          const { signal, ...rest } = options;
          await storage.deleteObject(input, rest);
          if (signal?.aborted === true) throw new IntegrationError({ code: 'aborted', message: 'aborted' });
        },
      }),
  },
  {
    fails: 'X2',
    mistake: 'cannot be aborted while it lists',
    wrap: (storage) =>
      altered(storage, {
        listObjects: (query: List, { signal: _signal, ...rest }: CallOptions = {}) => storage.listObjects(query, rest),
      }),
  },
  {
    fails: 'X3',
    mistake: 'has no time limit',
    wrap: (storage) =>
      altered(storage, {
        getObject: (input: Get, { timeoutMs: _limit, ...rest }: CallOptions = {}) => storage.getObject(input, rest),
      }),
  },
  {
    fails: 'X8',
    mistake: 'gives out the labels that it keeps',
    wrap: (storage) => {
      const kept = new Map<string, Record<string, string>>();
      return altered(storage, {
        getObject: async (input: Get, options?: CallOptions) => {
          const object = await storage.getObject(input, options);
          if (object?.metadata === undefined) return object;
          const id = `${object.key} ${object.versionId}`;
          kept.set(id, kept.get(id) ?? object.metadata);
          return { ...object, metadata: kept.get(id) };
        },
      });
    },
  },
  {
    fails: 'X13',
    mistake: 'quotes the credential when it is refused',
    target: {
      open: (setup) =>
        inMemoryStorageTarget((storage) =>
          altered(storage, {
            putObject: (input: Put, options?: CallOptions) =>
              storage.putObject(input, options).catch((error: unknown) => {
                if (!IntegrationError.is(error) || error.code !== 'unauthenticated') throw error;
                throw new IntegrationError({ code: 'unauthenticated', message: `Refused: ${btoa(setup.credential)}` });
              }),
          }),
        ).open(setup),
    },
  },
  {
    fails: 'X15',
    mistake: 'shares one buffer among reads that run at once',
    wrap: (storage) => {
      const shared = new Uint8Array(1_000);
      return altered(storage, {
        getObject: async (input: Get, options?: CallOptions) => {
          const object = await storage.getObject(input, options);
          if (!input.key.startsWith('parallel/') || object?.data === undefined) return object;
          shared.set(object.data);
          return { ...object, data: shared };
        },
      });
    },
  },
  {
    fails: 'X20',
    mistake: 'declares a method that it does not have',
    wrap: (storage) =>
      altered(storage, {
        capabilities: { ...storage.capabilities, methods: { ...storage.capabilities.methods, watch: 'native' } },
      }),
  },
];

type Page = Parameters<InMemoryGoogleDrive['listFiles']>[0];

/** Drive providers with one mistake each, and the check that must find it. */
export const brokenDrives: readonly {
  readonly fails: string;
  readonly mistake: string;
  readonly wrap: (drive: InMemoryGoogleDrive) => GoogleDriveProvider;
}[] = [
  {
    fails: 'drive.1',
    mistake: 'loses the way to the second page',
    wrap: (drive) =>
      altered(drive, {
        listFiles: async (query: Page, options?: CallOptions) => {
          const { nextPageToken: _token, ...page } = await drive.listFiles(query, options);
          return page;
        },
      }),
  },
  {
    fails: 'drive.2',
    mistake: 'ignores the range',
    wrap: (drive) =>
      altered(drive, {
        getFile: (id: string, options: Parameters<InMemoryGoogleDrive['getFile']>[1] = {}) => {
          const { range: _range, ...rest } = options;
          return drive.getFile(id, rest);
        },
      }),
  },
  {
    fails: 'drive.3',
    mistake: 'gives a document as an empty file',
    wrap: (drive) =>
      altered(drive, {
        getFile: (id: string, options: Parameters<InMemoryGoogleDrive['getFile']>[1] = {}) =>
          drive.getFile(id, options).catch((error: unknown) => {
            if (!IntegrationError.is(error) || error.code !== 'unsupported') throw error;
            return { id, name: '', mimeType: 'text/plain', data: new Uint8Array() };
          }),
      }),
  },
  {
    fails: 'drive.4',
    mistake: 'tells of no deletions',
    wrap: (drive) =>
      altered(drive, {
        listChanges: async (...call: Parameters<InMemoryGoogleDrive['listChanges']>) => ({
          ...(await drive.listChanges(...call)),
          removed: [],
        }),
      }),
  },
  {
    fails: 'drive.5',
    mistake: 'answers an expired cursor with nothing new',
    wrap: (drive) =>
      altered(drive, {
        listChanges: (...call: Parameters<InMemoryGoogleDrive['listChanges']>) =>
          drive.listChanges(...call).catch((error: unknown) => {
            if (!IntegrationError.is(error) || error.code !== 'cursor_expired') throw error;
            return { upserted: [], removed: [], nextCursor: call[0], hasMore: false };
          }),
      }),
  },
  {
    fails: 'drive.6',
    mistake: 'opens channels without their token',
    wrap: (drive) =>
      altered(drive, {
        watchChanges: ({ token: _token, ...input }: Parameters<InMemoryGoogleDrive['watchChanges']>[0]) =>
          drive.watchChanges(input),
      }),
  },
  {
    fails: 'drive.7',
    mistake: 'copies a file into the new folder in place of moving it',
    wrap: (drive) =>
      altered(drive, {
        updateFile: (
          id: string,
          { removeParents: _parents, ...input }: Parameters<InMemoryGoogleDrive['updateFile']>[1],
        ) => drive.updateFile(id, input),
      }),
  },
];
