import { signWebhook, standardWebhooks } from '@mortise/webhooks';
import { FakeClock } from '@mortise/testing';
import type { MeetingRecorderProvider } from '../meeting-recorder-provider.ts';
import type { MeetingRecorderConformanceTarget } from './conformance-target.ts';
import { InMemoryMeetingRecorder } from './in-memory-meeting-recorder.ts';

const SECRET = `whsec_${btoa('a secret of the in-memory recorder')}`;
const OTHER_SECRET = `whsec_${btoa('a secret that somebody else has')}`;

/**
 * The in-memory recorder as a target of the kit.
 *
 * @param wrap Puts something around the provider, such as the code of your own that is to be tested.
 */
export function inMemoryMeetingRecorderTarget(
  wrap: (recorder: InMemoryMeetingRecorder) => MeetingRecorderProvider = (recorder) => recorder,
): MeetingRecorderConformanceTarget {
  return {
    open: async ({ tenantId, connectionId, meetings, withWebhookSecret = true }) => {
      const clock = new FakeClock();
      const recorder = new InMemoryMeetingRecorder({
        tenantId,
        connectionId,
        meetings,
        now: clock.now,
        sleep: clock.sleep,
        ...(withWebhookSecret ? { webhookSecret: SECRET } : {}),
      });
      return {
        provider: wrap(recorder),
        requests: () => recorder.line.requests,
        openRequests: () => recorder.line.openRequests,
        hold: () => recorder.line.hold(),
        answerNextWith: (status) => recorder.line.answerNextWith(status),
        put: (meeting) => recorder.store.put(meeting),
        remove: (meetingId) => recorder.store.remove(meetingId),
        deliver: async ({ meetingId, ageMs = 0, isForged = false }) => {
          const rawBody = JSON.stringify({ type: 'transcript.ready', meetingId });
          const delivery = { body: rawBody, id: `msg-${meetingId}`, timestampMs: clock.now() - ageMs };
          const secrets = { signingSecret: isForged ? OTHER_SECRET : SECRET };
          const { headers } = await signWebhook(standardWebhooks(), delivery, secrets, { now: clock.now });
          return { headers, rawBody };
        },
        advance: (ms) => clock.advance(ms),
        close: () => recorder.close(),
      };
    },
  };
}
