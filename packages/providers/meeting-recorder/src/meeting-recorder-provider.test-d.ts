import { supports } from '@mortise/core';
import { describe, expectTypeOf, it } from 'vitest';
import type { CompleteMeetingRecorderProvider } from './complete.ts';
import type { MeetingRecorderProvider } from './meeting-recorder-provider.ts';
import { MeetingRecord } from './model/meeting.ts';
import type { MeetingParticipant } from './model/participant.ts';

/** The first interface: no options, no optional methods, text bodies. */
class FirstRecorder {
  async listMeetings(params: {
    tenantId: string;
    cursor?: string;
  }): Promise<{ meetings: MeetingRecord[]; nextCursor?: string }> {
    return { meetings: [], nextCursor: params.tenantId };
  }
  async getMeeting(params: { tenantId: string; meetingId: string }): Promise<MeetingRecord> {
    const { tenantId, meetingId } = params;
    return { id: meetingId, tenantId, connectionId: 'c', externalId: meetingId };
  }
  async getTranscript(params: { tenantId: string; meetingId: string; format?: string }) {
    const { tenantId, meetingId } = params;
    return { id: 't', meetingId, tenantId, connectionId: 'c', segments: [{ text: 'x', startTimeMs: 0 }] };
  }
  async verifyWebhook(request: { headers: Record<string, string | string[] | undefined>; rawBody: string }) {
    return request.rawBody === '';
  }
}

describe('the interface', () => {
  it('is fulfilled by implementations of the first one', () => {
    expectTypeOf<FirstRecorder>().toExtend<MeetingRecorderProvider>();
  });

  it('narrows to a method that is supported', () => {
    const check = (provider: MeetingRecorderProvider): void => {
      if (supports(provider, 'listChanges')) expectTypeOf<(typeof provider)['listChanges']>().toBeFunction();
    };
    expectTypeOf(check).toBeFunction();
  });

  it('has no optional method left when complete', () => {
    expectTypeOf<CompleteMeetingRecorderProvider['uploadMedia']>().toBeFunction();
    expectTypeOf<CompleteMeetingRecorderProvider>().toExtend<MeetingRecorderProvider>();
  });
});

describe('the records', () => {
  it('are what their schemas describe', () => {
    expectTypeOf(MeetingRecord).toHaveProperty('properties');
    expectTypeOf<MeetingRecord['participants']>().toEqualTypeOf<MeetingParticipant[] | undefined>();
    expectTypeOf<MeetingRecord['recordingStartAt']>().toEqualTypeOf<string | undefined>();
    // @ts-expect-error instants are text
    const wrong: MeetingRecord['recordingStartAt'] = new Date(0);
    expectTypeOf(wrong).not.toBeAny();
  });
});
