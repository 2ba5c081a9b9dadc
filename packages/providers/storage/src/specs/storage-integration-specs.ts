import type { IntegrationSpec } from '@mortise/core';
import { awsS3IntegrationSpec } from './aws-s3.ts';
import { gcsStorageIntegrationSpec } from './gcs-storage.ts';
import { googleDriveIntegrationSpec } from './google-drive.ts';

/** Every storage spec that is shipped. */
export const storageIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([
  awsS3IntegrationSpec,
  gcsStorageIntegrationSpec,
  googleDriveIntegrationSpec,
]);
