import { type Static, Type } from '@mortise/core/schema';

/** `GoogleDriveFileMetadata` as it crosses a process: `modifiedTime` is ISO 8601 text; `delta` and `raw` stay behind. */
export const GoogleDriveFileMetadataSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  name: Type.String(),
  mimeType: Type.String({ minLength: 1 }),
  modifiedTime: Type.Optional(Type.String({ format: 'date-time' })),
  sizeBytes: Type.Optional(Type.Integer({ minimum: 0 })),
  md5Checksum: Type.Optional(Type.String()),
  webViewLink: Type.Optional(Type.String({ format: 'uri' })),
  parents: Type.Optional(Type.Array(Type.String())),
  trashed: Type.Optional(Type.Boolean()),
  metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
  driveId: Type.Optional(Type.String()),
  version: Type.Optional(Type.String()),
});

/** What is left of a file's metadata after JSON. It is a `GoogleDriveFileMetadata` again as it stands. */
export type PortableGoogleDriveFileMetadata = Static<typeof GoogleDriveFileMetadataSchema>;
