import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, it } from 'vitest';
import type { GoogleDriveFileMetadata } from '../drive/file.ts';
import type { StorageObjectMetadata } from '../model/object-metadata.ts';
import { GoogleDriveFileMetadataSchema } from './drive-file-schema.ts';
import { reviveStorageObjectMetadata, StorageObjectMetadataSchema } from './metadata-schema.ts';

const OBJECT: StorageObjectMetadata = {
  bucket: 'b',
  key: 'a/é',
  sizeBytes: 0,
  checksums: [{ algorithm: 'crc32c', value: 'AAAAAA==' }],
  lastModified: new Date('2026-03-29T01:30:00.123Z'),
  expiresAt: new Date('2027-01-01T00:00:00Z'),
  metadata: { a: 'b' },
  contentRange: { start: 0, end: 0, sizeBytes: 1 },
  visibility: 'public',
};

describe('what is known of an object', () => {
  it('crosses a process and comes back as it was, dates included', () => {
    const result = validateAgainstSchema(StorageObjectMetadataSchema, JSON.parse(JSON.stringify(OBJECT)));
    if (!result.valid) expect.fail(JSON.stringify(result.problems));
    expect(reviveStorageObjectMetadata(result.value)).toEqual(OBJECT);
  });

  it.each<[string, object]>([
    ['no key', { key: '' }],
    ['a negative size', { sizeBytes: -1 }],
    ['a date that is none', { lastModified: 'yesterday' }],
    ['a checksum of an unknown kind', { checksums: [{ algorithm: 'crc7', value: '' }] }],
  ])('is refused with %s', (_what, fields) => {
    const portable: unknown = JSON.parse(JSON.stringify({ ...OBJECT, ...fields }));
    expect(validateAgainstSchema<unknown>(StorageObjectMetadataSchema, portable).valid).toBe(false);
  });
});

describe('what is known of a file', () => {
  it('is the same after JSON', () => {
    const file: GoogleDriveFileMetadata = {
      id: 'f',
      name: 'a',
      mimeType: 'text/plain',
      modifiedTime: '2026-01-01T00:00:00Z',
      parents: ['root'],
      trashed: false,
    };
    const result = validateAgainstSchema(GoogleDriveFileMetadataSchema, JSON.parse(JSON.stringify(file)));
    if (!result.valid) expect.fail(JSON.stringify(result.problems));
    const back: GoogleDriveFileMetadata = result.value;
    expect(back).toEqual(file);
  });
});
