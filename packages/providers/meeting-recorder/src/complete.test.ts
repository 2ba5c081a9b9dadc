import { IntegrationError, supports } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import type { MeetingRecorderProvider } from './meeting-recorder-provider.ts';
import { InMemoryMeetingRecorder } from './testing/in-memory-meeting-recorder.ts';

const whole = new InMemoryMeetingRecorder({
  tenantId: 't1',
  meetings: [
    {
      id: 'm1',
      recordingStartAt: '2026-03-02T09:00:00Z',
      transcript: 'ready',
      utterances: [
        { text: 'One', startMs: 0 },
        { text: 'Two', startMs: 1 },
      ],
    },
  ],
});

/** What an implementation of the first interface has. */
const small: MeetingRecorderProvider = {
  listMeetings: (params) => whole.listMeetings(params),
  getMeeting: (params) => whole.getMeeting(params),
  getTranscript: (params) => whole.getTranscript(params),
};

const m1 = { tenantId: 't1', meetingId: 'm1' };

describe('complete', () => {
  it('iterates segments from the transcript, once', async () => {
    const iterable = complete(small).iterateSegments(m1);
    const texts: string[] = [];
    for await (const { text } of iterable) texts.push(text);
    expect(texts).toEqual(['One', 'Two']);
    expect(() => iterable[Symbol.asyncIterator]()).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });

  it('refuses every delivery where nobody can verify one', async () => {
    expect(await complete(small).verifyWebhook({ headers: {}, rawBody: '{}' })).toBe(false);
  });

  it('makes a list of the one event that is parsed', async () => {
    const provider = complete({ ...small, parseWebhook: async () => ({ providerKey: 'x' }) });
    expect(await provider.parseWebhookAll({ headers: {}, rawBody: '{}' })).toEqual([{ providerKey: 'x' }]);
  });

  it.each([
    ['scheduleRecording', { tenantId: 't1', meetingUrl: 'https://x.example' }],
    ['cancelRecording', m1],
    ['leave', m1],
    ['pause', m1],
    ['resume', m1],
    ['getMedia', m1],
    ['deleteMeeting', m1],
    ['deleteMedia', m1],
    ['listChanges', m1],
    ['uploadMedia', m1],
    ['getUpload', m1],
    ['registerWebhook', m1],
    ['listWebhooks', m1],
    ['unregisterWebhook', 'w1'],
    ['parseWebhook', { headers: {}, rawBody: '{}' }],
    ['parseWebhookAll', { headers: {}, rawBody: '{}' }],
  ] as const)('rejects %s as unsupported where there is none', async (method, argument) => {
    const call: unknown = Reflect.apply(Reflect.get(complete(small), method), undefined, [argument]);
    await expect(call).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('method') });
  });

  it('fails a live stream when it is read, not before', async () => {
    const read = async () => {
      for await (const event of complete(small).streamLive(m1)) expect(event).toBeUndefined();
    };
    await expect(read()).rejects.toSatisfy((error) => IntegrationError.is(error) && error.code === 'unsupported');
  });

  it('has nothing to close where the provider has not, and uses what the provider has', async () => {
    await expect(complete(small).close()).resolves.toBeUndefined();
    const full = complete(whole);
    expect(full.capabilities).toBe(whole.capabilities);
    expect(supports(full, 'streamLive')).toBe(false);
    expect((await full.listChanges({ tenantId: 't1' })).upserted).toHaveLength(1);
    await full.close();
    await expect(full.getMeeting(m1)).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
