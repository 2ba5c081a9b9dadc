import { type CallOptions, type Changes, IntegrationError, type Sleep } from '@mortise/core';
import type { ProviderDeltaWebhookChannel } from '@mortise/provider-delta';
import type { GoogleDriveFile, GoogleDriveFileMetadata } from '../../drive/file.ts';
import type { GoogleDriveCapabilities, GoogleDriveProvider } from '../../drive/google-drive-provider.ts';
import type {
  GoogleDriveCreateFileInput,
  GoogleDriveGetFileOptions,
  GoogleDriveListFilesQuery,
  GoogleDriveListFilesResult,
  GoogleDriveUpdateFileInput,
  GoogleDriveWatchInput,
  GoogleDriveWatchResult,
} from '../../drive/inputs.ts';
import { CallGate } from '../call-gate.ts';
import { refused } from './bucket.ts';
import { parseDriveQuery } from './drive-query.ts';
import { readUpload, streamOf } from './read-upload.ts';

export interface InMemoryGoogleDriveOptions {
  /** Epoch milliseconds. Default: the real time. */
  readonly now?: () => number;
  /** Waits for time limits of calls that hang. Default: real timers. */
  readonly sleep?: Sleep;
  /** What the service asks for. Absent: it asks for nothing. */
  readonly password?: string;
  /** What the provider shows. */
  readonly credential?: string;
}

/** A notice that something changed. */
export interface InMemoryDriveNotice {
  readonly channelId: string;
  readonly token?: string;
  readonly state: 'sync' | 'change';
}

interface StoredFile {
  readonly order: number;
  metadata: GoogleDriveFileMetadata;
  bytes?: Uint8Array<ArrayBuffer>;
  readonly exports?: Readonly<Record<string, string>>;
}

interface Channel extends Pick<GoogleDriveWatchInput, 'token'> {
  readonly channel: ProviderDeltaWebhookChannel;
}

const EDITOR_TYPE = 'application/vnd.google-apps.';
const DEFAULT_PAGE_SIZE = 100;
const HOUR_MS = 3_600_000;
const CHANGES_PER_READ = 100;
const CAPABILITIES: GoogleDriveCapabilities = { idempotency: { supported: 'none', onMismatch: 'error' } };

/** A Drive in memory: files, folders, documents that must be exported, the bin, changes and channels. */
export class InMemoryGoogleDrive implements GoogleDriveProvider {
  readonly capabilities = CAPABILITIES;
  readonly #options: InMemoryGoogleDriveOptions;
  readonly #now: () => number;
  readonly #gate: CallGate;
  readonly #files = new Map<string, StoredFile>();
  readonly #channels = new Map<string, Channel>();
  readonly #notices: InMemoryDriveNotice[] = [];
  #changes: { readonly order: number; readonly id: string }[] = [];
  #lastOrder = 0;
  #forgottenUpTo = 0;

