import {
  type BatchResult,
  type CallOptions,
  IntegrationError,
  type JsonValue,
  type Page,
  type Sleep,
} from '@mortise/core';
import type { StorageCapabilities } from '../../model/capabilities.ts';
import type { StorageChecksum } from '../../model/checksum.ts';
import type { ListObjectsQuery, ListObjectsResult } from '../../model/list-objects.ts';
import type {
  CopyObjectInput,
  DeleteObjectInput,
  DeleteObjectsInput,
  DeletePrefixInput,
  GetObjectInput,
  SetVisibilityInput,
} from '../../model/object-inputs.ts';
import type { GetObjectResult, StorageObjectMetadata } from '../../model/object-metadata.ts';
import type { PutObjectUploadInput } from '../../model/put-object-input.ts';
import type { PresignedUpload, PresignUploadInput, SignedUrlOptions } from '../../model/signed-url.ts';
import type { StartUploadInput, UploadSession } from '../../model/upload-session.ts';
import type { ObjectStorageProvider } from '../../object-storage-provider.ts';
import { CallGate } from '../call-gate.ts';
import { Bucket, checkKey, refused } from './bucket.ts';
import { checksumOf, KNOWN_ALGORITHMS, toBase64, toHex } from './checksums.ts';
import { readUpload, streamOf } from './read-upload.ts';
import { serveSigned } from './serve-signed.ts';
import { UrlSigner } from './url-signer.ts';

export interface InMemoryObjectStorageOptions {
  /** Buckets that are there. Default `test-bucket`. */
  readonly buckets?: readonly string[];
  /** Epoch milliseconds. Default: the real time. */
  readonly now?: () => number;
  /** Waits for time limits of calls that hang. Default: real timers. */
  readonly sleep?: Sleep;
  /** What the store asks for. Absent: it asks for nothing. */
  readonly password?: string;
  /** What the provider shows. */
  readonly credential?: string;
  /** Pieces in which streams come. Default 65,536 bytes. */
  readonly pieceBytes?: number;
}

/** Where links lead; `fetch` of the store answers them. */
export const IN_MEMORY_ORIGIN = 'https://storage.in-memory.example';

const DEFAULT_PIECE_BYTES = 65_536;
const MAX_SIGNED_SECONDS = 604_800;

const CAPABILITIES: StorageCapabilities = {
  methods: {
    headObject: 'native',
    copyObject: 'native',
    moveObject: 'native',
    deleteObjects: 'native',
    deletePrefix: 'native',
    getPublicUrl: 'native',
    listVersions: 'native',
    startUpload: 'native',
    resumeUpload: 'native',
    watch: 'none',
  },
  features: ['ranges', 'conditions', 'metadata', 'delimiter', 'versions'],
  checksumAlgorithms: KNOWN_ALGORITHMS,
  maxSignedUrlSeconds: MAX_SIGNED_SECONDS,
  idempotency: { supported: 'none', onMismatch: 'error' },
};

interface Upload {
  readonly input: StartUploadInput;
  readonly pieces: Uint8Array<ArrayBuffer>[];
}

/**
 * An object store in memory: versions, conditions, ranges, checksums, uploads in pieces, and links that `fetch` of the store answers. For
 * tests of whatever stores objects.
 */
export class InMemoryObjectStorage implements ObjectStorageProvider {
  readonly capabilities = CAPABILITIES;
  readonly #options: InMemoryObjectStorageOptions;
  readonly #buckets: ReadonlyMap<string, Bucket>;
  readonly #uploads = new Map<string, Upload>();
  readonly #signer = new UrlSigner();
  readonly #gate: CallGate;
  readonly #now: () => number;
  #count = 0;

