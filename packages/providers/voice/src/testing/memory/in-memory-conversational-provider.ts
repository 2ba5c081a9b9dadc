import { type CallOptions, IntegrationError, sleep as realSleep } from '@mortise/core';
import type { AudioFormat } from '../../audio/audio-format.ts';
import { requireSampleRate } from '../../audio/check-raw-audio.ts';
import { rawEncodingOf } from '../../audio/sample-encoding.ts';
import type {
  ClientTokenRequest,
  ConversationalCapabilities,
  ConversationalClientToken,
  ConversationalProvider,
} from '../../conversation/conversational-provider.ts';
import type { ConversationalSessionConfig, SessionAudio } from '../../conversation/session-config.ts';
import type { ListVoicesOptions } from '../../synthesis/tts-provider.ts';
import type { Voice } from '../../synthesis/voice.ts';
import type { VoiceObservedRequest } from '../observed-request.ts';
import { InMemorySession, type SessionSide } from './in-memory-session.ts';
import { MemoryServer, type MemoryServerOptions } from './memory-server.ts';
import { isToneVoice, MEMORY_VOICES } from './memory-voices.ts';
import { ECHO_AGENT, type ScriptedAgent } from './scripted-agent.ts';

export interface InMemoryConversationalProviderOptions extends MemoryServerOptions {
  /** What the agent answers. Default: what it hears. */
  readonly agent?: ScriptedAgent;
  /** Audio that a session takes before `sendAudio` refuses more, in milliseconds. Default 2000. */
  readonly maxBufferedMs?: number;
  /** Whether a lost connection comes back. Default true. */
  readonly reconnects?: boolean;
  /** Epoch milliseconds. Default the real clock. */
  readonly now?: () => number;
}

const DEFAULT_MAX_BUFFERED_MS = 2000;
const DEFAULT_TOKEN_SECONDS = 600;
const RAW = ['pcm', 'mulaw', 'alaw'] as const satisfies readonly AudioFormat[];

/**
 * Converses in tones, in memory, and keeps every rule of `ConversationalProvider`: the reference against which the kit
 * itself is tested, and a double for the tests of applications.
 */
export class InMemoryConversationalProvider implements ConversationalProvider {
  readonly capabilities: ConversationalCapabilities;
  readonly #options: InMemoryConversationalProviderOptions;
  readonly #server: MemoryServer;
  readonly #sessions = new Set<InMemorySession>();
  #count = 0;

  constructor(options: InMemoryConversationalProviderOptions = {}) {
    this.#options = options;
    this.#server = new MemoryServer(options);
    this.capabilities = {
      methods: { createClientToken: 'native' },
      features: ['tools', 'interruption', 'commit-audio', 'text-input', 'update', 'reconnection'],
      inputFormats: RAW,
      outputFormats: RAW,
      turnDetection: ['server_vad', 'push_to_talk'],
      maxBufferedMs: options.maxBufferedMs ?? DEFAULT_MAX_BUFFERED_MS,
    };
  }

  get requests(): readonly VoiceObservedRequest[] {
    return this.#server.requests;
  }

  /** Sessions that have not ended, and calls that were not answered. */
  get openRequests(): number {
    return this.#server.openRequests + this.#sessions.size;
  }

  async startSession(config: ConversationalSessionConfig, options: CallOptions = {}): Promise<InMemorySession> {
    const { now = Date.now, sleep = realSleep, agent = ECHO_AGENT, reconnects = true } = this.#options;
    const input = sideOf('inputAudio', config.inputAudio, config.inputFormat);
    const output = sideOf('outputAudio', config.outputAudio, config.outputFormat);
    refuseWhatIsMissing(config);
    await this.#server.call(options, config, () => undefined);
    this.#count += 1;
    const { signal } = options;
    const onAbort = (): void => void session.end('aborted');
    const session: InMemorySession = new InMemorySession({
      sessionId: `session-${this.#count}`,
      config: structuredClone(config),
      input,
      output,
      agent,
      maxBufferedMs: this.capabilities.maxBufferedMs ?? DEFAULT_MAX_BUFFERED_MS,
      sleep,
      now,
      reconnects,
      onEnd: () => {
        this.#sessions.delete(session);
        signal?.removeEventListener('abort', onAbort);
      },
    });
    this.#sessions.add(session);
    signal?.addEventListener('abort', onAbort, { once: true });
    return session;
  }

  listVoices(options: ListVoicesOptions = {}): Promise<Voice[]> {
    return this.#server.call(options, { method: 'listVoices' }, () => MEMORY_VOICES.map((voice) => ({ ...voice })));
  }

  createClientToken(request: ClientTokenRequest, options?: CallOptions): Promise<ConversationalClientToken> {
    const { expiresInSeconds = DEFAULT_TOKEN_SECONDS, config } = request;
    return this.#server.call(options, config, () => ({
      token: `in-memory-token-${this.#count}`,
      url: 'wss://in-memory.invalid/session',
      expiresAt: new Date((this.#options.now ?? Date.now)() + expiresInSeconds * 1000).toISOString(),
    }));
  }

  async close(): Promise<void> {
    for (const session of this.#sessions) session.end('closed');
    await this.#server.close();
  }
}

/** Where nothing is said, 16-bit samples at 24 kHz. */
function sideOf(field: string, audio: SessionAudio | undefined, format: AudioFormat | undefined): SessionSide {
  if (audio === undefined && format === undefined) return { encoding: 'pcm_s16le', sampleRateHz: 24_000 };
  const chosen = audio?.format ?? format ?? 'pcm';
  const encoding = rawEncodingOf({ format: chosen });
  if (encoding === undefined) {
    throw new IntegrationError({
      code: 'unsupported',
      field,
      message: `${field}: a session takes ${RAW.join(', ')}, not ${chosen}`,
    });
  }
  requireSampleRate(chosen, audio?.sampleRateHz);
  return { encoding, sampleRateHz: audio?.sampleRateHz ?? 0 };
}

function refuseWhatIsMissing(config: ConversationalSessionConfig): void {
  if (!isToneVoice(config.voiceId)) {
    throw new IntegrationError({ code: 'not_found', field: 'voiceId', message: 'voiceId: there is no such voice' });
  }
  if (config.turnDetection === 'semantic_vad') {
    throw new IntegrationError({
      code: 'unsupported',
      field: 'turnDetection',
      message: 'turnDetection: tones have no meaning to go by; use server_vad or push_to_talk',
    });
  }
  if (config.tools !== undefined && config.extendedEvents !== true) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'extendedEvents',
      message: 'extendedEvents: tools need it, since calls arrive as extended events',
    });
  }
}
