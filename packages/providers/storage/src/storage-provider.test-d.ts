import { describe, expectTypeOf, it } from 'vitest';
import type {
  DeleteObjectInput,
  GetObjectResult,
  GoogleDriveFile,
  GoogleDriveListFilesQuery,
  GoogleDriveListFilesResult,
  GoogleDriveProvider,
  ListObjectsQuery,
  ListObjectsResult,
  ObjectStorageProvider,
  PutObjectInput,
  SignedUrlOptions,
  StorageObjectMetadata,
} from './index.ts';

/** Classes written against the first interfaces. */
class OldStore implements ObjectStorageProvider {
  async putObject(input: PutObjectInput): Promise<StorageObjectMetadata> {
    const bytes = input.data instanceof ArrayBuffer ? new Uint8Array(input.data) : input.data;
    return { bucket: input.bucket, key: input.key, sizeBytes: bytes.length };
  }
  async getObject(input: DeleteObjectInput): Promise<GetObjectResult | null> {
    return input.key === '' ? null : { bucket: input.bucket, key: input.key, data: new Uint8Array() };
  }
  async deleteObject(_input: DeleteObjectInput): Promise<void> {}
  async generateSignedUrl(options: SignedUrlOptions): Promise<{ url: string; expiresAt: Date }> {
    return { url: options.key, expiresAt: new Date(0) };
  }
  async listObjects(_query: ListObjectsQuery): Promise<ListObjectsResult> {
    return { objects: [] };
  }
}

class OldDrive implements GoogleDriveProvider {
  async listFiles(_query?: GoogleDriveListFilesQuery): Promise<GoogleDriveListFilesResult> {
    return { files: [] };
  }
  async getFile(_fileId: string): Promise<GoogleDriveFile | null> {
    return null;
  }
}

describe('the interfaces', () => {
  it('are still fulfilled by classes that know the first methods and inputs only', () => {
    expectTypeOf<OldStore>().toExtend<ObjectStorageProvider>();
    expectTypeOf<OldDrive>().toExtend<GoogleDriveProvider>();
  });

  it('keep the types of the first fields', () => {
    expectTypeOf<PutObjectInput['data']>().toEqualTypeOf<Uint8Array | ArrayBuffer>();
    expectTypeOf<StorageObjectMetadata['lastModified']>().toEqualTypeOf<Date | undefined>();
    expectTypeOf<ListObjectsResult['objects']>().toEqualTypeOf<StorageObjectMetadata[]>();
  });

  it('let content be bytes or a stream, and not both', () => {
    // @ts-expect-error: one of the two
    const both: GetObjectResult = { bucket: 'b', key: 'k', data: new Uint8Array(), stream: (async function* () {})() };
    expectTypeOf(both).toEqualTypeOf<GetObjectResult>();
  });
});
