import { IntegrationError } from '@mortise/core';
import type { MeetingRecorderMethod } from './capabilities.ts';
import type { MeetingRecorderProvider } from './meeting-recorder-provider.ts';
import type { MeetingTranscriptSegment } from './model/transcript.ts';

/** A provider with every optional method in place. */
export type CompleteMeetingRecorderProvider = MeetingRecorderProvider & {
  readonly [Method in MeetingRecorderMethod | 'getUpload' | 'close']-?: NonNullable<MeetingRecorderProvider[Method]>;
};

/**
 * Fills in what a provider lacks: `iterateSegments` from `getTranscript`, `parseWebhookAll` from `parseWebhook`,
 * `verifyWebhook` as a refusal, `close` as nothing to do, and everything else as a method that rejects with
 * `unsupported`. Methods that the provider has are used as they are.
 */
export function complete(provider: MeetingRecorderProvider): CompleteMeetingRecorderProvider {
  const { capabilities } = provider;
  const parseOne: NonNullable<MeetingRecorderProvider['parseWebhook']> = async (request) =>
    provider.parseWebhook?.(request) ?? reject('parseWebhook');
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    listMeetings: (params, options) => provider.listMeetings(params, options),
    getMeeting: (params, options) => provider.getMeeting(params, options),
    getTranscript: (params, options) => provider.getTranscript(params, options),
    iterateSegments: (params, options) =>
      provider.iterateSegments?.(params, options) ??
      iterateOnce(async () => (await provider.getTranscript(params, options)).segments ?? []),
    scheduleRecording: async (request, options) =>
      provider.scheduleRecording?.(request, options) ?? reject('scheduleRecording'),
    cancelRecording: async (reference, options) =>
      provider.cancelRecording?.(reference, options) ?? reject('cancelRecording'),
    leave: async (reference, options) => provider.leave?.(reference, options) ?? reject('leave'),
    pause: async (reference, options) => provider.pause?.(reference, options) ?? reject('pause'),
    resume: async (reference, options) => provider.resume?.(reference, options) ?? reject('resume'),
    getMedia: async (reference, kind, options) => provider.getMedia?.(reference, kind, options) ?? reject('getMedia'),
    deleteMeeting: async (reference, options) =>
      provider.deleteMeeting?.(reference, options) ?? reject('deleteMeeting'),
    deleteMedia: async (reference, options) => provider.deleteMedia?.(reference, options) ?? reject('deleteMedia'),
    streamLive: (reference, options) =>
      provider.streamLive?.(reference, options) ?? iterateOnce(async () => reject('streamLive')),
    listChanges: async (params, options) => provider.listChanges?.(params, options) ?? reject('listChanges'),
    uploadMedia: async (request, options) => provider.uploadMedia?.(request, options) ?? reject('uploadMedia'),
    getUpload: async (token, options) => provider.getUpload?.(token, options) ?? reject('getUpload'),
    verifyWebhook: async (request) => (await provider.verifyWebhook?.(request)) ?? false,
    parseWebhook: parseOne,
    parseWebhookAll: async (request) => provider.parseWebhookAll?.(request) ?? [await parseOne(request)],
    registerWebhook: async (registration, options) =>
      provider.registerWebhook?.(registration, options) ?? reject('registerWebhook'),
    listWebhooks: async (options) => provider.listWebhooks?.(options) ?? reject('listWebhooks'),
    unregisterWebhook: async (id, options) => provider.unregisterWebhook?.(id, options) ?? reject('unregisterWebhook'),
    close: async () => provider.close?.(),
  };
}

function reject(method: string): never {
  throw new IntegrationError({ code: 'unsupported', message: `This meeting recorder has no method "${method}"` });
}

/** Items that are loaded when the first is wanted, and only once. */
function iterateOnce<Item = MeetingTranscriptSegment>(load: () => Promise<readonly Item[]>): AsyncIterable<Item> {
  let isTaken = false;
  return {
    [Symbol.asyncIterator]() {
      if (isTaken) {
        throw new IntegrationError({
          code: 'invalid_request',
          message: 'A stream can be iterated only once; call the method again for a second pass',
        });
      }
      isTaken = true;
      return iterate(load);
    },
  };
}

async function* iterate<Item>(load: () => Promise<readonly Item[]>): AsyncGenerator<Item, void> {
  yield* await load();
}
