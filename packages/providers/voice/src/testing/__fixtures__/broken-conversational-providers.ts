import { IntegrationError } from '@mortise/core';
import type { ConversationalEvent } from '../../conversation/conversational-event.ts';
import type { ConversationalProvider } from '../../conversation/conversational-provider.ts';
import type { ConversationalSession } from '../../conversation/conversational-session.ts';
import type { ConversationalSessionConfig } from '../../conversation/session-config.ts';
import type { ConversationalConformanceTarget, ConversationalSubjectSetup } from '../conformance-target.ts';
import { inMemoryConversationalTarget } from '../memory/in-memory-targets.ts';
import { without } from './without.ts';

/** A provider that does one thing wrong. */
export interface BrokenConversationalProvider {
  readonly fails: string;
  readonly mistake: string;
  readonly target: ConversationalConformanceTarget;
}

type Build = (honest: ConversationalProvider, setup: ConversationalSubjectSetup) => Partial<ConversationalProvider>;

function broken(fails: string, mistake: string, build: Build): BrokenConversationalProvider {
  const honestTarget = inMemoryConversationalTarget();
  return {
    fails,
    mistake,
    target: {
      ...honestTarget,
      open: async (setup) => {
        const subject = await honestTarget.open(setup);
        const { provider } = subject;
        return { ...subject, provider: { ...bound(provider), ...build(provider, setup) } };
      },
    },
  };
}

function bound(honest: ConversationalProvider): ConversationalProvider {
  return {
    ...(honest.capabilities && { capabilities: honest.capabilities }),
    startSession: (config, options) => honest.startSession(config, options),
    listVoices: (options) => honest.listVoices(options),
    createClientToken: (request, options) =>
      honest.createClientToken?.(request, options) ?? Promise.reject(new IntegrationError(NO_TOKEN)),
    close: () => honest.close?.() ?? Promise.resolve(),
  };
}

const NO_TOKEN = { code: 'unsupported', message: 'No token' } as const;

/** The honest provider with a mistake in its sessions. */
function inSessions(
  spoil: (
    session: ConversationalSession,
    config: ConversationalSessionConfig,
    setup: ConversationalSubjectSetup,
  ) => Partial<ConversationalSession>,
): Build {
  return (honest, setup) => ({
    startSession: async (config, options) => {
      const session = await honest.startSession(config, options);
      return withMistake(session, spoil(session, config, setup));
    },
  });
}

function withMistake(session: ConversationalSession, mistake: Partial<ConversationalSession>): ConversationalSession {
  return {
    events: session.events,
    ...(session.ready && { ready: session.ready }),
    get bufferedMs() {
      return session.bufferedMs ?? 0;
    },
    sendAudio: (chunk) => session.sendAudio(chunk),
    sendText: (text) => session.sendText(text),
    interrupt: () => session.interrupt(),
    close: () => session.close(),
    sendToolResult: (callId, output) => session.sendToolResult?.(callId, output),
    ...mistake,
  };
}

/** The events with some changed or left out; leaving them leaves the honest ones. */
function mapEvents(
  session: ConversationalSession,
  map: (event: ConversationalEvent) => ConversationalEvent[],
): AsyncIterable<ConversationalEvent> {
  return {
    [Symbol.asyncIterator]: () => {
      const events = session.events[Symbol.asyncIterator]();
      return (async function* mapped() {
        try {
          for (;;) {
            const next = await events.next();
            if (next.done === true) return;
            yield* map(next.value);
          }
        } finally {
          await events.return?.();
        }
      })();
    },
  };
}

function inConfig(spoil: (config: ConversationalSessionConfig) => ConversationalSessionConfig): Build {
  return (honest) => ({ startSession: (config, options) => honest.startSession(spoil(config), options) });
}

export const brokenConversationalProviders: readonly BrokenConversationalProvider[] = [
  broken(
    'voice.10',
    'guesses the rate of raw audio',
    inConfig((config) =>
      config.inputAudio?.sampleRateHz === undefined
        ? { ...config, inputAudio: { format: 'pcm', sampleRateHz: 16_000 } }
        : config,
    ),
  ),
  broken(
    'voice.11',
    'takes audio without bound',
    inSessions((session) => {
      const kept: Uint8Array[] = [];
      return {
        sendAudio: (chunk) => {
          try {
            session.sendAudio(chunk);
          } catch (error) {
            if (!IntegrationError.is(error) || error.code !== 'rate_limited') throw error;
            kept.push(chunk);
          }
        },
      };
    }),
  ),
  broken(
    'voice.12',
    'plays on after an interruption',
    inSessions(() => ({ interrupt: () => undefined })),
  ),
  broken(
    'voice.13',
    'loses the results of tools',
    inSessions((session) => ({ sendToolResult: (callId) => session.sendToolResult?.(callId, '') })),
  ),
  broken(
    'voice.14',
    'does not tell that the connection was lost',
    inSessions((session) => ({
      events: mapEvents(session, (event) => (event.type === 'reconnecting' ? [] : [event])),
    })),
  ),
  broken(
    'voice.15',
    'leaves the last turn out of its summary',
    inSessions((session) => ({
      close: async () => {
        const summary = await session.close();
        return { ...summary, turns: summary.turns.slice(0, -1) };
      },
    })),
  ),
  broken(
    'voice.audio',
    'sends audio that ends within a sample',
    inSessions((session) => {
      let isCut = false;
      return {
        events: mapEvents(session, (event) => {
          if (event.type !== 'agent_audio' || isCut) return [event];
          isCut = true;
          return [{ ...event, audio: event.audio.subarray(1) }];
        }),
      };
    }),
  ),
  broken(
    'voice.limit',
    'has sessions without end',
    inConfig((config) => without(config, 'maxDurationSeconds')),
  ),
  broken(
    'voice.idle',
    'waits for ever for somebody to speak',
    inConfig((config) => without(config, 'idleTimeoutMs')),
  ),
  broken(
    'voice.events',
    'sends events that nobody asked for',
    inConfig((config) => ({ ...config, extendedEvents: true })),
  ),
  broken('X1', 'opens a session before it looks at the signal', (honest) => ({
    startSession: async (config, options = {}) => {
      const { signal, ...rest } = options;
      if (signal?.aborted !== true) return honest.startSession(config, options);
      const session = await honest.startSession(config, rest);
      await session.close();
      throw new IntegrationError({ code: 'aborted', message: 'The caller aborted the call' });
    },
  })),
  broken('X2', 'heeds the signal only while it opens a session', (honest) => ({
    startSession: (config, { signal, ...options } = {}) =>
      honest.startSession(config, signal?.aborted === true ? { ...options, signal } : options),
  })),
  broken('X3', 'ignores the time limit', (honest) => ({
    startSession: (config, options = {}) => honest.startSession(config, without(options, 'timeoutMs')),
  })),
  broken(
    'X4',
    'goes on when its reader has left',
    inSessions((session) => ({
      events: {
        [Symbol.asyncIterator]: () => {
          const events = session.events[Symbol.asyncIterator]();
          return { next: () => events.next(), return: () => Promise.resolve({ done: true, value: undefined }) };
        },
      },
    })),
  ),
  broken('X13', 'gives its own key out as a client token', (honest, { credential }) => ({
    createClientToken: async (request, options) => ({
      ...(await bound(honest).createClientToken?.(request, options)),
      token: credential,
      url: 'wss://in-memory.invalid/session',
      expiresAt: '2026-01-01T00:00:00Z',
    }),
  })),
  broken('X16', 'leaves its sessions open when it is closed', () => ({ close: () => Promise.resolve() })),
];
