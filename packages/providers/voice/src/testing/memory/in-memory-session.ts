import { IntegrationError, type Sleep } from '@mortise/core';
import { bytesPerSample } from '../../audio/sample-encoding.ts';
import type { AudioEncoding } from '../../audio/audio-format.ts';
import { decodeSamples, encodeSamples } from '../../audio/samples.ts';
import type { ConversationalEvent, ConversationalRole } from '../../conversation/conversational-event.ts';
import { isBasicConversationalEvent } from '../../conversation/conversational-event.ts';
import type { ConversationalSession, SessionState } from '../../conversation/conversational-session.ts';
import type { ConversationalSessionConfig, SessionUpdate } from '../../conversation/session-config.ts';
import { SessionEventQueue } from '../../conversation/session-event-queue.ts';
import { SessionRecorder } from '../../conversation/session-recorder.ts';
import type { ConversationalSessionSummary } from '../../conversation/session-summary.ts';
import { AgentPlayback } from './agent-playback.ts';
import { LiveEars } from './live-ears.ts';
import type { AgentTurn, ScriptedAgent } from './scripted-agent.ts';
import { SessionInput } from './session-input.ts';
import { isToneVoice } from './memory-voices.ts';
import { speakTones } from './tone-speech.ts';

/** How often the service looks at what came in and plays on, in milliseconds. */
const TICK_MS = 20;
/** Audio is taken in at four times the speed of speech. */
const INTAKE_MS = 80;
/** Playing waits while so many events have not been read: five seconds of audio. */
const MAX_UNREAD_EVENTS = 250;
/** How long the service tries to get a lost connection back. */
const RECONNECT_MS = 100;

export interface SessionSide {
  readonly encoding: AudioEncoding;
  readonly sampleRateHz: number;
}

export interface InMemorySessionOptions {
  readonly sessionId: string;
  readonly config: ConversationalSessionConfig;
  readonly input: SessionSide;
  readonly output: SessionSide;
  readonly agent: ScriptedAgent;
  readonly maxBufferedMs: number;
  readonly sleep: Sleep;
  readonly now: () => number;
  /** Whether a lost connection comes back. */
  readonly reconnects: boolean;
  readonly onEnd: () => void;
}

/** A conversation in tones. */
export class InMemorySession implements ConversationalSession {
  readonly events: SessionEventQueue;
  readonly ready: Promise<void> = Promise.resolve();
  readonly #options: InMemorySessionOptions;
  #config: ConversationalSessionConfig;
  readonly #startedAt: number;
  readonly #recorder = new SessionRecorder();
  readonly #input: SessionInput;
  readonly #stopping = new AbortController();
  readonly #calls = new Map<string, AgentTurn & { readonly name: string }>();
  #ears: LiveEars;
  #playing: AgentPlayback | undefined;
  #state: SessionState = 'open';
  #lastActivity: number;
  #callCount = 0;
  #summary: ConversationalSessionSummary | undefined;

  constructor(options: InMemorySessionOptions) {
    const { config, input, maxBufferedMs, now, sessionId } = options;
    this.#options = options;
    this.#config = config;
    this.#startedAt = now();
    this.#lastActivity = now();
    this.#input = new SessionInput(input.encoding, input.sampleRateHz, maxBufferedMs);
    this.#ears = this.#newEars();
    this.events = new SessionEventQueue(() => this.end('aborted'));
    this.#emit({ type: 'session_started', sessionId });
    void this.#run();
  }

  get state(): SessionState {
    return this.#state;
  }

  get bufferedMs(): number {
    return this.#input.bufferedMs;
  }

  sendAudio(chunk: Uint8Array): void {
    this.#requireOpen();
    this.#input.add(chunk);
    this.#touch();
  }

  sendText(text: string): void {
    this.#requireOpen();
    this.#recorder.started('user', this.#elapsedMs());
    this.#userTurn(text);
  }

  interrupt(): void {
    this.#requireOpen();
    this.#cutOff();
  }

  sendToolResult(callId: string, output: string): void {
    this.#requireOpen();
    const call = this.#calls.get(callId);
    if (call === undefined) {
      throw new IntegrationError({ code: 'not_found', field: 'callId', message: 'callId: no such call is open' });
    }
    this.#calls.delete(callId);
    this.#answer({ text: call.text, toolResult: { name: call.name, output } });
  }

  commitAudio(): void {
    this.#requireOpen();
    this.#listen(this.#input.take(Number.MAX_SAFE_INTEGER));
    this.#finishListening();
  }

  clearAudio(): void {
    this.#requireOpen();
    this.#input.clear();
    this.#ears = this.#newEars();
  }

  update(changes: SessionUpdate): Promise<void> {
    this.#requireOpen();
    this.#config = { ...this.#config, ...changes };
    return Promise.resolve();
  }

  close(): Promise<ConversationalSessionSummary> {
    return Promise.resolve(this.end('closed'));
  }

