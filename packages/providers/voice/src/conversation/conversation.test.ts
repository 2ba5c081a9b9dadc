import { IntegrationError } from '@mortise/core';
import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { pumpAudio } from './pump-audio.ts';
import { SessionEventQueue } from './session-event-queue.ts';
import { SessionRecorder } from './session-recorder.ts';

const tooFast = (): IntegrationError =>
  new IntegrationError({ code: 'rate_limited', message: 'Full', retry: 'throttled' });

describe('the events of a session', () => {
  it('are kept from the beginning on, and end', async () => {
    const queue = new SessionEventQueue(() => undefined);
    queue.push({ type: 'session_started', sessionId: 's' });
    queue.push({ type: 'agent_speech_ended' });
    expect(queue.size).toBe(2);
    queue.end();
    queue.push({ type: 'user_speech_started' });
    const types: string[] = [];
    for await (const event of queue) types.push(event.type);
    expect(types).toEqual(['session_started', 'agent_speech_ended']);
  });

  it('reach a reader who waits, also one who asked twice', async () => {
    const queue = new SessionEventQueue(() => undefined);
    const reader = queue[Symbol.asyncIterator]();
    const both = Promise.all([reader.next(), reader.next()]);
    queue.push({ type: 'user_speech_started' });
    queue.end();
    expect(await both).toEqual([
      { done: false, value: { type: 'user_speech_started' } },
      { done: true, value: undefined },
    ]);
  });

  it('have one reader, who is told of when leaving early and not when read to the end', async () => {
    let left = 0;
    const queue = new SessionEventQueue(() => {
      left += 1;
    });
    queue.push({ type: 'user_speech_started' });
    const events = queue[Symbol.asyncIterator]();
    await events.next();
    await events.return?.();
    expect(left).toBe(1);
    expect(() => queue[Symbol.asyncIterator]()).toThrow(/one reader/);

    const ended = new SessionEventQueue(() => {
      left += 1;
    });
    ended.end();
    for await (const event of ended) expect(event).toBeUndefined();
    expect(left).toBe(1);
  });

  it('can be taken back while nobody has read them', () => {
    const queue = new SessionEventQueue(() => undefined);
    queue.push({ type: 'agent_audio', audio: Uint8Array.of(1) });
    queue.push({ type: 'agent_speech_ended' });
    expect(queue.drop(({ type }) => type === 'agent_audio')).toHaveLength(1);
    expect(queue.size).toBe(1);
  });
});

describe('the recorder of a session', () => {
  it('keeps turns in the order in which they ended, and none without text', () => {
    const recorder = new SessionRecorder();
    recorder.started('user', 100);
    recorder.started('agent', 150);
    recorder.ended('user', 'hello', 400);
    recorder.ended('agent', '', 500);
    recorder.ended('agent', 'hi', 600);
    expect(recorder.summary('s', 1000)).toEqual({
      sessionId: 's',
      durationMs: 1000,
      turns: [
        { role: 'user', text: 'hello', startMs: 100, endMs: 400 },
        { role: 'agent', text: 'hi', startMs: 600, endMs: 600 },
      ],
      transcript: 'user: hello\nagent: hi',
    });
  });
});

describe('pumpAudio', () => {
  const chunk = Uint8Array.of(1, 2);

  it('waits while the buffer of the session is full', async () => {
    const clock = new FakeClock();
    let bufferedMs = 0;
    const session = {
      get bufferedMs() {
        return bufferedMs;
      },
      sendAudio: () => {
        bufferedMs += 100;
      },
    };
    const pumped = pumpAudio(session, [chunk, chunk, chunk], { maxBufferedMs: 200, sleep: clock.sleep });
    await clock.advance(100);
    expect(bufferedMs).toBe(200);
    bufferedMs = 0;
    await clock.advance(20);
    expect(await pumped).toBe(3);
  });

  it('sends a chunk again that was refused for coming too fast', async () => {
    const clock = new FakeClock();
    const taken: number[] = [];
    let refusals = 2;
    const session = {
      sendAudio: (bytes: Uint8Array) => {
        refusals -= 1;
        if (refusals >= 0) throw tooFast();
        taken.push(bytes.byteLength);
      },
    };
    const pumped = pumpAudio(session, [chunk], { sleep: clock.sleep });
    await clock.advance(40);
    expect([await pumped, taken]).toEqual([1, [2]]);
  });

  it('ends when the caller says so, and with whatever else a session throws', async () => {
    const stop = new AbortController();
    const full = { bufferedMs: 9999, sendAudio: () => undefined };
    const pumped = pumpAudio(full, [chunk], { signal: stop.signal });
    stop.abort();
    await expect(pumped).rejects.toMatchObject({ code: 'aborted' });
    const ended = {
      sendAudio: () => {
        throw new IntegrationError({ code: 'invalid_request', message: 'The session has ended' });
      },
    };
    await expect(pumpAudio(ended, [chunk])).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
