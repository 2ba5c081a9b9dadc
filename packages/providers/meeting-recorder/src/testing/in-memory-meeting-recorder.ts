import { type CallOptions, type Changes, IntegrationError, type Sleep } from '@mortise/core';
import { standardWebhooks, verifyWebhook } from '@mortise/webhooks';
import type { MeetingRecorderCapabilities } from '../capabilities.ts';
import type {
  MeetingRecorderGetMeetingParams,
  MeetingRecorderGetTranscriptParams,
  MeetingRecorderListMeetingsParams,
  MeetingRecorderListMeetingsResult,
  MeetingReference,
} from '../meeting-queries.ts';
import type { MeetingRecorderProvider } from '../meeting-recorder-provider.ts';
import type { MeetingMediaKind, MeetingMediaLink } from '../model/media.ts';
import type { MeetingRecord } from '../model/meeting.ts';
import type { MeetingTranscriptRecord, MeetingTranscriptSegment } from '../model/transcript.ts';
import type { MeetingRecorderWebhookEvent } from '../model/webhook-event.ts';
import type { MeetingRecorderListChangesParams, MeetingRecorderScheduleRequest } from '../recording-requests.ts';
import { toPlainText } from '../transcript/plain-text.ts';
import { toSrt } from '../transcript/srt.ts';
import { toVtt } from '../transcript/vtt.ts';
import type {
  MeetingRecorderWebhookRegistration,
  MeetingRecorderWebhookRequest,
  MeetingRecorderWebhookSubscription,
} from '../webhook-requests.ts';
import { matches, pageOf } from './list-meetings.ts';
import { MeetingStore } from './meeting-store.ts';
import type { ScriptedMeeting } from './scripted-meeting.ts';
import { refusal, ServiceLine } from './service-line.ts';

export interface InMemoryMeetingRecorderOptions {
  readonly tenantId: string;
  /** Default `in-memory`. */
  readonly connectionId?: string;
  readonly meetings?: readonly ScriptedMeeting[];
  /** Secret of Standard Webhooks (`whsec_…`). Absent: every delivery is refused. */
  readonly webhookSecret?: string;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

const DEFAULT_PAGE_SIZE = 50;
const LINK_LIFETIME_MS = 3_600_000;
const PENDING_WAIT_MS = 60_000;
const RENDERERS = { vtt: toVtt, srt: toSrt, txt: toPlainText } as const;

/**
 * A meeting recorder in memory that keeps every rule of `MeetingRecorderProvider`: the reference against which the kit is
 * tested, and a double for the tests of applications. Webhooks are Standard Webhooks.
 */
export class InMemoryMeetingRecorder implements MeetingRecorderProvider {
  readonly capabilities: MeetingRecorderCapabilities = {
    methods: {
      iterateSegments: 'native',
      scheduleRecording: 'native',
      cancelRecording: 'native',
      getMedia: 'native',
      deleteMeeting: 'native',
      listChanges: 'native',
      verifyWebhook: 'native',
      parseWebhook: 'native',
      registerWebhook: 'native',
      listWebhooks: 'native',
      unregisterWebhook: 'native',
      leave: 'none',
      pause: 'none',
      resume: 'none',
      deleteMedia: 'none',
      streamLive: 'none',
      uploadMedia: 'none',
      parseWebhookAll: 'none',
    },
    idempotency: { supported: 'native', onMismatch: 'error' },
    transcriptFormats: ['json', 'vtt', 'srt', 'txt'],
    maxPageSize: 100,
  };
  readonly line: ServiceLine;
  readonly store: MeetingStore;
  readonly #options: InMemoryMeetingRecorderOptions;
  readonly #scheduled = new Map<string, { readonly body: string; readonly id: string }>();
  readonly #webhooks = new Map<string, MeetingRecorderWebhookSubscription>();
  #count = 0;

  constructor(options: InMemoryMeetingRecorderOptions) {
    this.#options = options;
    this.line = new ServiceLine(options.sleep === undefined ? {} : { sleep: options.sleep });
    const { tenantId, connectionId = 'in-memory', meetings = [] } = options;
    this.store = new MeetingStore({ tenantId, connectionId }, meetings);
  }

