import { type ConformanceCase, type ConformanceOutcome, formatReport } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import type { TTSProvider } from '../synthesis/tts-provider.ts';
import { brokenConversationalProviders } from './__fixtures__/broken-conversational-providers.ts';
import { brokenSTTProviders } from './__fixtures__/broken-stt-providers.ts';
import { brokenTTSProviders } from './__fixtures__/broken-tts-providers.ts';
import { inMemoryConversationalTarget, inMemorySTTTarget, inMemoryTTSTarget } from './memory/in-memory-targets.ts';
import {
  checkConversationalProvider,
  checkSTTProvider,
  checkTTSProvider,
  conversationalConformanceCases,
  describeTTSProvider,
  sttConformanceCases,
  ttsConformanceCases,
} from './voice-conformance.ts';

/** A kit takes half a second, and longer on a machine that is busy. */
const LIMIT = { timeout: 60_000 };

const failedIds = (outcomes: readonly ConformanceOutcome[]): string[] =>
  outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id);

interface Broken<Target> {
  readonly fails: string;
  readonly mistake: string;
  readonly target: Target;
}

function prove<Target>(
  title: string,
  kit: {
    readonly cases: readonly ConformanceCase<Target>[];
    readonly honest: () => Target;
    readonly broken: readonly Broken<Target>[];
    readonly check: (target: Target) => Promise<ConformanceOutcome[]>;
  },
): void {
  describe(`the kit for ${title}`, () => {
    it('holds each check once', () => {
      const ids = kit.cases.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('lets an honest provider pass every check', LIMIT, async () => {
      const outcomes = await kit.check(kit.honest());
      expect(formatReport(outcomes.filter(({ status }) => status !== 'passed'))).toBe('0 passed, 0 failed, 0 skipped');
    });

    it('has a broken provider for every check', () => {
      expect(kit.broken.map(({ fails }) => fails).sort()).toEqual(kit.cases.map(({ id }) => id).sort());
    });

    it.each(kit.broken.map(({ fails, mistake, target }) => [fails, mistake, target] as const))(
      '%s alone finds a provider that %s',
      LIMIT,
      async (fails, _mistake, target) => {
        expect(failedIds(await kit.check(target))).toEqual([fails]);
      },
    );
  });
}

prove('speech synthesis', {
  cases: ttsConformanceCases,
  honest: inMemoryTTSTarget,
  broken: brokenTTSProviders,
  check: checkTTSProvider,
});
prove('transcription', {
  cases: sttConformanceCases,
  honest: inMemorySTTTarget,
  broken: brokenSTTProviders,
  check: checkSTTProvider,
});
prove('conversations', {
  cases: conversationalConformanceCases,
  honest: inMemoryConversationalTarget,
  broken: brokenConversationalProviders,
  check: checkConversationalProvider,
});

describe('what a provider does not declare', () => {
  it('is reported as skipped', LIMIT, async () => {
    const target = inMemoryTTSTarget();
    const outcomes = await checkTTSProvider({
      ...target,
      speaksHttp: false,
      open: async (setup) => {
        const subject = await target.open(setup);
        const provider: TTSProvider = {
          capabilities: { features: [], formats: ['wav'] },
          synthesize: (input, options) => subject.provider.synthesize(input, options),
          listVoices: (options) => subject.provider.listVoices(options),
        };
        return { ...subject, provider };
      },
    });
    expect(failedIds(outcomes)).toEqual([]);
    const skipped = outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id);
    expect(skipped).toEqual(['voice.rate', 'voice.4', 'voice.stream', 'voice.5', 'X4', 'X11', 'X16']);
  });
});

describeTTSProvider('InMemoryTTSProvider', inMemoryTTSTarget(), { describe, it });
