export type { StorageObjectBody, StorageUploadData } from './model/object-body.ts';
export type { StorageChecksum, StorageChecksumAlgorithm } from './model/checksum.ts';
export type {
  GetObjectResult,
  StorageContentRange,
  StorageObjectMetadata,
  StorageVisibility,
} from './model/object-metadata.ts';
export type { PutObjectInput, PutObjectUploadInput } from './model/put-object-input.ts';
export type {
  CopyObjectInput,
  DeleteObjectInput,
  DeleteObjectsInput,
  DeletePrefixInput,
  GetObjectInput,
  SetVisibilityInput,
} from './model/object-inputs.ts';
export type { ListObjectsQuery, ListObjectsResult } from './model/list-objects.ts';
export type { PresignedUpload, PresignUploadInput, SignedUrlOptions } from './model/signed-url.ts';
export type { StartUploadInput, UploadSession } from './model/upload-session.ts';
export type { StorageChange, WatchObjectsInput } from './model/watch.ts';
export type { StorageCapabilities, StorageFeature, StorageMethod } from './model/capabilities.ts';
export type { ObjectStorageProvider } from './object-storage-provider.ts';
export type { CompleteObjectStorageProvider } from './complete.ts';
export { complete } from './complete.ts';
export { listAll } from './list-all.ts';

export type { GoogleDriveFile, GoogleDriveFileBody, GoogleDriveFileMetadata } from './drive/file.ts';
export type {
  GoogleDriveCreateFileInput,
  GoogleDriveGetFileOptions,
  GoogleDriveListFilesQuery,
  GoogleDriveListFilesResult,
  GoogleDriveUpdateFileInput,
  GoogleDriveWatchInput,
  GoogleDriveWatchResult,
} from './drive/inputs.ts';
export type { GoogleDriveCapabilities, GoogleDriveMethod, GoogleDriveProvider } from './drive/google-drive-provider.ts';
export type { CompleteGoogleDriveProvider } from './drive/complete-google-drive.ts';
export { completeGoogleDrive } from './drive/complete-google-drive.ts';

export type { PortableStorageObjectMetadata } from './schema/metadata-schema.ts';
export { reviveStorageObjectMetadata, StorageObjectMetadataSchema } from './schema/metadata-schema.ts';
export type { PortableGoogleDriveFileMetadata } from './schema/drive-file-schema.ts';
export { GoogleDriveFileMetadataSchema } from './schema/drive-file-schema.ts';
