export type {
  DeleteObjectInput,
  GetObjectResult,
  ListObjectsQuery,
  ListObjectsResult,
  ObjectStorageProvider,
  PutObjectInput,
  SignedUrlOptions,
  StorageObjectBody,
  StorageObjectMetadata,
} from '@mortise/provider-storage';
