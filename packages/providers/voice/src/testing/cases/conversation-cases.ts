import { IntegrationError } from '@mortise/core';
import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { isBasicConversationalEvent } from '../../conversation/conversational-event.ts';
import { ABORT_WITHIN_MS, elapse, rejectsWith, SETUP, until, using, within } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { ConversationalConformanceTarget, ConversationalSubject } from '../conformance-target.ts';
import { ECHO_AGENT } from '../memory/scripted-agent.ts';
import { configFor, converse } from './conversation-tools.ts';

const HELLO = 'hello agent';
const LONG = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen';
const SILENCE_MS = 600;

type Case = ConformanceCase<ConversationalConformanceTarget>;

/** Checks of live conversations: `voice.10` to `voice.15`, and that every session ends. */
export const conversationCases: readonly Case[] = [
  {
    id: 'voice.10',
    title: 'raw audio without a sample rate is refused before anything is opened',
    run: (target) =>
      withSubject(target, async ({ provider, openRequests }) => {
        const inputAudio = { format: target.audio.format };
        const call = () => provider.startSession(configFor(target, { inputAudio }));
        await rejectsWith(call, ['invalid_request'], 'startSession() without a rate');
        checkEqual(openRequests(), 0, 'sessions left open');
      }),
  },
  {
    id: 'voice.11',
    title: 'sending faster than the session can take is refused with "rate_limited", and taken later',
    run: (target) =>
      converse(target, {}, async (observed) => {
        const { session } = observed;
        const chunk = silence(target, 100);
        const limitMs = 60_000;
        let sentMs = 0;
        let refusal: unknown;
        while (refusal === undefined && sentMs < limitMs) {
          try {
            session.sendAudio(chunk);
            sentMs += 100;
          } catch (error) {
            refusal = error;
          }
        }
        if (refusal === undefined) fail(`${limitMs} ms of audio were taken at once: the buffer has no bound`);
        const code = IntegrationError.is(refusal) ? refusal.code : 'no IntegrationError';
        checkEqual(code, 'rate_limited', 'code of the refusal');
        check((session.bufferedMs ?? 0) > 0, 'bufferedMs does not tell of the audio that waits');
        for (let waitedMs = 0; (session.bufferedMs ?? 0) > 0 && waitedMs < 10_000; waitedMs += 100) {
          await observed.elapse(100);
        }
        session.sendAudio(chunk);
      }),
  },
  {
    id: 'voice.12',
    title: 'an interruption stops the audio within 200 ms, and the transcript keeps what was played',
    requires: 'interruption',
    run: (target) =>
      converse(target, {}, async (observed) => {
        observed.session.sendText(LONG);
        await observed.waitFor('agent_audio', 10);
        observed.session.interrupt();
        await observed.elapse(200);
        const before = observed.of('agent_audio').length;
        await observed.elapse(1000);
        checkEqual(observed.of('agent_audio').length, before, 'audio events, 200 ms after the interruption and later');
        const summary = await observed.session.close();
        const [, agent] = summary.turns;
        if (agent === undefined) return;
        check(LONG.startsWith(agent.text) && agent.text.length < LONG.length, `the transcript has "${agent.text}"`);
      }),
  },
  {
    id: 'voice.13',
    title: 'a tool call makes its round trip',
    requires: 'tools',
    run: (target) =>
      converse(
        target,
        {
          config: { tools: [{ name: 'weather', inputSchema: { type: 'object' } }] },
          setup: {
            agent: ({ toolResult }) =>
              toolResult === undefined
                ? { call: { name: 'weather', arguments: '{"city":"Paris"}' } }
                : { say: `it is ${toolResult.output}` },
          },
        },
        async (observed) => {
          observed.session.sendText('what is the weather');
          await observed.waitFor('tool_call');
          const [call] = observed.of('tool_call');
          checkEqual(call?.name, 'weather', 'tool that is called');
          checkEqual(JSON.parse(call?.arguments ?? 'null'), { city: 'Paris' }, 'arguments of the call');
          observed.session.sendToolResult?.(call?.callId ?? '', 'sunny');
          await observed.waitFor('agent_speech_ended');
          checkEqual(observed.of('transcript').at(-1)?.text, 'it is sunny', 'what the agent made of the result');
        },
      ),
  },
  {
    id: 'voice.14',
    title: 'a lost connection is told of, and comes back or ends the session with a reason',
    requires: 'reconnection',
    run: async (target) => {
      await converse(target, { setup: { reconnects: true } }, async (observed, subject) => {
        (subject.dropConnection ?? fail('the target cannot cut connections'))();
        await observed.waitFor('reconnected');
        observed.session.sendText(HELLO);
        await observed.waitFor('agent_speech_ended');
      });
      await converse(target, { setup: { reconnects: false } }, async (observed, subject) => {
        subject.dropConnection?.();
        await observed.waitFor('session_ended');
        checkEqual(observed.of('reconnecting').length > 0, true, 'whether the loss was told of');
        check((observed.of('session_ended')[0]?.reason ?? '') !== '', 'the end has no reason');
      });
    },
  },
  {
    id: 'voice.15',
    title: 'speech gives turns in order, and closing gives a summary whose turns equal the events',
    run: (target) =>
      converse(target, {}, async (observed) => {
        await observed.say(target.speech(HELLO));
        await observed.say(silence(target, SILENCE_MS));
        await observed.waitFor('agent_speech_ended');
        observed.session.sendText('second question');
        await observed.waitFor('agent_audio', observed.of('agent_audio').length + 3);
        const summary = await observed.session.close();
        await within(1000, observed.isRead, 'the end of the events');
        const told = observed.of('transcript').map(({ role, text }) => ({ role, text }));
        checkEqual(
          summary.turns.map(({ role, text }) => ({ role, text })),
          told,
          'turns of the summary',
        );
        checkEqual(
          told.slice(0, 2),
          [
            { role: 'user', text: HELLO },
            { role: 'agent', text: HELLO },
          ],
          'first two turns',
        );
        checkEqual(observed.events.at(0)?.type, 'session_started', 'first event');
        checkEqual(observed.of('session_ended').length, 1, 'number of "session_ended" events');
        checkEqual(observed.events.at(-1)?.type, 'session_ended', 'last event');
        checkEqual(await observed.session.close(), summary, 'summary of a second close()');
        for (const { startMs, endMs, text } of summary.turns) {
          const isInside = startMs >= 0 && endMs >= startMs && endMs <= summary.durationMs;
          check(isInside, `"${text}" at ${startMs}-${endMs} ms is not within the session of ${summary.durationMs} ms`);
        }
      }),
  },
  {
    id: 'voice.audio',
    title: 'the agent’s audio is of the format that was asked for, and played no faster than speech',
    run: (target) =>
      converse(target, {}, async (observed) => {
        observed.session.sendText(HELLO);
        await observed.waitFor('agent_audio');
        const from = observed.of('agent_audio').length;
        await observed.elapse(200);
        const bytes = observed
          .of('agent_audio')
          .slice(from)
          .reduce((sum, { audio }) => sum + audio.byteLength, 0);
        const playedMs = bytes / bytesPerMs(target);
        check(playedMs <= 1000, `${Math.round(playedMs)} ms of audio came within 200 ms`);
        await observed.waitFor('agent_speech_ended');
        const whole = observed.of('agent_audio').reduce((sum, { audio }) => sum + audio.byteLength, 0);
        checkEqual(whole % bytesPerSample(target), 0, 'bytes beyond the last whole sample');
        check(whole > 0, 'the agent spoke without audio');
      }),
  },
  {
    id: 'voice.limit',
    title: 'a session ends by itself when its time is over',
    run: (target) =>
      converse(target, { config: { maxDurationSeconds: 1 } }, async (observed) => {
        await observed.waitFor('session_ended');
        const [ended] = observed.of('session_ended');
        check((ended?.durationMs ?? 0) <= 1200, `the session of one second ended after ${ended?.durationMs} ms`);
        checkEqual(ended?.reason, 'max_duration', 'reason');
        const call = () => Promise.resolve(observed.session.sendAudio(silence(target, 20)));
        await rejectsWith(async () => call(), ['invalid_request'], 'sendAudio() after the end');
      }),
  },
  {
    id: 'voice.idle',
    title: 'a session in which nobody does anything ends after the time given for that',
    run: (target) =>
      converse(target, { config: { idleTimeoutMs: 500 } }, async (observed) => {
        await observed.waitFor('session_ended');
        checkEqual(observed.of('session_ended')[0]?.reason, 'idle', 'reason');
      }),
  },
  {
    id: 'voice.events',
    title: 'without "extendedEvents" only the events of the first interface come',
    run: (target) =>
      converse(target, { config: { extendedEvents: false } }, async (observed) => {
        observed.session.sendText(LONG);
        await observed.waitFor('agent_audio', 5);
        observed.session.interrupt();
        await observed.session.close();
        await within(1000, observed.isRead, 'the end of the events');
        const extended = observed.events.filter((event) => !isBasicConversationalEvent(event));
        checkEqual(
          extended.map(({ type }) => type),
          [],
          'extended events',
        );
      }),
  },
  {
    id: 'X1',
    title: 'a signal aborted beforehand rejects with "aborted" and opens nothing',
    run: (target) =>
      withSubject(target, async ({ provider, requests, openRequests }) => {
        const call = () => provider.startSession(configFor(target), { signal: AbortSignal.abort() });
        await rejectsWith(call, ['aborted'], 'startSession()');
        checkEqual(requests().length + openRequests(), 0, 'requests and sessions');
      }),
  },
  {
    id: 'X2',
    title: 'aborting ends the session with its last event, and closes the connection',
    run: (target) =>
      withSubject(target, async (subject) => {
        const stop = new AbortController();
        const session = await subject.provider.startSession(configFor(target), { signal: stop.signal });
        const types: string[] = [];
        const reading = (async () => {
          for await (const event of session.events) types.push(event.type);
        })();
        stop.abort();
        await within(ABORT_WITHIN_MS, reading, 'the end of the events after an abort');
        checkEqual(types.at(-1), 'session_ended', 'last event');
        await until(() => subject.openRequests() === 0, 'the end of the connection');
        await within(1000, session.close(), 'close() after an abort');
      }),
  },
  {
    id: 'X3',
    title: '"timeoutMs" ends the opening of a session that nobody answers',
    run: (target) =>
      withSubject(
        target,
        async (subject) => {
          const call = () => subject.provider.startSession(configFor(target), { timeoutMs: 200 });
          const running = rejectsWith(call, ['timeout'], 'the opening');
          await until(() => subject.openRequests() === 1, 'the request');
          await elapse(subject, 220);
          await within(1000, running, 'the time limit');
        },
        { server: 'hangs' },
      ),
  },
  {
    id: 'X4',
    title: 'leaving the events ends the session; a second reader is refused',
    run: (target) =>
      withSubject(target, async (subject) => {
        const session = await subject.provider.startSession(configFor(target));
        for await (const event of session.events) if (event.type === 'session_started') break;
        await until(() => subject.openRequests() === 0, 'the end of the session that was left');
        const second = async (): Promise<void> => {
          for await (const event of session.events) fail(`a second reader got "${event.type}"`);
        };
        await rejectsWith(second, ['invalid_request'], 'a second reader');
        await within(1000, session.close(), 'close() after leaving');
      }),
  },
  {
    id: 'X13',
    title: 'the credential appears in no event, no summary, no client token and no error',
    run: async (target) => {
      const credential = createCanary(undefined, 'token');
      await converse(target, { setup: { credential } }, async (observed, subject) => {
        observed.session.sendText(HELLO);
        await observed.waitFor('agent_audio');
        assertNoCanary(await observed.session.close(), credential);
        assertNoCanary(observed.events, credential);
        checkEqual(subject.requests()[0]?.credential, credential, 'credential that reached the service');
        const token = await subject.provider.createClientToken?.({ config: configFor(target) });
        assertNoCanary(token, credential);
      });
      await withSubject(
        target,
        async ({ provider }) => {
          const outcome: unknown = await provider.startSession(configFor(target)).catch((error: unknown) => error);
          checkEqual(IntegrationError.is(outcome) && outcome.code, 'unauthenticated', 'code for status 401');
          assertNoCanary(outcome, credential);
        },
        { credential, server: { status: 401 } },
      );
    },
  },
  {
    id: 'X16',
    title: 'closing the provider ends its sessions, twice is fine, and use after it is a clear error',
    requires: 'close',
    run: (target) =>
      withSubject(target, async (subject) => {
        const session = await subject.provider.startSession(configFor(target));
        await subject.provider.close?.();
        await subject.provider.close?.();
        const types: string[] = [];
        const reading = (async () => {
          for await (const event of session.events) types.push(event.type);
        })();
        await within(1000, reading, 'the end of the events');
        checkEqual(types.at(-1), 'session_ended', 'last event');
        await rejectsWith(
          () => subject.provider.startSession(configFor(target)),
          ['invalid_request'],
          'startSession()',
        );
      }),
  },
];

function withSubject(
  target: ConversationalConformanceTarget,
  run: (subject: ConversationalSubject) => Promise<void>,
  setup: Partial<Parameters<ConversationalConformanceTarget['open']>[0]> = {},
): Promise<void> {
  return using(target.open({ ...SETUP, agent: ECHO_AGENT, reconnects: true, ...setup }), run);
}

function bytesPerSample({ audio }: ConversationalConformanceTarget): number {
  return audio.format === 'pcm' ? 2 : 1;
}

function bytesPerMs(target: ConversationalConformanceTarget): number {
  return (bytesPerSample(target) * target.audio.sampleRateHz) / 1000;
}

function silence(target: ConversationalConformanceTarget, ms: number): Uint8Array {
  // Zero is silence in PCM; companded silence is another byte.
  const quiet = { pcm: 0, mulaw: 0xff, alaw: 0xd5 }[target.audio.format];
  return new Uint8Array(Math.round(bytesPerMs(target) * ms)).fill(quiet);
}
