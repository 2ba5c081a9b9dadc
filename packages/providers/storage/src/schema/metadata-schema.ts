import { type Static, Type } from '@mortise/core/schema';
import type { StorageObjectMetadata } from '../model/object-metadata.ts';

const Instant = Type.String({ format: 'date-time' });
const Labels = Type.Record(Type.String(), Type.String());
const Bytes = Type.Integer({ minimum: 0 });

/** `StorageObjectMetadata` as it crosses a process: instants are ISO 8601 text, `raw` stays behind. */
export const StorageObjectMetadataSchema = Type.Object({
  bucket: Type.String({ minLength: 1 }),
  key: Type.String({ minLength: 1 }),
  sizeBytes: Type.Optional(Bytes),
  contentType: Type.Optional(Type.String()),
  etag: Type.Optional(Type.String()),
  checksum: Type.Optional(Type.String()),
  checksums: Type.Optional(
    Type.Array(
      Type.Object({
        algorithm: Type.Union([
          Type.Literal('sha256'),
          Type.Literal('crc32c'),
          Type.Literal('crc64nvme'),
          Type.Literal('md5'),
        ]),
        value: Type.String(),
      }),
    ),
  ),
  lastModified: Type.Optional(Instant),
  metadata: Type.Optional(Labels),
  versionId: Type.Optional(Type.String()),
  isDeleteMarker: Type.Optional(Type.Boolean()),
  contentRange: Type.Optional(Type.Object({ start: Bytes, end: Bytes, sizeBytes: Bytes })),
  cacheControl: Type.Optional(Type.String()),
  contentDisposition: Type.Optional(Type.String()),
  contentEncoding: Type.Optional(Type.String()),
  contentLanguage: Type.Optional(Type.String()),
  visibility: Type.Optional(Type.Union([Type.Literal('private'), Type.Literal('public')])),
  storageClass: Type.Optional(Type.String()),
  expiresAt: Type.Optional(Instant),
  tags: Type.Optional(Labels),
});

/** What `JSON.parse(JSON.stringify(metadata))` gives. */
export type PortableStorageObjectMetadata = Static<typeof StorageObjectMetadataSchema>;

/** The metadata again, after a trip through JSON: instants become `Date`s. Check it against the schema before. */
export function reviveStorageObjectMetadata(portable: PortableStorageObjectMetadata): StorageObjectMetadata {
  const { lastModified, expiresAt, ...rest } = portable;
  return {
    ...rest,
    ...(lastModified === undefined ? {} : { lastModified: new Date(lastModified) }),
    ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt) }),
  };
}