  constructor(options: InMemoryGoogleDriveOptions = {}) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#gate = new CallGate(options.sleep);
  }

  /** From now on calls get no answer. */
  stall(): void {
    this.#gate.stall();
  }

  /** Notices that were sent so far. */
  get notices(): readonly InMemoryDriveNotice[] {
    return [...this.#notices];
  }

  /** Forgets all changes up to now. */
  forgetChanges(): void {
    this.#changes = [];
    this.#lastOrder += 1;
    this.#forgottenUpTo = this.#lastOrder;
  }

  /** A document of an editor, with what it can be exported to: text by media type. */
  addDocument(name: string, exports: Readonly<Record<string, string>>): GoogleDriveFileMetadata {
    return this.#store({ name, mimeType: `${EDITOR_TYPE}document` }, undefined, exports);
  }

  listFiles(query: GoogleDriveListFilesQuery = {}, options?: CallOptions): Promise<GoogleDriveListFilesResult> {
    return this.#call(options, () => {
      const { pageSize = DEFAULT_PAGE_SIZE, pageToken, query: text, driveId } = query;
      if (!Number.isInteger(pageSize) || pageSize < 1) throw refused('pageSize', 'expected a whole number from 1');
      const before = pageToken === undefined ? Infinity : readToken('files', pageToken);
      const isWanted = parseDriveQuery(text ?? '');
      const left = [...this.#files.values()]
        .filter(({ order, metadata }) => order < before && isWanted(metadata))
        .filter(({ metadata }) => driveId === undefined || metadata.driveId === driveId)
        .sort((a, b) => b.order - a.order);
      const page = left.slice(0, pageSize);
      const last = page.at(-1);
      return {
        files: page.map(({ metadata }) => structuredClone(metadata)),
        ...(left.length > pageSize && last !== undefined ? { nextPageToken: `files:${last.order}` } : {}),
        delta: { cursor: { cursor: this.#cursor() } },
      };
    });
  }

  getFile(fileId: string, options?: GoogleDriveGetFileOptions): Promise<GoogleDriveFile | null> {
    return this.#call(options, () => {
      const stored = this.#files.get(fileId);
      if (stored === undefined) return null;
      if (stored.bytes === undefined) {
        throw new IntegrationError({
          code: 'unsupported',
          message: `A file of type ${stored.metadata.mimeType} has no bytes; export it, if it is a document`,
        });
      }
      return withContent(stored.metadata, stored.bytes, options);
    });
  }

  exportFile(fileId: string, mediaType: string, options?: CallOptions): Promise<GoogleDriveFile | null> {
    return this.#call(options, () => {
      const stored = this.#files.get(fileId);
      if (stored === undefined) return null;
      const { exports = {} } = stored;
      const text = Object.hasOwn(exports, mediaType) ? exports[mediaType] : undefined;
      if (text === undefined) {
        throw new IntegrationError({ code: 'unsupported', message: `The file cannot be exported to ${mediaType}` });
      }
      return withContent({ ...stored.metadata, mimeType: mediaType }, new TextEncoder().encode(text));
    });
  }

  listChanges(cursor?: string, options?: CallOptions): Promise<Changes<GoogleDriveFileMetadata>> {
    return this.#call(options, () => {
      if (cursor === undefined) return { upserted: [], removed: [], nextCursor: this.#cursor(), hasMore: false };
      const from = readToken('changes', cursor);
      if (from < this.#forgottenUpTo) {
        throw new IntegrationError({
          code: 'cursor_expired',
          message: 'The changes were forgotten; list all files again',
        });
      }
      const later = this.#changes.filter(({ order }) => order > from);
      const taken = later.slice(0, CHANGES_PER_READ);
      const ids = [...new Set(taken.map(({ id }) => id))];
      const files = ids.flatMap((id) => this.#files.get(id) ?? []);
      return {
        upserted: files.map(({ metadata }) => structuredClone(metadata)),
        removed: ids.filter((id) => !this.#files.has(id)).map((id) => ({ id })),
        nextCursor: `changes:${taken.at(-1)?.order ?? this.#lastOrder}`,
        hasMore: later.length > taken.length,
      };
    });
  }

  watchChanges(input: GoogleDriveWatchInput, options?: CallOptions): Promise<GoogleDriveWatchResult> {
    return this.#call(options, () => {
      if (!input.webhookUrl.startsWith('https://')) throw refused('webhookUrl', 'expected an https address');
      if (this.#channels.has(input.channelId)) throw refused('channelId', 'the channel is open already');
      const channel = {
        channelId: input.channelId,
        resourceId: 'changes',
        resourceUri: 'https://drive.in-memory.example/changes',
        expiresAt: new Date(input.expiresAt ?? this.#now() + HOUR_MS).toISOString(),
      };
      const token = input.token === undefined ? {} : { token: input.token };
      this.#channels.set(input.channelId, { channel, ...token });
      this.#notices.push({ channelId: input.channelId, ...token, state: 'sync' });
      return { delta: { ...input.delta, webhookChannel: channel, cursor: { cursor: this.#cursor() } } };
    });
  }

  stopWatch({ delta }: GoogleDriveWatchResult, options?: CallOptions): Promise<void> {
    return this.#call(options, () => void this.#channels.delete(delta.webhookChannel?.channelId ?? ''));
  }

  createFile(input: GoogleDriveCreateFileInput, options?: CallOptions): Promise<GoogleDriveFileMetadata> {
    return this.#call(options, async (signal) => {
      const isEditorFile = input.mimeType.startsWith(EDITOR_TYPE);
      const bytes = isEditorFile ? undefined : await readUpload(input.data ?? '', signal);
      signal.throwIfAborted();
      const { name, mimeType, parents = ['root'], metadata } = input;
      const labels = metadata === undefined ? {} : { metadata: { ...metadata } };
      return this.#store({ name, mimeType, parents: [...parents], ...labels }, bytes);
    });
  }

  updateFile(
    fileId: string,
    input: GoogleDriveUpdateFileInput,
    options?: CallOptions,
  ): Promise<GoogleDriveFileMetadata> {
    return this.#call(options, async (signal) => {
      const { data, name, mimeType, trashed, addParents = [], removeParents = [], metadata } = input;
      const bytes = data === undefined ? undefined : await readUpload(data, signal);
      signal.throwIfAborted();
      const stored = this.#files.get(fileId);
      if (stored === undefined) throw new IntegrationError({ code: 'not_found', message: 'There is no such file' });
      const parents = new Set([...(stored.metadata.parents ?? []), ...addParents]);
      for (const parent of removeParents) parents.delete(parent);
      if (bytes !== undefined) stored.bytes = bytes;
      stored.metadata = {
        ...stored.metadata,
        ...(name === undefined ? {} : { name }),
        ...(mimeType === undefined ? {} : { mimeType }),
        ...(trashed === undefined ? {} : { trashed }),
        ...(metadata === undefined ? {} : { metadata: { ...stored.metadata.metadata, ...metadata } }),
        ...(bytes === undefined ? {} : { sizeBytes: bytes.length }),
        parents: [...parents],
        modifiedTime: new Date(this.#now()).toISOString(),
        version: String(Number(stored.metadata.version ?? 0) + 1),
      };
      this.#logChange(fileId);
      return structuredClone(stored.metadata);
    });
  }

  deleteFile(fileId: string, options?: CallOptions): Promise<void> {
    return this.#call(options, () => {
      if (this.#files.delete(fileId)) this.#logChange(fileId);
    });
  }

  #store(
    fields: Pick<GoogleDriveFileMetadata, 'name' | 'mimeType' | 'parents' | 'metadata'>,
    bytes: Uint8Array<ArrayBuffer> | undefined,
    exports?: Readonly<Record<string, string>>,
  ): GoogleDriveFileMetadata {
    const order = (this.#lastOrder += 1);
    const id = `file${order}`;
    const metadata: GoogleDriveFileMetadata = {
      parents: ['root'],
      ...fields,
      id,
      trashed: false,
      version: '1',
      modifiedTime: new Date(this.#now()).toISOString(),
      ...(bytes === undefined ? {} : { sizeBytes: bytes.length }),
    };
    this.#files.set(id, {
      order,
      metadata,
      ...(bytes === undefined ? {} : { bytes }),
      ...(exports === undefined ? {} : { exports }),
    });
    this.#logChange(id);
    return structuredClone(metadata);
  }

  #logChange(id: string): void {
    this.#changes.push({ order: (this.#lastOrder += 1), id });
    for (const { channel, token } of this.#channels.values()) {
      if (new Date(channel.expiresAt).getTime() <= this.#now()) continue;
      const { channelId } = channel;
      this.#notices.push({ channelId, ...(token === undefined ? {} : { token }), state: 'change' });
    }
  }

  #cursor(): string {
    return `changes:${this.#lastOrder}`;
  }

  #call<Value>(
    options: CallOptions | undefined,
    work: (signal: AbortSignal) => Value | Promise<Value>,
  ): Promise<Value> {
    return this.#gate.run(options, (signal) => {
      const { password, credential } = this.#options;
      if (password === undefined || credential === password) return work(signal);
      throw new IntegrationError({ code: 'unauthenticated', message: 'The Drive does not know the credential' });
    });
  }
}

function readToken(kind: 'files' | 'changes', token: string): number {
  const match = new RegExp(`^${kind}:(\\d+)$`).exec(token);
  if (match !== null) return Number(match[1]);
  throw refused(kind === 'files' ? 'pageToken' : 'cursor', 'expected one that was given out here, got another text');
}

function withContent(
  metadata: GoogleDriveFileMetadata,
  bytes: Uint8Array,
  { range, as }: GoogleDriveGetFileOptions = {},
): GoogleDriveFile {
  const { start = 0, end = bytes.length - 1 } = range ?? {};
  if (range !== undefined && !(start >= 0 && start < bytes.length && end >= start)) {
    throw refused('range', `expected a part of ${bytes.length} bytes`);
  }
  const part = bytes.slice(start, end + 1);
  const described = structuredClone(metadata);
  return as === 'stream' ? { ...described, stream: streamOf(part, 65_536) } : { ...described, data: part };
}
