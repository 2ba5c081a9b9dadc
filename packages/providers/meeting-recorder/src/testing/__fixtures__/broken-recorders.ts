import { IntegrationError } from '@mortise/core';
import type { MeetingRecorderProvider } from '../../meeting-recorder-provider.ts';
import type { MeetingTranscriptSegment } from '../../model/transcript.ts';
import type { MeetingRecorderConformanceTarget } from '../conformance-target.ts';
import type { InMemoryMeetingRecorder } from '../in-memory-meeting-recorder.ts';
import { inMemoryMeetingRecorderTarget } from '../in-memory-target.ts';

/** A provider that does one thing wrong. */
export interface BrokenRecorder {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: MeetingRecorderConformanceTarget;
}

type Wrap = (honest: InMemoryMeetingRecorder) => Partial<MeetingRecorderProvider>;

/** The honest provider with some methods replaced. */
function broken(fails: string, mistake: string, replace: Wrap): BrokenRecorder {
  const target = inMemoryMeetingRecorderTarget((honest) => {
    const replaced = replace(honest);
    return new Proxy<MeetingRecorderProvider>(honest, {
      get: (_honest, name) => {
        const own: unknown = Reflect.get(replaced, name);
        const value: unknown = own ?? Reflect.get(honest, name);
        return typeof value === 'function' && own === undefined ? value.bind(honest) : value;
      },
    });
  });
  return { fails, mistake, target };
}

const inSegments = (
  honest: InMemoryMeetingRecorder,
  spoil: (segments: MeetingTranscriptSegment[]) => MeetingTranscriptSegment[],
): Partial<MeetingRecorderProvider> => ({
  getTranscript: async (params, options) => {
    const { segments, ...rest } = await honest.getTranscript(params, options);
    return segments === undefined ? rest : { ...rest, segments: spoil(segments) };
  },
});

