import type { ObjectStorageProvider } from '../object-storage-provider.ts';
import { fail } from './conformance-failure.ts';

/** How a subject is to be opened. */
export interface StorageSubjectSetup {
  /** Credential that the provider shows to the service. */
  readonly credential: string;
  /** True: the service refuses the credential. Default false. */
  readonly isRefused?: boolean;
}

/** A provider under test, and the world around it. */
export interface StorageSubject {
  readonly storage: ObjectStorageProvider;
  /** An empty bucket, with versions where the provider has them. */
  readonly bucket: string;
  /** Follows links. Absent: signed links are not checked. */
  readonly fetch?: (url: string, init?: RequestInit) => Promise<Response>;
  /** Lets time pass at the service. Absent: expiry is not checked. */
  readonly advance?: (ms: number) => Promise<void>;
  /** Uploads in pieces that the service still keeps. */
  readonly openUploads?: () => Promise<number>;
  /** From now on the service gives no answer. */
  readonly stall: () => void;
  readonly close: () => Promise<void>;
}

/** An implementation that the kit can test. */
export interface StorageConformanceTarget {
  /** A fresh provider before an empty bucket. */
  readonly open: (setup: StorageSubjectSetup) => Promise<StorageSubject>;
}

/** Runs a check against a fresh provider and releases everything afterwards. */
export async function withStorage(
  target: StorageConformanceTarget,
  run: (subject: StorageSubject) => Promise<void>,
  setup: Partial<StorageSubjectSetup> = {},
): Promise<void> {
  const subject = await target.open({ credential: 'conformance-credential', ...setup });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

/** Bytes that are different everywhere, so that a part can be told from another one. */
export function sampleBytes(length: number, seed = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8) + seed) % 256);
}

/** Content of an object, all of it. */
export async function contentOf({ storage, bucket }: StorageSubject, key: string): Promise<Uint8Array | null> {
  const object = await storage.getObject({ bucket, key });
  return object === null ? null : bytesOf(object);
}

export async function bytesOf(body: {
  readonly data?: Uint8Array | undefined;
  readonly stream?: AsyncIterable<Uint8Array> | undefined;
}): Promise<Uint8Array> {
  if (body.data !== undefined) return body.data;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of body.stream ?? fail('the object has neither data nor a stream')) {
    pieces.push(new Uint8Array(piece));
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** Bytes as text that a failure can show. */
export function shown(bytes: Uint8Array | null): string {
  if (bytes === null) return 'nothing';
  const head = Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${bytes.length} bytes, sum ${bytes.reduce((sum, byte, index) => (sum + byte * (index + 1)) % 65_521, 0)}, ${head}`;
}

/** The bytes in pieces. */
export async function* streamed(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array, void> {
  for (let start = 0; start < bytes.length; start += pieceBytes) yield bytes.slice(start, start + pieceBytes);
}