  constructor(options: InMemoryObjectStorageOptions = {}) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#gate = new CallGate(options.sleep);
    this.#buckets = new Map((options.buckets ?? ['test-bucket']).map((name) => [name, new Bucket()]));
  }

  /** From now on calls get no answer. */
  stall(): void {
    this.#gate.stall();
  }

  /** Uploads in pieces that were neither completed nor aborted. */
  get openUploads(): number {
    return this.#uploads.size;
  }

  /** Answers signed links, forms and addresses of public objects, as the provider's servers would. */
  fetch(url: string, init: RequestInit = {}): Promise<Response> {
    return serveSigned(new Request(url, init), {
      now: this.#now,
      readGrant: (text, signature) => this.#signer.read(text, signature),
      find: (bucket, key) => this.#buckets.get(bucket)?.find(key),
      put: (input) => this.#write(input, new AbortController().signal),
    });
  }

  putObject(input: PutObjectUploadInput, options?: CallOptions): Promise<StorageObjectMetadata> {
    return this.#call(options, (signal) => this.#write(input, signal));
  }

  getObject(input: GetObjectInput, options?: CallOptions): Promise<GetObjectResult | null> {
    return this.#call(options, async () => {
      const stored = this.#bucket(input.bucket).find(input.key, input.versionId);
      if (stored === undefined) return null;
      checkReadConditions(stored.metadata.etag, input);
      const { bytes } = stored;
      const range = input.range === undefined ? undefined : rangeOf(input.range, bytes.length);
      const part = range === undefined ? bytes : bytes.subarray(range.start, range.end + 1);
      const metadata: StorageObjectMetadata = {
        ...structuredClone(stored.metadata),
        ...(range === undefined ? {} : { contentRange: { ...range, sizeBytes: bytes.length } }),
      };
      return input.as === 'stream'
        ? { ...metadata, stream: streamOf(part, this.#options.pieceBytes ?? DEFAULT_PIECE_BYTES) }
        : { ...metadata, data: part.slice() };
    });
  }

  headObject(input: DeleteObjectInput, options?: CallOptions): Promise<StorageObjectMetadata | null> {
    return this.#call(options, () => {
      const stored = this.#bucket(input.bucket).find(input.key, input.versionId);
      return stored === undefined ? null : structuredClone(stored.metadata);
    });
  }

  deleteObject(input: DeleteObjectInput, options?: CallOptions): Promise<void> {
    return this.#call(options, () => this.#delete(input));
  }

  deleteObjects({ bucket, keys }: DeleteObjectsInput, options?: CallOptions): Promise<BatchResult<{ key: string }>> {
    return this.#call(options, () => ({
      results: keys.map((key, index) => {
        this.#delete({ bucket, key });
        return { index, ok: true, value: { key } } as const;
      }),
    }));
  }

  deletePrefix({ bucket, prefix }: DeletePrefixInput, options?: CallOptions): Promise<{ deletedCount: number }> {
    return this.#call(options, () => {
      if (prefix === '') throw refused('prefix', 'expected some text, since an empty one would empty the bucket');
      const keys = this.#bucket(bucket)
        .keys()
        .filter((key) => key.startsWith(prefix));
      for (const key of keys) this.#delete({ bucket, key });
      return { deletedCount: keys.length };
    });
  }

  copyObject(input: CopyObjectInput, options?: CallOptions): Promise<StorageObjectMetadata> {
    return this.#call(options, (signal) => this.#copy(input, signal));
  }

  moveObject(input: CopyObjectInput, options?: CallOptions): Promise<StorageObjectMetadata> {
    return this.#call(options, async (signal) => {
      const { source, destination } = input;
      const moved = await this.#copy(input, signal);
      if (source.bucket !== destination.bucket || source.key !== destination.key) this.#delete(source);
      return moved;
    });
  }

  listObjects(query: ListObjectsQuery, options?: CallOptions): Promise<ListObjectsResult> {
    return this.#call(options, () => this.#bucket(query.bucket).list(query));
  }

  listVersions(query: ListObjectsQuery, options?: CallOptions): Promise<Page<StorageObjectMetadata>> {
    return this.#call(options, () => ({
      items: structuredClone(this.#bucket(query.bucket).versions(query.prefix ?? '')),
      hasMore: false,
    }));
  }

  generateSignedUrl(options: SignedUrlOptions, call?: CallOptions): Promise<{ url: string; expiresAt: Date }> {
    return this.#call(call, async () => {
      const { bucket, key, method = 'GET', contentType } = options;
      const expiresAtMs = this.#expiry(options.expiresInSeconds);
      checkKey(key);
      const grant = { method, bucket, key, expiresAtMs, ...(contentType === undefined ? {} : { contentType }) };
      const signed = await this.#signer.sign(grant);
      const url = `${addressOf(bucket, key)}?${new URLSearchParams(signed).toString()}`;
      return { url, expiresAt: new Date(expiresAtMs) };
    });
  }

  presignUpload(input: PresignUploadInput, options?: CallOptions): Promise<PresignedUpload> {
    return this.#call(options, async () => {
      const { expiresInSeconds, checksum, ...rest } = input;
      const expiresAtMs = this.#expiry(expiresInSeconds);
      checkKey(input.key);
      const fields = await this.#signer.sign({
        ...rest,
        method: 'POST',
        expiresAtMs,
        ...(checksum === undefined ? {} : { checksum: `${checksum.algorithm}:${checksum.value}` }),
      });
      const url = `${IN_MEMORY_ORIGIN}/${encodeURIComponent(input.bucket)}`;
      return { method: 'POST', url, fields, expiresAt: new Date(expiresAtMs) };
    });
  }

  getPublicUrl({ bucket, key }: DeleteObjectInput, options?: CallOptions): Promise<string> {
    return this.#call(options, () => {
      const { metadata } = this.#require({ bucket, key });
      if (metadata.visibility === 'public') return addressOf(bucket, key);
      throw new IntegrationError({ code: 'forbidden', message: 'The object is private; sign a link instead' });
    });
  }

  setVisibility(input: SetVisibilityInput, options?: CallOptions): Promise<StorageObjectMetadata> {
    return this.#call(options, () => {
      const stored = this.#require(input);
      stored.metadata = { ...stored.metadata, visibility: input.visibility };
      return structuredClone(stored.metadata);
    });
  }

  startUpload(input: StartUploadInput, options?: CallOptions): Promise<UploadSession> {
    return this.#call(options, () => {
      this.#bucket(input.bucket);
      checkKey(input.key);
      const id = `upload-${crypto.randomUUID()}`;
      this.#uploads.set(id, { input: structuredClone(input), pieces: [] });
      return this.#session(id);
    });
  }

  resumeUpload(resumeToken: JsonValue, options?: CallOptions): Promise<UploadSession> {
    return this.#call(options, () => {
      if (typeof resumeToken !== 'string' || !this.#uploads.has(resumeToken)) throw noUpload();
      return this.#session(resumeToken);
    });
  }

  #session(id: string): UploadSession {
    const pieces = (): Upload['pieces'] => this.#uploads.get(id)?.pieces ?? [];
    return {
      resumeToken: id,
      get bytesConfirmed() {
        return pieces().reduce((sum, { length }) => sum + length, 0);
      },
      write: (piece, options) =>
        this.#call(options, () => {
          if (!this.#uploads.has(id)) throw noUpload();
          pieces().push(new Uint8Array(piece));
        }),
      complete: (options) =>
        this.#call(options, async (signal) => {
          const upload = this.#uploads.get(id);
          if (upload === undefined) throw noUpload();
          const metadata = await this.#write({ ...upload.input, data: new Blob(upload.pieces) }, signal);
          this.#uploads.delete(id);
          return metadata;
        }),
      abort: (options) => this.#call(options, () => void this.#uploads.delete(id)),
    };
  }

  async #write(input: PutObjectUploadInput, signal: AbortSignal): Promise<StorageObjectMetadata> {
    const { bucket: bucketName, key, data, onProgress, checksum, sizeBytes } = input;
    const bucket = this.#bucket(bucketName);
    checkKey(key);
    checkWriteConditions(bucket.find(key)?.metadata.etag, input);
    const bytes = await readUpload(data, signal, onProgress);
    const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    if (sizeBytes !== undefined && sizeBytes !== bytes.length) {
      throw refused('sizeBytes', `expected ${sizeBytes} bytes, got ${bytes.length}`);
    }
    if (checksum !== undefined) await compareChecksum(bytes, checksum);
    signal.throwIfAborted();
    // From here on nothing waits: of several writers under a condition one wins. Hence the second look.
    checkWriteConditions(bucket.find(key)?.metadata.etag, input);
    const versionId = `v${(this.#count += 1)}`;
    const sha256Sum = { algorithm: 'sha256', value: toBase64(sha256) } as const;
    const metadata: StorageObjectMetadata = {
      bucket: bucketName,
      key,
      versionId,
      sizeBytes: bytes.length,
      etag: `${toHex(sha256).slice(0, 32)}-${versionId}`,
      checksum: sha256Sum.value,
      checksums: [sha256Sum],
      lastModified: new Date(this.#now()),
      visibility: input.visibility ?? (input.makePublic === true ? 'public' : 'private'),
      ...describedBy(input),
    };
    bucket.add(key, { versionId, bytes, metadata });
    const isUnknown = input.storageClass !== undefined;
    const warning = { type: 'unsupported', field: 'storageClass', message: 'There are no storage classes' } as const;
    return { ...structuredClone(metadata), ...(isUnknown ? { warnings: [warning] } : {}) };
  }

  async #copy(input: CopyObjectInput, signal: AbortSignal): Promise<StorageObjectMetadata> {
    const { bytes, metadata: from } = this.#require(input.source);
    return this.#write(
      {
        ...describedBy(from),
        ...input.destination,
        data: bytes,
        ...(input.metadata === undefined ? {} : { metadata: { ...input.metadata } }),
        ...(input.contentType === undefined ? {} : { contentType: input.contentType }),
        ...(input.ifNoneMatch === undefined ? {} : { ifNoneMatch: input.ifNoneMatch }),
      },
      signal,
    );
  }

  #delete({ bucket: name, key, versionId }: DeleteObjectInput): void {
    const bucket = this.#bucket(name);
    if (versionId !== undefined) {
      bucket.drop(key, versionId);
    } else if (bucket.find(key) !== undefined) {
      const marker = `v${(this.#count += 1)}`;
      const metadata = { bucket: name, key, versionId: marker, isDeleteMarker: true };
      bucket.add(key, { versionId: marker, metadata: { ...metadata, lastModified: new Date(this.#now()) } });
    }
  }

  #require({ bucket, key, versionId }: DeleteObjectInput) {
    const stored = this.#bucket(bucket).find(key, versionId);
    if (stored !== undefined) return stored;
    throw new IntegrationError({ code: 'not_found', message: 'There is no such object' });
  }

  #bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket !== undefined) return bucket;
    throw new IntegrationError({ code: 'not_found', field: 'bucket', message: 'There is no such bucket' });
  }

  #expiry(expiresInSeconds: number): number {
    if (expiresInSeconds > 0 && expiresInSeconds <= MAX_SIGNED_SECONDS) return this.#now() + expiresInSeconds * 1_000;
    throw refused('expiresInSeconds', `expected a number above 0 and up to ${MAX_SIGNED_SECONDS}`);
  }

  #call<Value>(
    options: CallOptions | undefined,
    work: (signal: AbortSignal) => Value | Promise<Value>,
  ): Promise<Value> {
    return this.#gate.run(options, (signal) => {
      const { password, credential } = this.#options;
      if (password === undefined || credential === password) return work(signal);
      throw new IntegrationError({ code: 'unauthenticated', message: 'The store does not know the credential' });
    });
  }
}

