import { IntegrationError, MortiseError, sleep as realSleep, type Sleep } from '@mortise/core';
import type { ConversationalSession } from './conversational-session.ts';

export interface PumpAudioOptions {
  /** Ends the sending with code `aborted`; the session goes on. */
  readonly signal?: AbortSignal;
  /** No more is sent while so much waits, in milliseconds. Default 500. */
  readonly maxBufferedMs?: number;
  /** Pause between two looks at the buffer, in milliseconds. Default 20. */
  readonly pollIntervalMs?: number;
  readonly sleep?: Sleep;
}

/**
 * Sends audio no faster than the session takes it: waits while its buffer is full, so that neither side piles up audio.
 * For sessions that do not tell what they buffer it sends as the chunks come.
 *
 * @returns The number of chunks sent.
 * @throws {IntegrationError} `aborted`, or what `sendAudio` throws, such as `invalid_request` once the session ended.
 */
export async function pumpAudio(
  session: Pick<ConversationalSession, 'sendAudio' | 'bufferedMs'>,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: PumpAudioOptions = {},
): Promise<number> {
  const { signal, maxBufferedMs = 500, pollIntervalMs = 20, sleep = realSleep } = options;
  let sent = 0;
  for await (const chunk of chunks) {
    for (;;) {
      if (signal?.aborted === true) {
        throw new IntegrationError({ code: 'aborted', message: 'The caller ended the sending', cause: signal.reason });
      }
      if ((session.bufferedMs ?? 0) < maxBufferedMs && isTaken(session, chunk)) break;
      await sleep(pollIntervalMs, signal);
    }
    sent += 1;
  }
  return sent;
}

/** Whether the session took the chunk; false when its buffer is full. */
function isTaken(session: Pick<ConversationalSession, 'sendAudio'>, chunk: Uint8Array): boolean {
  try {
    session.sendAudio(chunk);
    return true;
  } catch (error) {
    if (MortiseError.is(error) && error.code === 'rate_limited') return false;
    throw error;
  }
}