  /** Loses the connection, as networks do. */
  async dropConnection(): Promise<void> {
    if (this.#summary !== undefined) return;
    this.#state = 'reconnecting';
    this.#emit({ type: 'reconnecting', attempt: 1 });
    await this.#options.sleep(RECONNECT_MS, this.#stopping.signal).catch(() => undefined);
    if (this.#stopping.signal.aborted) return;
    if (!this.#options.reconnects) {
      this.end('connection_lost');
      return;
    }
    this.#state = 'open';
    this.#emit({ type: 'reconnected' });
  }

  /** Ends the session once; later calls give the same summary. */
  end(reason: string): ConversationalSessionSummary {
    if (this.#summary !== undefined) return this.#summary;
    this.#state = 'closing';
    this.#finishListening(false);
    this.#cutOff();
    const durationMs = this.#elapsedMs();
    this.#summary = this.#recorder.summary(this.#options.sessionId, durationMs);
    this.#emit({ type: 'session_ended', reason, durationMs });
    this.events.end();
    this.#state = 'closed';
    this.#stopping.abort();
    this.#options.onEnd();
    return this.#summary;
  }

  async #run(): Promise<void> {
    const { sleep } = this.#options;
    while (!this.#stopping.signal.aborted) {
      try {
        await sleep(TICK_MS, this.#stopping.signal);
      } catch {
        return;
      }
      this.#tick();
    }
  }

  #tick(): void {
    const { maxDurationSeconds, idleTimeoutMs } = this.#config;
    if (this.#state === 'open') {
      if (this.#config.turnDetection !== 'push_to_talk') this.#listen(this.#input.take(INTAKE_MS));
      this.#play();
    }
    if (maxDurationSeconds !== undefined && this.#elapsedMs() >= maxDurationSeconds * 1000) this.end('max_duration');
    else if (idleTimeoutMs !== undefined && this.#options.now() - this.#lastActivity >= idleTimeoutMs) this.end('idle');
  }

  #listen(bytes: Uint8Array): void {
    if (bytes.byteLength === 0) return;
    for (const event of this.#ears.hear(decodeSamples(bytes, this.#options.input.encoding))) this.#heard(event);
  }

  #finishListening(answers = true): void {
    for (const event of this.#ears.end()) this.#heard(event, answers);
    this.#ears = this.#newEars();
  }

  #heard(event: ReturnType<LiveEars['end']>[number], answers = true): void {
    if (event.type === 'speech_started') {
      this.#touch();
      this.#recorder.started('user', this.#elapsedMs());
      this.#emit({ type: 'user_speech_started' });
      if (this.#config.interruption?.enabled !== false) this.#cutOff();
    } else if (event.type === 'final') {
      this.#emit({ type: 'user_speech_ended', transcript: event.utterance.text });
      this.#userTurn(event.utterance.text, answers);
    }
  }

  #userTurn(text: string, answers = true): void {
    this.#touch();
    this.#turnEnded('user', text);
    if (answers) this.#answer({ text });
  }

  #answer(turn: AgentTurn): void {
    const reply = this.#options.agent(turn);
    if (reply === undefined) return;
    if ('say' in reply) {
      this.#speak(reply.say);
      return;
    }
    this.#callCount += 1;
    const callId = `call-${this.#callCount}`;
    this.#calls.set(callId, { text: turn.text, name: reply.call.name });
    this.#emit({ type: 'tool_call', callId, ...reply.call });
  }

  #speak(text: string): void {
    this.#cutOff();
    const { encoding, sampleRateHz } = this.#options.output;
    const { voiceId } = this.#config;
    const { samples, words } = speakTones(text, sampleRateHz, isToneVoice(voiceId) ? voiceId : 'low');
    const bytesPerMs = (bytesPerSample(encoding) * sampleRateHz) / 1000;
    this.#playing = new AgentPlayback(text, encodeSamples(samples, encoding), words, bytesPerMs);
    this.#recorder.started('agent', this.#elapsedMs());
    this.#emit({ type: 'agent_speech_started', text });
  }

  #play(): void {
    const playing = this.#playing;
    if (playing === undefined || this.events.size > MAX_UNREAD_EVENTS) return;
    this.#touch();
    this.#emit({ type: 'agent_audio', audio: playing.next(TICK_MS) });
    for (const word of playing.newWords()) this.#emit({ type: 'transcript_delta', role: 'agent', delta: word });
    if (!playing.isOver) return;
    this.#playing = undefined;
    this.#emit({ type: 'agent_speech_ended' });
    this.#turnEnded('agent', playing.text);
  }

  /** What nobody has read yet was not heard either. */
  #cutOff(): void {
    const playing = this.#playing;
    if (playing === undefined) return;
    this.#playing = undefined;
    const unread = this.events.drop((event) => event.type === 'agent_audio');
    const unreadMs = unread.length * TICK_MS;
    const playedMs = Math.max(0, playing.playedMs - unreadMs);
    this.#emit({ type: 'interrupted', playedMs });
    this.#emit({ type: 'agent_speech_ended' });
    this.#turnEnded('agent', playing.textUntil(playedMs));
  }

  #turnEnded(role: ConversationalRole, text: string): void {
    const timestamp = this.#elapsedMs();
    this.#recorder.ended(role, text, timestamp);
    if (text !== '') this.#emit({ type: 'transcript', role, text, timestamp });
  }

  #emit(event: ConversationalEvent): void {
    if (this.#config.extendedEvents === true || isBasicConversationalEvent(event)) this.events.push(event);
  }

  #newEars(): LiveEars {
    return new LiveEars(this.#options.input.sampleRateHz, this.#config.silenceThresholdMs);
  }

  #touch(): void {
    this.#lastActivity = this.#options.now();
  }

  #elapsedMs(): number {
    return this.#options.now() - this.#startedAt;
  }

  #requireOpen(): void {
    if (this.#summary === undefined) return;
    throw new IntegrationError({ code: 'invalid_request', message: 'The session has ended; start another' });
  }
}
