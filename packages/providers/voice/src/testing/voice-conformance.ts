import { type ConformanceCase, type ConformanceOutcome, runConformance } from '@mortise/testing';
import { supports } from '@mortise/core';
import { callCases } from './cases/call-cases.ts';
import { conversationCases } from './cases/conversation-cases.ts';
import { sttCases } from './cases/stt-cases.ts';
import { ttsCases, wish } from './cases/tts-cases.ts';
import { SETUP, within } from './case-tools.ts';
import type {
  ConversationalConformanceTarget,
  STTConformanceTarget,
  TTSConformanceTarget,
} from './conformance-target.ts';
import type { TTSProvider } from '../synthesis/tts-provider.ts';
import type { STTProvider } from '../transcription/stt-provider.ts';
import { ECHO_AGENT } from './memory/scripted-agent.ts';

/** A check that takes longer hangs: its provider waits for something that never comes. */
const CHECK_LIMIT_MS = 20_000;

/** Every check of speech synthesis. */
export const ttsConformanceCases = limited<TTSConformanceTarget>([
  ...ttsCases,
  ...callCases<TTSProvider, TTSConformanceTarget>((provider, target, options) =>
    provider.synthesize(wish(target, {}), options),
  ),
]);

/** Every check of transcription. */
export const sttConformanceCases = limited<STTConformanceTarget>([
  ...sttCases,
  ...callCases<STTProvider, STTConformanceTarget>((provider, target, options) =>
    provider.transcribe({ audio: target.fixtures.dialogue }, options),
  ),
]);

/** Every check of live conversations. */
export const conversationalConformanceCases = limited<ConversationalConformanceTarget>(conversationCases);

/** A test runner, as far as the kit needs one: `vitest`, `node:test` and `bun:test` all fit. */
export interface VoiceTestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>) => unknown;
}

/**
 * Runs every check of speech synthesis and reports them all. A check that needs something which the provider does not
 * declare is reported as skipped, never left out.
 */
export async function checkTTSProvider(target: TTSConformanceTarget): Promise<ConformanceOutcome[]> {
  return run(ttsConformanceCases, target, await ttsDeclares(target));
}

/** The same for transcription. */
export async function checkSTTProvider(target: STTConformanceTarget): Promise<ConformanceOutcome[]> {
  return run(sttConformanceCases, target, await sttDeclares(target));
}

/** The same for live conversations. */
export async function checkConversationalProvider(
  target: ConversationalConformanceTarget,
): Promise<ConformanceOutcome[]> {
  return run(conversationalConformanceCases, target, await conversationalDeclares(target));
}

/**
 * Registers every check as a test of the given runner. A check that does not apply passes with nothing done, since what
 * applies is only known once a provider was opened; `checkTTSProvider` reports those.
 */
export function describeTTSProvider(name: string, target: TTSConformanceTarget, runner: VoiceTestRunner): void {
  register(runner, `${name} as a TTSProvider`, ttsConformanceCases, async () => ({
    target,
    declared: await ttsDeclares(target),
  }));
}

/** The same for transcription. */
export function describeSTTProvider(name: string, target: STTConformanceTarget, runner: VoiceTestRunner): void {
  register(runner, `${name} as an STTProvider`, sttConformanceCases, async () => ({
    target,
    declared: await sttDeclares(target),
  }));
}

/** The same for live conversations. */
export function describeConversationalProvider(
  name: string,
  target: ConversationalConformanceTarget,
  runner: VoiceTestRunner,
): void {
  register(runner, `${name} as a ConversationalProvider`, conversationalConformanceCases, async () => ({
    target,
    declared: await conversationalDeclares(target),
  }));
}

type AnyTarget = TTSConformanceTarget | STTConformanceTarget | ConversationalConformanceTarget;

function limited<Target>(cases: readonly ConformanceCase<Target>[]): readonly ConformanceCase<Target>[] {
  return Object.freeze(
    cases.map((check) => ({
      ...check,
      run: (target: Target) => within(CHECK_LIMIT_MS, check.run(target), 'the check'),
    })),
  );
}

function run<Target extends AnyTarget>(
  cases: readonly ConformanceCase<Target>[],
  target: Target,
  capabilities: readonly string[],
): Promise<ConformanceOutcome[]> {
  return runConformance({ cases, createContext: () => Promise.resolve<Target>(target), capabilities });
}

function register<Target>(
  { describe, it }: VoiceTestRunner,
  title: string,
  cases: readonly ConformanceCase<Target>[],
  prepare: () => Promise<{ readonly target: Target; readonly declared: readonly string[] }>,
): void {
  describe(title, () => {
    for (const check of cases) {
      it(`${check.id}: ${check.title}`, async () => {
        const { target, declared } = await prepare();
        if (check.requires === undefined || declared.includes(check.requires)) await check.run(target);
      });
    }
  });
}

async function ttsDeclares({ open, speaksHttp }: TTSConformanceTarget): Promise<string[]> {
  const subject = await open(SETUP);
  try {
    const { provider } = subject;
    return [
      ...(provider.capabilities?.features ?? []),
      ...(supports(provider, 'synthesizeStream') ? ['synthesizeStream'] : []),
      ...(supports(provider, 'close') ? ['close'] : []),
      ...(speaksHttp === true ? ['http'] : []),
    ];
  } finally {
    await subject.close();
  }
}

async function sttDeclares({ open, speaksHttp }: STTConformanceTarget): Promise<string[]> {
  const subject = await open(SETUP);
  try {
    const { provider } = subject;
    return [
      ...(provider.capabilities?.features ?? []),
      ...(supports(provider, 'transcribeEvents') ? ['transcribeEvents'] : []),
      ...(supports(provider, 'close') ? ['close'] : []),
      ...(speaksHttp === true ? ['http'] : []),
    ];
  } finally {
    await subject.close();
  }
}

async function conversationalDeclares({ open }: ConversationalConformanceTarget): Promise<string[]> {
  const subject = await open({ ...SETUP, agent: ECHO_AGENT, reconnects: true });
  try {
    const { provider } = subject;
    return [...(provider.capabilities?.features ?? []), ...(supports(provider, 'close') ? ['close'] : [])];
  } finally {
    await subject.close();
  }
}
