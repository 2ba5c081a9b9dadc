import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, it } from 'vitest';
import { buildTimingMap } from '../sync/build-timing-map.ts';
import { toneFixtures } from '../testing/memory/in-memory-targets.ts';
import { InMemorySTTProvider } from '../testing/memory/in-memory-stt-provider.ts';
import { MEMORY_VOICES } from '../testing/memory/memory-voices.ts';
import { ConversationalSessionSummarySchema } from './session-summary-schema.ts';
import { VoicePacingDirectiveSchema, VoiceTimingMapSchema } from './timing-map-schema.ts';
import { STTTranscriptionResultSchema, VoiceSchema } from './voice-schemas.ts';

const problems = (schema: unknown, value: unknown) =>
  validateAgainstSchema<unknown>(schema, JSON.parse(JSON.stringify(value))).problems.map(({ path }) => path);

describe('records that cross a process', () => {
  it('fit their schemas as providers make them', async () => {
    const result = await new InMemorySTTProvider().transcribe({
      audio: toneFixtures().dialogue,
      diarize: true,
      wordTimestamps: true,
      prompt: 'unknown',
    });
    expect(problems(STTTranscriptionResultSchema, result)).toEqual([]);
    for (const voice of MEMORY_VOICES) expect(problems(VoiceSchema, voice)).toEqual([]);
    expect(problems(VoiceTimingMapSchema, buildTimingMap([{ sceneId: 'a', durationMs: 10 }], 29.97))).toEqual([]);
  });

  it.each([
    [
      'a negative time',
      STTTranscriptionResultSchema,
      { text: '', segments: [], language: 'en', durationMs: -1 },
      '/durationMs',
    ],
    [
      'a segment without its end',
      STTTranscriptionResultSchema,
      { text: '', segments: [{ text: '', startMs: 0 }], language: 'en' },
      '/segments/0',
    ],
    ['a rate of no frames', VoiceTimingMapSchema, { totalDurationMs: 0, segments: [], fps: 0 }, '/fps'],
    [
      'half a frame',
      VoiceTimingMapSchema,
      {
        totalDurationMs: 0,
        fps: 1,
        segments: [{ sceneId: 'a', durationMs: 1, durationInFrames: 0.5, recommendedSceneDurationInFrames: 1 }],
      },
      '/segments/0/durationInFrames',
    ],
    [
      'another tone',
      VoicePacingDirectiveSchema,
      { sceneId: 'a', rate: 1, emphasis: 'normal', tone: 'bored', leadingSilenceMs: 0, trailingSilenceMs: 0 },
      '/tone',
    ],
    [
      'a third role',
      ConversationalSessionSummarySchema,
      { sessionId: 's', durationMs: 0, transcript: '', turns: [{ role: 'assistant', text: '', startMs: 0, endMs: 0 }] },
      '/turns/0/role',
    ],
  ])('do not fit with %s', (_what, schema, value, path) => {
    expect(problems(schema, value).some((found) => found.startsWith(path))).toBe(true);
  });
});
