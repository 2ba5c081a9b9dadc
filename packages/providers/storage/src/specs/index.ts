export { awsS3IntegrationSpec, registerAwsS3Integration } from './aws-s3.ts';
export { gcsStorageIntegrationSpec, registerGcsStorageIntegration } from './gcs-storage.ts';
export { googleDriveIntegrationSpec, registerGoogleDriveIntegration } from './google-drive.ts';
export { storageIntegrationSpecs } from './storage-integration-specs.ts';
