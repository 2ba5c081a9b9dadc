export type { StorageTestRunner } from './check-storage-provider.ts';
export { checkStorageProvider, describeStorageProvider, storageConformanceCases } from './check-storage-provider.ts';
export {
  checkGoogleDriveProvider,
  describeGoogleDriveProvider,
  googleDriveConformanceCases,
} from './check-google-drive-provider.ts';
export type { StorageConformanceTarget, StorageSubject, StorageSubjectSetup } from './storage-target.ts';
export type { DriveConformanceTarget, DriveSubject } from './drive-target.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type { InMemoryDriveNotice, InMemoryGoogleDriveOptions } from './in-memory/in-memory-google-drive.ts';
export { InMemoryGoogleDrive } from './in-memory/in-memory-google-drive.ts';
export type { InMemoryObjectStorageOptions } from './in-memory/in-memory-object-storage.ts';
export { IN_MEMORY_ORIGIN, InMemoryObjectStorage } from './in-memory/in-memory-object-storage.ts';
export { inMemoryDriveTarget, inMemoryStorageTarget } from './in-memory-targets.ts';