  listMeetings(
    params: MeetingRecorderListMeetingsParams,
    options?: CallOptions,
  ): Promise<MeetingRecorderListMeetingsResult> {
    return this.line.send(options, () => {
      if (params.tenantId !== this.#options.tenantId) return { meetings: [], hasMore: false };
      const { capabilities } = this;
      const size = Math.min(params.pageSize ?? DEFAULT_PAGE_SIZE, capabilities.maxPageSize ?? DEFAULT_PAGE_SIZE);
      const wanted = this.store.list().filter((meeting) => matches(meeting, params));
      const { items, nextCursor } = pageOf(wanted, params.cursor, size);
      const meetings = items.flatMap(({ id }) => this.store.record(id) ?? []);
      return { meetings, hasMore: nextCursor !== undefined, ...(nextCursor === undefined ? {} : { nextCursor }) };
    });
  }

  getMeeting(params: MeetingRecorderGetMeetingParams, options?: CallOptions): Promise<MeetingRecord> {
    return this.line.send(options, () => this.#recordOf(params));
  }

  getTranscript(params: MeetingRecorderGetTranscriptParams, options?: CallOptions): Promise<MeetingTranscriptRecord> {
    return this.line.send(options, () => {
      const { format = 'json', includeSegments = true } = params;
      const { segments = [], ...transcript } = this.#transcriptOf(params);
      const render = Object.hasOwn(RENDERERS, format) ? Reflect.get(RENDERERS, format) : undefined;
      if (render === undefined && format !== 'json' && format !== 'segments') {
        throw new IntegrationError({
          code: 'unsupported',
          field: 'format',
          message: `format: there is no "${format}"`,
        });
      }
      return {
        ...transcript,
        format: format === 'segments' ? 'json' : format,
        ...(render === undefined ? {} : { text: render(segments) }),
        ...(includeSegments ? { segments } : {}),
      };
    });
  }

  iterateSegments(
    params: MeetingRecorderGetTranscriptParams,
    options?: CallOptions,
  ): AsyncIterable<MeetingTranscriptSegment> {
    let isTaken = false;
    const iterate = () => this.#iterateSegments(params, options);
    return {
      [Symbol.asyncIterator]() {
        if (isTaken) throw refusal('The segments can be iterated only once; call iterateSegments again');
        isTaken = true;
        return iterate();
      },
    };
  }

  scheduleRecording(request: MeetingRecorderScheduleRequest, options?: CallOptions): Promise<MeetingRecord> {
    return this.line.send(options, () => {
      this.#checkTenant(request.tenantId);
      if (!URL.canParse(request.meetingUrl)) throw refusal('meetingUrl: expected an address', 'meetingUrl');
      const { idempotencyKey } = options ?? {};
      const body = JSON.stringify(request);
      const earlier = idempotencyKey === undefined ? undefined : this.#scheduled.get(idempotencyKey);
      if (earlier !== undefined && earlier.body !== body) {
        throw new IntegrationError({
          code: 'conflict',
          message: 'The idempotency key came before with another request',
        });
      }
      const id = earlier?.id ?? this.#schedule(request);
      if (idempotencyKey !== undefined) this.#scheduled.set(idempotencyKey, { body, id });
      return this.#recordOf({ tenantId: request.tenantId, meetingId: id });
    });
  }

  cancelRecording(reference: MeetingReference, options?: CallOptions): Promise<MeetingRecord> {
    return this.line.send(options, () => {
      const meeting = this.#meetingOf(reference);
      if (meeting.status?.state !== 'scheduled') {
        throw new IntegrationError({
          code: 'conflict',
          message: 'Only a recording that has not begun can be cancelled',
        });
      }
      this.store.put({ ...meeting, status: { state: 'failed', reason: 'canceled', at: this.#instant() } });
      return this.#recordOf(reference);
    });
  }

  getMedia(reference: MeetingReference, kind: MeetingMediaKind, options?: CallOptions): Promise<MeetingMediaLink> {
    return this.line.send(options, () => {
      const media = this.#meetingOf(reference).recordings?.find((recording) => recording.kind === kind);
      if (media === undefined) {
        throw new IntegrationError({ code: 'not_found', message: `The meeting has no media of kind "${kind}"` });
      }
      this.#count += 1;
      return {
        url: `https://media.example.com/${encodeURIComponent(reference.meetingId)}/${kind}?grant=${this.#count}`,
        expiresAt: this.#instant(LINK_LIFETIME_MS),
        mediaType: media.mediaType,
      };
    });
  }

  deleteMeeting(reference: MeetingReference, options?: CallOptions): Promise<void> {
    return this.line.send(options, () => {
      this.#checkTenant(reference.tenantId);
      this.store.remove(reference.meetingId);
    });
  }

  listChanges(params: MeetingRecorderListChangesParams, options?: CallOptions): Promise<Changes<MeetingRecord>> {
    return this.line.send(options, () => {
      this.#checkTenant(params.tenantId);
      return this.store.changesSince(params.cursor, params.pageSize ?? DEFAULT_PAGE_SIZE);
    });
  }

  async verifyWebhook(request: MeetingRecorderWebhookRequest): Promise<boolean> {
    const { webhookSecret, now } = this.#options;
    if (webhookSecret === undefined) return false;
    const source = { method: 'POST', headers: request.headers, rawBody: request.rawBody };
    const secrets = { signingSecret: webhookSecret };
    return (await verifyWebhook(standardWebhooks(), source, secrets, now === undefined ? {} : { now })).ok;
  }

  async parseWebhook(request: MeetingRecorderWebhookRequest): Promise<MeetingRecorderWebhookEvent> {
    const { rawBody } = request;
    const payload = parseJson(typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody));
    const field = (name: string): string | undefined => {
      const value: unknown = Object.hasOwn(payload, name) ? Reflect.get(payload, name) : undefined;
      return typeof value === 'string' ? value : undefined;
    };
    const eventType = field('type');
    const meetingId = field('meetingId');
    return {
      providerKey: 'meeting-recorder.in-memory',
      ...(eventType === undefined ? {} : { eventType }),
      ...(meetingId === undefined ? {} : { meetingId }),
      receivedAt: this.#instant(),
      verified: await this.verifyWebhook(request),
      payload,
    };
  }

  registerWebhook(registration: MeetingRecorderWebhookRegistration, options?: CallOptions): Promise<{ id: string }> {
    return this.line.send(options, () => {
      if (!registration.url.startsWith('https://')) throw refusal('url: expected an https address', 'url');
      this.#count += 1;
      const id = `webhook-${this.#count}`;
      this.#webhooks.set(id, { id, url: registration.url });
      return { id };
    });
  }

  listWebhooks(options?: CallOptions): Promise<MeetingRecorderWebhookSubscription[]> {
    return this.line.send(options, () => [...this.#webhooks.values()]);
  }

  unregisterWebhook(id: string, options?: CallOptions): Promise<void> {
    return this.line.send(options, () => {
      this.#webhooks.delete(id);
    });
  }

  close(): Promise<void> {
    this.line.close();
    return Promise.resolve();
  }

  async *#iterateSegments(
    params: MeetingRecorderGetTranscriptParams,
    options: CallOptions | undefined,
  ): AsyncGenerator<MeetingTranscriptSegment, void> {
    const { segments = [] } = await this.line.send(options, () => this.#transcriptOf(params));
    for (const segment of segments) {
      if (options?.signal?.aborted === true) {
        throw new IntegrationError({ code: 'aborted', message: 'The caller aborted the call' });
      }
      yield segment;
    }
  }

  #schedule(request: MeetingRecorderScheduleRequest): string {
    this.#count += 1;
    const id = `scheduled-${this.#count}`;
    this.store.put({
      id,
      ...(request.title === undefined ? {} : { title: request.title }),
      recordingStartAt: request.joinAt ?? this.#instant(),
      transcript: 'none',
      status: { state: 'scheduled', at: this.#instant() },
    });
    return id;
  }

  #checkTenant(tenantId: string): void {
    if (tenantId !== this.#options.tenantId) throw notFound('The connection does not belong to this tenant');
  }

  #meetingOf({ tenantId, meetingId }: MeetingReference): ScriptedMeeting {
    const meeting = tenantId === this.#options.tenantId ? this.store.get(meetingId) : undefined;
    if (meeting === undefined) throw notFound('There is no meeting with this id');
    return meeting;
  }

  #recordOf(reference: MeetingReference): MeetingRecord {
    this.#meetingOf(reference);
    return this.store.record(reference.meetingId) ?? raise(notFound('There is no meeting with this id'));
  }

  #transcriptOf(params: MeetingRecorderGetTranscriptParams): MeetingTranscriptRecord {
    const { transcript } = this.#meetingOf(params);
    if (transcript === 'pending') {
      throw new IntegrationError({
        code: 'unavailable',
        retry: 'throttled',
        retryAfterMs: PENDING_WAIT_MS,
        message: 'The transcript is still being written',
      });
    }
    const record = transcript === 'none' ? undefined : this.store.transcript(params.meetingId);
    return record ?? raise(notFound('The meeting has no transcript'));
  }

  #instant(laterMs = 0): string {
    return new Date((this.#options.now ?? Date.now)() + laterMs).toISOString();
  }
}

function notFound(message: string): IntegrationError {
  return new IntegrationError({ code: 'not_found', message });
}

function raise(error: IntegrationError): never {
  throw error;
}

function parseJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below, without what was sent.
  }
  throw refusal('rawBody: expected a JSON object', 'rawBody');
}
