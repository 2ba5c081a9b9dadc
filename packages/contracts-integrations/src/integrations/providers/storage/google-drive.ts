export type {
  GoogleDriveFile,
  GoogleDriveFileBody,
  GoogleDriveFileMetadata,
  GoogleDriveListFilesQuery,
  GoogleDriveListFilesResult,
  GoogleDriveProvider,
  GoogleDriveWatchInput,
  GoogleDriveWatchResult,
} from '@mortise/provider-storage';
export { googleDriveIntegrationSpec, registerGoogleDriveIntegration } from '@mortise/provider-storage/specs';
