import type { ObjectStorageProvider } from '../object-storage-provider.ts';
import type { GoogleDriveProvider } from '../drive/google-drive-provider.ts';
import type { DriveConformanceTarget } from './drive-target.ts';
import { InMemoryGoogleDrive } from './in-memory/in-memory-google-drive.ts';
import { InMemoryObjectStorage } from './in-memory/in-memory-object-storage.ts';
import type { StorageConformanceTarget } from './storage-target.ts';

const BUCKET = 'conformance';
const START_MS = Date.UTC(2026, 0, 5, 9);

/** The in-memory object store as a target of the kit, for the kit's own tests and as a pattern for other targets. */
export function inMemoryStorageTarget(
  wrap: (storage: InMemoryObjectStorage) => ObjectStorageProvider = (storage) => storage,
): StorageConformanceTarget {
  return {
    open: ({ credential, isRefused = false }) => {
      let nowMs = START_MS;
      const storage = new InMemoryObjectStorage({
        buckets: [BUCKET],
        now: () => nowMs,
        credential,
        password: isRefused ? 'another one' : credential,
        pieceBytes: 4_096,
      });
      return Promise.resolve({
        storage: wrap(storage),
        bucket: BUCKET,
        fetch: (url, init) => storage.fetch(url, init),
        advance: async (ms) => {
          nowMs += ms;
        },
        openUploads: () => Promise.resolve(storage.openUploads),
        stall: () => storage.stall(),
        close: () => Promise.resolve(),
      });
    },
  };
}

/** The in-memory Drive as a target of the kit. */
export function inMemoryDriveTarget(
  wrap: (drive: InMemoryGoogleDrive) => GoogleDriveProvider = (drive) => drive,
): DriveConformanceTarget {
  return {
    open: ({ credential, isRefused = false }) => {
      const drive = new InMemoryGoogleDrive({
        now: () => START_MS,
        credential,
        password: isRefused ? 'another one' : credential,
      });
      return Promise.resolve({
        drive: wrap(drive),
        addFile: async (name, data) => (await drive.createFile({ name, mimeType: 'text/plain', data })).id,
        addDocument: (name, exports) => Promise.resolve(drive.addDocument(name, exports).id),
        removeFile: (id) => drive.deleteFile(id),
        notices: () => Promise.resolve(drive.notices),
        forgetChanges: () => Promise.resolve(drive.forgetChanges()),
        stall: () => drive.stall(),
        close: () => Promise.resolve(),
      });
    },
  };
}
