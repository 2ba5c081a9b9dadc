import { IntegrationError } from '@mortise/core';
import type { StorageChecksumAlgorithm } from '../../model/checksum.ts';
import type { PutObjectUploadInput } from '../../model/put-object-input.ts';
import type { StoredVersion } from './bucket.ts';
import type { Grant } from './url-signer.ts';

/** The store as far as its links need it. */
export interface SignedStore {
  readonly now: () => number;
  readonly readGrant: (text: string | null, signature: string | null) => Promise<Grant | undefined>;
  readonly find: (bucket: string, key: string) => (StoredVersion & { bytes: Uint8Array<ArrayBuffer> }) | undefined;
  readonly put: (input: PutObjectUploadInput) => Promise<unknown>;
}

/** Answers a request by a signed link, by a signed form, or for a public object. */
export async function serveSigned(request: Request, store: SignedStore): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method === 'POST') return serveForm(request, store);
  const [bucket = '', ...segments] = pathname.slice(1).split('/');
  const target = { bucket: decodeURIComponent(bucket), key: segments.map(decodeURIComponent).join('/') };
  const stored = store.find(target.bucket, target.key);
  if (!searchParams.has('signature')) {
    const isPublic = request.method === 'GET' && stored?.metadata.visibility === 'public';
    return isPublic ? answer(stored) : refuse('the object is not public');
  }
  const grant = await store.readGrant(searchParams.get('grant'), searchParams.get('signature'));
  if (grant?.method !== request.method || grant.bucket !== target.bucket || grant.key !== target.key) {
    return refuse('the link was not made for this');
  }
  if (store.now() >= grant.expiresAtMs) return refuse('the link is over');
  if (request.method === 'GET') return stored === undefined ? new Response(null, { status: 404 }) : answer(stored);
  const contentType = request.headers.get('content-type') ?? undefined;
  if (grant.contentType !== undefined && contentType !== grant.contentType) return refuse('the type is another one');
  return write(store, grant, new Uint8Array(await request.arrayBuffer()), contentType);
}

async function serveForm(request: Request, store: SignedStore): Promise<Response> {
  const form = await request.formData();
  const grant = await store.readGrant(textOf(form.get('grant')), textOf(form.get('signature')));
  const file = form.get('file');
  if (grant?.method !== 'POST' || !(file instanceof Blob)) return refuse('the form was not made for this');
  if (store.now() >= grant.expiresAtMs) return refuse('the form is over');
  const { minBytes = 0, maxBytes = Infinity, contentType } = grant;
  if (file.size < minBytes || file.size > maxBytes) return new Response('the size is not allowed', { status: 400 });
  if (contentType !== undefined && file.type !== contentType) return refuse('the type is another one');
  return write(store, grant, new Uint8Array(await file.arrayBuffer()), file.type === '' ? undefined : file.type);
}

async function write(
  store: SignedStore,
  { bucket, key, checksum }: Grant,
  data: Uint8Array,
  contentType: string | undefined,
): Promise<Response> {
  try {
    await store.put({
      bucket,
      key,
      data,
      ...(contentType === undefined ? {} : { contentType }),
      ...(checksum === undefined ? {} : { checksum: readChecksum(checksum) }),
    });
    return new Response(null, { status: 200 });
  } catch (error) {
    if (!IntegrationError.is(error)) throw error;
    return new Response(error.message, { status: 400 });
  }
}

function readChecksum(text: string): { algorithm: StorageChecksumAlgorithm; value: string } {
  const at = text.indexOf(':');
  const algorithm = (['sha256', 'crc32c', 'crc64nvme', 'md5'] as const).find((name) => name === text.slice(0, at));
  return { algorithm: algorithm ?? 'md5', value: text.slice(at + 1) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function answer({ bytes, metadata }: StoredVersion & { bytes: Uint8Array<ArrayBuffer> }): Response {
  const { contentType = 'application/octet-stream', etag = '' } = metadata;
  return new Response(bytes, { headers: { 'content-type': contentType, etag } });
}

function refuse(why: string): Response {
  return new Response(why, { status: 403 });
}