const DESCRIBED = [
  'contentType',
  'metadata',
  'cacheControl',
  'contentDisposition',
  'contentEncoding',
  'contentLanguage',
  'tags',
] as const;

/** What a writer says of an object, as a copy. */
function describedBy(
  input: Partial<Pick<PutObjectUploadInput, (typeof DESCRIBED)[number]>>,
): Partial<Pick<PutObjectUploadInput, (typeof DESCRIBED)[number]>> {
  return Object.fromEntries(
    DESCRIBED.flatMap((name) => (input[name] === undefined ? [] : [[name, structuredClone(input[name])]])),
  );
}

function checkWriteConditions(etag: string | undefined, { ifNoneMatch, ifMatch }: PutObjectUploadInput): void {
  if (ifNoneMatch !== undefined && etag !== undefined) throw unmet('there is an object already', 412);
  if (ifMatch !== undefined && etag !== ifMatch) throw unmet('the object is another one by now', 412);
}

function checkReadConditions(etag: string | undefined, { ifNoneMatch, ifMatch }: GetObjectInput): void {
  if (ifMatch !== undefined && etag !== ifMatch) throw unmet('the object is another one by now', 412);
  if (ifNoneMatch !== undefined && etag === ifNoneMatch) throw unmet('the object has not changed', 304);
}

