import { OperationSpecRegistry, type OperationTelemetryEvent } from '@mortise/core/operations';
import { createCanary, findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { MeetingRecorderFeature } from '../feature.ts';
import type { MeetingRecord } from '../model/meeting.ts';
import type { MeetingTranscriptRecord } from '../model/transcript.ts';
import {
  MeetingRecorderGetMeeting,
  MeetingRecorderGetTranscript,
  MeetingRecorderListMeetings,
  meetingRecorderMeetingContracts,
  MeetingRecorderSyncTranscript,
  meetingRecorderTranscriptContracts,
  MeetingRecorderWebhookIngest,
  meetingRecorderWebhookContracts,
  registerMeetingRecorderContracts,
} from './index.ts';

const user = { actor: 'user', tenantId: 't1' } as const;
const admin = { actor: 'admin', tenantId: 't1' } as const;

const meeting: MeetingRecord = {
  id: 'm1',
  tenantId: 't1',
  connectionId: 'c1',
  externalId: 'e1',
  title: 'Review',
  recordingStartAt: '2026-03-02T09:00:00+01:00',
};

const transcript: MeetingTranscriptRecord = {
  id: 'tr1',
  meetingId: 'm1',
  tenantId: 't1',
  connectionId: 'c1',
  segments: [{ text: 'Hello', startTimeMs: -5 }],
};

function host() {
  const seen: unknown[] = [];
  const registry = registerMeetingRecorderContracts(new OperationSpecRegistry());
  registry.bind(MeetingRecorderListMeetings, (input) => {
    seen.push(input);
    return { meetings: [meeting], hasMore: false };
  });
  registry.bind(MeetingRecorderGetMeeting, () => meeting);
  registry.bind(MeetingRecorderGetTranscript, () => transcript);
  registry.bind(MeetingRecorderSyncTranscript, () => ({ synced: 1, failed: 0 }));
  registry.bind(MeetingRecorderWebhookIngest, (input) => {
    seen.push(input);
    return { accepted: true, event: { providerKey: input.providerKey, verified: true } };
  });
  return { registry, seen };
}

describe('the operations on recorded meetings', () => {
  it('are the five that the feature lists, in order', () => {
    const registry = registerMeetingRecorderContracts(new OperationSpecRegistry());
    const keys = registry.list().map(({ meta }) => ({ key: meta.key, version: meta.version }));
    expect(keys).toEqual(MeetingRecorderFeature.operations);
    const byArea = [
      meetingRecorderMeetingContracts,
      meetingRecorderTranscriptContracts,
      meetingRecorderWebhookContracts,
    ];
    expect(byArea.flatMap((area) => Object.values(area))).toEqual(registry.list());
    expect(() => registerMeetingRecorderContracts(registry)).toThrow(/meeting-recorder\.meetings\.list/);
  });

  it.each([
    [MeetingRecorderListMeetings, 'query', 'user', ['meeting-recorder', 'meetings', 'transcripts']],
    [MeetingRecorderGetMeeting, 'query', 'user', ['meeting-recorder', 'meetings']],
    [MeetingRecorderGetTranscript, 'query', 'user', ['meeting-recorder', 'transcripts']],
    [MeetingRecorderSyncTranscript, 'command', 'admin', ['meeting-recorder', 'transcripts', 'sync']],
    [MeetingRecorderWebhookIngest, 'command', 'admin', ['meeting-recorder', 'webhooks', 'transcripts']],
  ] as const)('%o keeps its kind, audience and tags, and is bound to a tenant', (spec, kind, auth, tags) => {
    expect(spec.meta).toMatchObject({
      kind,
      tags,
      version: '1.0.0',
      stability: 'experimental',
      owners: ['@platform.integrations'],
    });
    expect(spec.policy).toMatchObject({ auth, tenantScoped: true, idempotent: true });
  });

  it('take instants as text and as dates of old callers, and hand text to the handler', async () => {
    const { registry, seen } = host();
    const from = new Date('2026-03-01T00:00:00Z');
    await registry.execute('meeting-recorder.meetings.list', undefined, { tenantId: 't1', from }, user);
    const text = { tenantId: 't1', from: '2026-03-01T00:00:00+01:00' };
    await registry.execute('meeting-recorder.meetings.list', undefined, JSON.parse(JSON.stringify(text)), user);
    expect(seen).toEqual([{ tenantId: 't1', from: from.toISOString() }, text]);
  });

  it('give what survives JSON unchanged', async () => {
    const { registry } = host();
    const input = { tenantId: 't1', meetingId: 'm1' };
    const output = await registry.execute('meeting-recorder.meetings.get', '1.0.0', input, user);
    expect(output).toEqual(meeting);
    expect(JSON.parse(JSON.stringify(output))).toEqual(output);
  });

  it.each([
    ['another tenant', { tenantId: 't2', meetingId: 'm1' }, 'TENANT_MISMATCH'],
    ['no tenant', { meetingId: 'm1' }, 'INVALID_INPUT'],
    ['an empty id', { tenantId: 't1', meetingId: '' }, 'INVALID_INPUT'],
    ['an unknown field', { tenantId: 't1', meetingId: 'm1', meetingID: 'm1' }, 'INVALID_INPUT'],
  ])('refuse %s', async (_what, input, code) => {
    const result = await host().registry.executeResult('meeting-recorder.meetings.get', undefined, input, user);
    expect(result).toMatchObject({ ok: false, error: { code } });
  });

  it.each([
    [{ pageSize: 0 }],
    [{ pageSize: -1 }],
    [{ pageSize: 2.5 }],
    [{ pageSize: 201 }],
    [{ from: 'yesterday' }],
    [{ from: '2026-03-01' }],
    [{ cursor: '' }],
  ])('refuse the list %j', async (input) => {
    const { registry } = host();
    const result = await registry.executeResult(
      'meeting-recorder.meetings.list',
      undefined,
      { tenantId: 't1', ...input },
      user,
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });

  it.each([
    ['nobody', { tenantId: 't1' }, 'UNAUTHENTICATED'],
    ['a member who may not sync', user, 'FORBIDDEN'],
  ])('refuse %s', async (_who, context, code) => {
    const input = { tenantId: 't1', meetingId: 'm1' };
    const result = await host().registry.executeResult('meeting-recorder.transcripts.sync', undefined, input, context);
    expect(result).toMatchObject({ ok: false, error: { code } });
  });

  it('take a delivery with its raw body, and none without any body', async () => {
    const { registry, seen } = host();
    const base = { tenantId: 't1', providerKey: 'meeting-recorder.fathom' };
    const ingest = (input: object) =>
      registry.executeResult('meeting-recorder.webhooks.ingest', undefined, { ...base, ...input }, admin);
    const headers = { 'webhook-id': 'a', 'x-list': ['1', '2'] };
    expect(await ingest({ rawBody: '{"a": 1}', headers })).toMatchObject({ ok: true });
    expect(await ingest({ rawBodyBase64: 'eyJhIjoxfQ==' })).toMatchObject({ ok: true });
    expect(await ingest({ payload: { a: 1 } })).toMatchObject({ ok: true });
    expect(await ingest({})).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect(await ingest({ rawBodyBase64: 'not base64!' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT' },
    });
    expect(await ingest({ rawBody: 'x', extra: 1 })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect(seen).toHaveLength(3);
  });
});

describe('their telemetry', () => {
  it('counts without telling what was said, and tells failures by code', async () => {
    const events: OperationTelemetryEvent[] = [];
    const emit = (event: OperationTelemetryEvent): void => {
      events.push(event);
    };
    const canary = createCanary();
    const registry = registerMeetingRecorderContracts(new OperationSpecRegistry());
    registry.bind(MeetingRecorderGetTranscript, () => ({ ...transcript, segments: [{ text: canary }] }));
    registry.bind(MeetingRecorderSyncTranscript, () => {
      throw Object.assign(new Error(`no transcript of ${canary}`), { code: 'TRANSCRIPT_NOT_READY' });
    });
    const input = { tenantId: 't1', meetingId: 'm1' };
    await registry.execute('meeting-recorder.transcripts.get', undefined, input, { ...user, emit });
    await registry.executeResult('meeting-recorder.transcripts.sync', undefined, input, { ...admin, emit });
    expect(events.map(({ key, properties }) => [key, properties])).toEqual([
      ['meeting-recorder.transcripts.fetched', { tenantId: 't1', meetingId: 'm1', segmentCount: 1 }],
      ['meeting-recorder.transcripts.sync_failed', { tenantId: 't1', meetingId: 'm1', error: 'TRANSCRIPT_NOT_READY' }],
    ]);
    expect(findCanary(events, canary)).toEqual([]);
  });
});
