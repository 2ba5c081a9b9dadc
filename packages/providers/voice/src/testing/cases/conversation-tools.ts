import type { ConversationalEvent } from '../../conversation/conversational-event.ts';
import type { ConversationalSession } from '../../conversation/conversational-session.ts';
import type { ConversationalSessionConfig } from '../../conversation/session-config.ts';
import { elapse, SETUP, using, within } from '../case-tools.ts';
import { fail } from '../conformance-failure.ts';
import type {
  ConversationalConformanceTarget,
  ConversationalSubject,
  ConversationalSubjectSetup,
} from '../conformance-target.ts';
import { ECHO_AGENT } from '../memory/scripted-agent.ts';

const STEP_MS = 20;
const PATIENCE_MS = 15_000;

/** A session whose events are read as they come. */
export class ObservedSession {
  readonly session: ConversationalSession;
  readonly events: ConversationalEvent[] = [];
  /** Settles when `events` ended. */
  readonly isRead: Promise<void>;
  readonly #subject: ConversationalSubject;

  constructor(session: ConversationalSession, subject: ConversationalSubject) {
    this.session = session;
    this.#subject = subject;
    this.isRead = this.#read();
  }

  of<Type extends ConversationalEvent['type']>(type: Type): Extract<ConversationalEvent, { type: Type }>[] {
    return this.events.filter((event): event is Extract<ConversationalEvent, { type: Type }> => event.type === type);
  }

  /** Lets time go by until an event of the type is there. */
  async waitFor(type: ConversationalEvent['type'], count = 1): Promise<void> {
    for (let waitedMs = 0; this.of(type).length < count; waitedMs += STEP_MS) {
      if (waitedMs > PATIENCE_MS)
        fail(`no "${type}" came; there were: ${this.events.map((event) => event.type).join(' ')}`);
      await this.elapse(STEP_MS);
    }
  }

  async elapse(ms: number): Promise<void> {
    await elapse(this.#subject, ms);
  }

  /** Speaks: sends audio as fast as the session takes it. */
  async say(speech: Uint8Array): Promise<void> {
    const size = 1280;
    for (let offset = 0; offset < speech.byteLength; offset += size) {
      if ((this.session.bufferedMs ?? 0) > 500) await this.elapse(STEP_MS);
      this.session.sendAudio(speech.slice(offset, offset + size));
    }
  }

  async #read(): Promise<void> {
    for await (const event of this.session.events) this.events.push(event);
  }
}

export interface ConversationOptions {
  readonly config?: Partial<ConversationalSessionConfig>;
  readonly setup?: Partial<ConversationalSubjectSetup>;
}

/** Runs a check against a session that is read all along, and ends it afterwards. */
export function converse(
  target: ConversationalConformanceTarget,
  { config = {}, setup = {} }: ConversationOptions,
  run: (observed: ObservedSession, subject: ConversationalSubject) => Promise<void>,
): Promise<void> {
  return using(target.open({ ...SETUP, agent: ECHO_AGENT, reconnects: true, ...setup }), async (subject) => {
    const observed = new ObservedSession(await subject.provider.startSession(configFor(target, config)), subject);
    await observed.session.ready;
    try {
      await run(observed, subject);
    } finally {
      await within(1000, observed.session.close(), 'close()');
    }
    await within(1000, observed.isRead, 'the end of the events after close()');
  });
}

export function configFor(
  { voiceId, audio }: ConversationalConformanceTarget,
  config: Partial<ConversationalSessionConfig> = {},
): ConversationalSessionConfig {
  return { voiceId, inputAudio: audio, outputAudio: audio, extendedEvents: true, ...config };
}