export const brokenRecorders: readonly BrokenRecorder[] = [
  broken('meeting-recorder.1', 'gives words that lie outside of their segment', (honest) =>
    inSegments(honest, (segments) =>
      segments.map(({ words, ...segment }) => ({
        ...segment,
        ...(words === undefined ? {} : { words: words.map((word) => ({ ...word, endMs: word.endMs + 60_000 })) }),
      })),
    ),
  ),
  broken('meeting-recorder.2', 'takes seconds for milliseconds in the duration', (honest) => ({
    getMeeting: async (params, options) => {
      const meeting = await honest.getMeeting(params, options);
      const { durationSeconds } = meeting;
      return durationSeconds === undefined ? meeting : { ...meeting, durationSeconds: durationSeconds * 1000 };
    },
  })),
  broken('meeting-recorder.3', 'gives speech of nobody known to the first participant', (honest) =>
    inSegments(honest, (segments) => segments.map((segment) => ({ speakerId: 'p-ada', ...segment }))),
  ),
  broken('meeting-recorder.4', 'takes the local clock for the origin of times', (honest) =>
    inSegments(honest, (segments) =>
      segments.map(({ startTime, ...segment }) => ({
        ...segment,
        ...(startTime === undefined ? {} : { startTime: new Date(Date.parse(startTime) + 3_600_000).toISOString() }),
      })),
    ),
  ),
  broken('meeting-recorder.5', 'guesses e-mail addresses from names', (honest) =>
    inSegments(honest, (segments) =>
      segments.map((segment) => ({ ...segment, speakerEmail: `${segment.speakerName ?? 'someone'}@example.com` })),
    ),
  ),
  broken('meeting-recorder.6', 'ignores the wanted format', (honest) => ({
    getTranscript: ({ format: _format, ...params }, options) => honest.getTranscript(params, options),
  })),
  broken('meeting-recorder.7', 'calls a pending transcript missing', (honest) => ({
    getTranscript: (params, options) =>
      honest.getTranscript(params, options).catch((error: unknown) => {
        if (IntegrationError.is(error) && error.code === 'unavailable' && error.httpStatus === undefined) {
          throw new IntegrationError({ code: 'not_found', message: 'There is no transcript' });
        }
        throw error;
      }),
  })),
  broken('meeting-recorder.8', 'ignores the participant filter', (honest) => ({
    listMeetings: ({ participantEmail: _email, ...params }, options) => honest.listMeetings(params, options),
  })),
  broken('meeting-recorder.10', 'tells every mishap as done', (honest) => ({
    getMeeting: async (params, options) => {
      const meeting = await honest.getMeeting(params, options);
      const { status } = meeting;
      if (status === undefined || status.state === 'scheduled' || status.reason === 'canceled') return meeting;
      return { ...meeting, status: { ...status, state: 'done' } };
    },
  })),
  broken('meeting-recorder.11', 'sends a bot for each repeat of a key', (honest) => ({
    scheduleRecording: (request, { idempotencyKey: _key, ...options } = {}) =>
      honest.scheduleRecording(request, options),
  })),
  broken('meeting-recorder.12', 'leaves the revision of an edited transcript as it was', (honest) => ({
    getTranscript: async (params, options) => ({ ...(await honest.getTranscript(params, options)), revision: '1' }),
  })),
  broken('meeting-recorder.13', 'only hides what was to be deleted', () => ({
    deleteMeeting: () => Promise.resolve(),
  })),
  broken('meeting-recorder.14', 'lets segments be iterated again, as if they were a list', (honest) => ({
    iterateSegments: (params, options) => ({
      [Symbol.asyncIterator]: () => honest.iterateSegments(params, options)[Symbol.asyncIterator](),
    }),
  })),
  broken('meeting-recorder.15', 'reads the event from a body that somebody else parsed', (honest) => ({
    parseWebhook: async (request) => {
      const event = await honest.parseWebhook(request);
      const parsed: unknown = Reflect.get(Object(request.parsedBody), 'meetingId');
      return typeof parsed === 'string' ? { ...event, meetingId: parsed } : event;
    },
  })),
  broken('meeting-recorder.16', 'reads the meetings of any tenant', (honest) => ({
    getMeeting: ({ meetingId }, options) => honest.getMeeting({ tenantId: 'tenant-1', meetingId }, options),
  })),
  broken('X6', 'takes the recording for the plan', (honest) => ({
    getMeeting: async (params, options) => {
      const meeting = await honest.getMeeting(params, options);
      const { recordingStartAt } = meeting;
      return recordingStartAt === undefined ? meeting : { ...meeting, scheduledStartAt: recordingStartAt };
    },
  })),
  broken('X9', 'pages by position', (honest) => ({
    listMeetings: async (params, options) => {
      if (params.cursor !== undefined && !/^\d+$/.test(params.cursor)) return honest.listMeetings(params, options);
      const { cursor = '0', pageSize = 100, ...rest } = params;
      const { meetings } = await honest.listMeetings({ ...rest, pageSize: 100 }, options);
      const next = Number(cursor) + pageSize;
      return {
        meetings: meetings.slice(Number(cursor), next),
        ...(next < meetings.length ? { nextCursor: String(next), hasMore: true } : { hasMore: false }),
      };
    },
  })),
  broken('X11', 'tells every failure as one that may be retried', (honest) => ({
    getMeeting: (params, options) =>
      honest.getMeeting(params, options).catch((error: unknown) => {
        if (!IntegrationError.is(error) || error.httpStatus === undefined) throw error;
        throw new IntegrationError({ code: error.code, message: error.message, retry: 'transient' });
      }),
  })),
  broken('X19', 'accepts every delivery that has a signature', () => ({
    verifyWebhook: ({ headers }) => Promise.resolve(headers['webhook-signature'] !== undefined),
  })),
  broken('X20', 'does nothing where a method is declared as missing', () => ({
    deleteMedia: () => Promise.resolve(),
  })),
];