function unmet(what: string, httpStatus: number): IntegrationError {
  return new IntegrationError({ code: 'precondition_failed', httpStatus, message: `Nothing was done: ${what}` });
}

async function compareChecksum(bytes: Uint8Array<ArrayBuffer>, expected: StorageChecksum): Promise<void> {
  const { value } = await checksumOf(bytes, expected.algorithm);
  if (value !== expected.value) throw refused('checksum', `the ${expected.algorithm} of what arrived is another one`);
}

function rangeOf(range: NonNullable<GetObjectInput['range']>, sizeBytes: number): { start: number; end: number } {
  const { start, end = sizeBytes - 1 } = range;
  const areWhole = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && (range.end ?? start) >= start;
  if (areWhole && start < sizeBytes) return { start, end: Math.min(end, sizeBytes - 1) };
  throw refused('range', `expected a part of ${sizeBytes} bytes, got ${start} to ${range.end ?? 'the end'}`);
}

function addressOf(bucket: string, key: string): string {
  // "." and ".." would be taken out of the path.
  const path = encodeURIComponent(key).replaceAll('.', '%2E').replaceAll('%2F', '/');
  return `${IN_MEMORY_ORIGIN}/${encodeURIComponent(bucket)}/${path}`;
}

function noUpload(): IntegrationError {
  return new IntegrationError({ code: 'not_found', message: 'There is no such upload, or it is over' });
}
