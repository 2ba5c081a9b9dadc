import { type BatchEntry, type CallOptions, IntegrationError } from '@mortise/core';
import { listAll } from './list-all.ts';
import type { CopyObjectInput, DeleteObjectInput } from './model/object-inputs.ts';
import type { StorageObjectMetadata } from './model/object-metadata.ts';
import type { PutObjectUploadInput } from './model/put-object-input.ts';
import type { PresignedUpload, PresignUploadInput } from './model/signed-url.ts';
import type { ObjectStorageProvider } from './object-storage-provider.ts';

/** A provider with every optional method in place. */
export type CompleteObjectStorageProvider = Required<Omit<ObjectStorageProvider, 'capabilities'>> &
  Pick<ObjectStorageProvider, 'capabilities'>;

/**
 * Fills in what a provider lacks by composing what it has: `headObject` opens the object and drops its content, `copyObject` and
 * `moveObject` send the content through this process, `deleteObjects` and `deletePrefix` delete one by one, `presignUpload` is a signed
 * PUT link. What cannot be composed rejects with `unsupported`. Methods that the provider has are used as they are.
 */
export function complete(provider: ObjectStorageProvider): CompleteObjectStorageProvider {
  const { capabilities } = provider;
  const copyObject: CompleteObjectStorageProvider['copyObject'] = (input, options) =>
    provider.copyObject?.(input, options) ?? copyThroughHere(provider, input, options);
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    putObject: (input, options) => provider.putObject(input, options),
    getObject: (input, options) => provider.getObject(input, options),
    deleteObject: (input, options) => provider.deleteObject(input, options),
    generateSignedUrl: (input, options) => provider.generateSignedUrl(input, options),
    listObjects: (query, options) => provider.listObjects(query, options),
    headObject: (input, options) => provider.headObject?.(input, options) ?? headByOpening(provider, input, options),
    copyObject,
    moveObject: async (input, options) => {
      if (provider.moveObject !== undefined) return provider.moveObject(input, options);
      const moved = await copyObject(input, options);
      if (!isSamePlace(input)) await provider.deleteObject(input.source, options);
      return moved;
    },
    deleteObjects: async ({ bucket, keys }, options) =>
      provider.deleteObjects?.({ bucket, keys }, options) ?? {
        results: await deleteOneByOne(provider, bucket, keys, options),
      },
    deletePrefix: (input, options) =>
      provider.deletePrefix?.(input, options) ?? deleteUnder(provider, input.bucket, input.prefix, options),
    presignUpload: (input, options) =>
      provider.presignUpload?.(input, options) ?? presignByLink(provider, input, options),
    getPublicUrl: (input, options) => provider.getPublicUrl?.(input, options) ?? unsupported('getPublicUrl'),
    setVisibility: (input, options) => provider.setVisibility?.(input, options) ?? unsupported('setVisibility'),
    listVersions: (query, options) => provider.listVersions?.(query, options) ?? unsupported('listVersions'),
    startUpload: (input, options) => provider.startUpload?.(input, options) ?? unsupported('startUpload'),
    resumeUpload: (token, options) => provider.resumeUpload?.(token, options) ?? unsupported('resumeUpload'),
    watch: (input, options) => provider.watch?.(input, options) ?? noChanges(),
  };
}

async function headByOpening(
  provider: ObjectStorageProvider,
  input: DeleteObjectInput,
  options: CallOptions | undefined,
): Promise<StorageObjectMetadata | null> {
  const object = await provider.getObject({ ...input, as: 'stream' }, options);
  if (object === null) return null;
  const { data: _data, stream, ...metadata } = object;
  await stream?.[Symbol.asyncIterator]().return?.();
  return metadata;
}

async function copyThroughHere(
  provider: ObjectStorageProvider,
  { source, destination, metadata, contentType, ifNoneMatch }: CopyObjectInput,
  options: CallOptions | undefined,
): Promise<StorageObjectMetadata> {
  const canStream = provider.capabilities?.features.includes('stream-upload') === true;
  const object = await provider.getObject({ ...source, as: canStream ? 'stream' : 'bytes' }, options);
  if (object === null) throw new IntegrationError({ code: 'not_found', message: 'There is no object to copy' });
  const upload: PutObjectUploadInput = {
    ...destination,
    data: object.data ?? (canStream ? object.stream : await collect(object.stream)),
    ...keptFields(object),
    ...(metadata === undefined ? {} : { metadata: { ...metadata } }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
  };
  return provider.putObject(upload, options);
}

const KEPT = [
  'contentType',
  'metadata',
  'cacheControl',
  'contentDisposition',
  'contentEncoding',
  'contentLanguage',
  'tags',
] as const;

/** What a copy takes along besides the content. */
function keptFields(object: StorageObjectMetadata): Partial<Pick<PutObjectUploadInput, (typeof KEPT)[number]>> {
  return Object.fromEntries(KEPT.flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])));
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of stream) parts.push(new Uint8Array(part));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function isSamePlace({ source, destination }: CopyObjectInput): boolean {
  return source.bucket === destination.bucket && source.key === destination.key;
}

async function deleteOneByOne(
  provider: ObjectStorageProvider,
  bucket: string,
  keys: readonly string[],
  options: CallOptions | undefined,
): Promise<BatchEntry<{ readonly key: string }>[]> {
  const results: BatchEntry<{ readonly key: string }>[] = [];
  for (const [index, key] of keys.entries()) {
    try {
      await provider.deleteObject({ bucket, key }, options);
      results.push({ index, ok: true, value: { key } });
    } catch (error) {
      if (!IntegrationError.is(error) || error.code === 'aborted') throw error;
      results.push({ index, ok: false, error });
    }
  }
  return results;
}

async function deleteUnder(
  provider: ObjectStorageProvider,
  bucket: string,
  prefix: string,
  options: CallOptions | undefined,
): Promise<{ readonly deletedCount: number }> {
  if (prefix === '') {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'prefix',
      message: 'prefix: expected some text, since an empty one would empty the bucket',
    });
  }
  let deletedCount = 0;
  for await (const { key } of listAll(provider, { bucket, prefix }, options)) {
    await provider.deleteObject({ bucket, key }, options);
    deletedCount += 1;
  }
  return { deletedCount };
}

async function presignByLink(
  provider: ObjectStorageProvider,
  input: PresignUploadInput,
  options: CallOptions | undefined,
): Promise<PresignedUpload> {
  const { bucket, key, expiresInSeconds, contentType } = input;
  const link = await provider.generateSignedUrl(
    { bucket, key, expiresInSeconds, method: 'PUT', ...(contentType === undefined ? {} : { contentType }) },
    options,
  );
  const uncapped = (['minBytes', 'maxBytes', 'checksum'] as const).filter((field) => input[field] !== undefined);
  const warnings = uncapped.map(
    (field) => ({ type: 'unsupported', field, message: 'A signed PUT link cannot enforce this' }) as const,
  );
  return {
    method: 'PUT',
    ...link,
    ...(contentType === undefined ? {} : { headers: { 'content-type': contentType } }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

function notSupported(method: string): IntegrationError {
  return new IntegrationError({ code: 'unsupported', message: `This object store has no method "${method}"` });
}

function unsupported(method: string): Promise<never> {
  return Promise.reject(notSupported(method));
}

function noChanges(): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(notSupported('watch')) }) };
}
