import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTimingMap, type VoiceSegment } from './build-timing-map.ts';
import { framesToMs, msToFrames } from './frames.ts';
import { applyPacing, pacingToSynthesis } from './pacing.ts';
import { cuesFromTimingMap, parseVtt, type SubtitleCue, toSrt, toVtt } from './subtitles.ts';
import type { VoicePacingDirective, VoiceTimingMap } from './timing-map.ts';
import { validateTimingMap } from './validate-timing-map.ts';

const RATES = [23.976, 24, 25, 29.97, 30, 50, 59.94, 60] as const;

const segmentsOf = (lengths: readonly number[]): VoiceSegment[] =>
  lengths.map((durationMs, index) => ({ sceneId: `scene-${index}`, durationMs }));

describe('frames', () => {
  it.each([
    [1000, 30, 30],
    [1001, 30, 31],
    [100, 60, 6],
    [0, 25, 0],
    [1000, 29.97, 30],
  ])('of %d ms at %d fps are %d, enough for all of it', (ms, fps, frames) => expect(msToFrames(ms, fps)).toBe(frames));

  it('round the way that is asked for', () => {
    expect([msToFrames(50, 30, 'floor'), msToFrames(50, 30, 'ceil'), msToFrames(49, 30, 'round')]).toEqual([1, 2, 1]);
  });

  it('do not gain one by the error of a float', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), fc.constantFrom(...RATES), (frames, fps) => {
        expect(msToFrames(framesToMs(frames, fps), fps)).toBe(frames);
        expect(msToFrames(framesToMs(frames, fps), fps, 'floor')).toBe(frames);
      }),
    );
  });

  it.each([
    [-1, 30],
    [Number.NaN, 30],
    [1, 0],
    [1, -25],
    [1, Number.POSITIVE_INFINITY],
  ])('of %d ms at %d fps are refused', (ms, fps) => {
    expect(() => msToFrames(ms, fps)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});

describe('a timing map', () => {
  it('is sound whatever the lengths, silences and rates', () => {
    const length = fc.double({ min: 0, max: 20_000, noNaN: true });
    const segment = fc.record({ durationMs: length, leadingSilenceMs: length, trailingSilenceMs: length });
    fc.assert(
      fc.property(
        fc.array(segment, { maxLength: 30 }),
        fc.constantFrom(...RATES),
        length,
        (segments, fps, paddingMs) => {
          const named = segments.map((one, index) => ({ ...one, sceneId: String(index) }));
          const map = buildTimingMap(named, fps, { paddingMs });
          expect(validateTimingMap(map, { sceneIds: named.map(({ sceneId }) => sceneId) })).toEqual([]);
          const total = named.reduce(
            (sum, one) => sum + one.leadingSilenceMs + one.durationMs + one.trailingSilenceMs + paddingMs,
            0,
          );
          expect(map.totalDurationMs).toBeCloseTo(total, 3);
        },
      ),
    );
  });

  it.each(RATES)('of 10 000 segments at %d fps does not drift by more than one frame', (fps) => {
    const map = buildTimingMap(segmentsOf(Array.from({ length: 10_000 }, (_, index) => 333 + (index % 7) * 41)), fps);
    let atMs = 0;
    for (const { startFrame = Number.NaN, durationMs, durationInFrames } of map.segments) {
      expect(Math.abs(startFrame - (atMs * fps) / 1000)).toBeLessThanOrEqual(1);
      expect(framesToMs(durationInFrames, fps)).toBeGreaterThanOrEqual(durationMs - 1e-6);
      atMs += durationMs;
    }
    expect(map.totalDurationMs).toBeCloseTo(atMs, 3);
  });

  it('with room between scenes lays them end to end without a gap', () => {
    const map = buildTimingMap(segmentsOf([1234, 777, 3001]), 25, { paddingMs: 300 });
    let frame = 0;
    for (const segment of map.segments) {
      expect(segment.startFrame).toBe(frame);
      frame += segment.recommendedSceneDurationInFrames;
    }
    expect(frame).toBe(msToFrames(map.totalDurationMs, 25, 'floor'));
  });

  it('refuses a scene that comes twice', () => {
    expect(() => buildTimingMap([...segmentsOf([1]), ...segmentsOf([1])], 30)).toThrow(/scene-0/);
  });

  it('takes no segments, and segments without length', () => {
    expect(buildTimingMap([], 30)).toEqual({ totalDurationMs: 0, segments: [], fps: 30 });
    expect(buildTimingMap(segmentsOf([0]), 30).segments[0]?.durationInFrames).toBe(0);
  });
});

describe('what is wrong with a timing map', () => {
  const sound = buildTimingMap(
    [
      { sceneId: 'a', durationMs: 1000, wordTimings: [{ word: 'hi', startMs: 0, endMs: 400 }] },
      { sceneId: 'b', durationMs: 500 },
    ],
    30,
  );
  const changed = (index: number, change: object): VoiceTimingMap => ({
    ...sound,
    segments: sound.segments.map((segment, at) => (at === index ? { ...segment, ...change } : segment)),
  });

  it.each<[string, VoiceTimingMap, string]>([
    ['bad_fps', { ...sound, fps: 0 }, '/fps'],
    ['too_few_frames', changed(0, { durationInFrames: 29 }), '/segments/0/durationInFrames'],
    [
      'scene_too_short',
      changed(1, { recommendedSceneDurationInFrames: 1 }),
      '/segments/1/recommendedSceneDurationInFrames',
    ],
    ['total_mismatch', { ...sound, totalDurationMs: 1400 }, '/totalDurationMs'],
    ['start_mismatch', changed(1, { startMs: 900, startFrame: 27 }), '/segments/1/startMs'],
    ['drift', changed(1, { startFrame: 33 }), '/segments/1/startFrame'],
    ['negative_length', changed(1, { durationMs: -1 }), '/segments/1/durationMs'],
    ['repeated_scene', changed(1, { sceneId: 'a' }), '/segments/1/sceneId'],
    [
      'word_outside',
      changed(0, { wordTimings: [{ word: 'hi', startMs: 900, endMs: 1100 }] }),
      '/segments/0/wordTimings/0',
    ],
    [
      'words_out_of_order',
      changed(0, {
        wordTimings: [
          { word: 'b', startMs: 500, endMs: 600 },
          { word: 'a', startMs: 100, endMs: 200 },
        ],
      }),
      '/segments/0/wordTimings/1',
    ],
  ])('is found: %s', (code, map, path) => {
    expect(validateTimingMap(map).map((issue) => [issue.code, issue.path])).toEqual([[code, path]]);
  });

  it('includes scenes that the plan does not have, and those that have no voice', () => {
    expect(validateTimingMap(sound, { sceneIds: ['a', 'c'] }).map(({ code }) => code)).toEqual([
      'unknown_scene',
      'missing_scene',
    ]);
  });
});

describe('pacing', () => {
  const directive: VoicePacingDirective = {
    sceneId: 'a',
    rate: 2,
    emphasis: 'strong',
    tone: 'urgent',
    leadingSilenceMs: 100,
    trailingSilenceMs: 200,
  };
  const segments: VoiceSegment[] = [
    { sceneId: 'a', durationMs: 1000, wordTimings: [{ word: 'hi', startMs: 100, endMs: 300 }] },
    { sceneId: 'b', durationMs: 500 },
  ];

  it('scales what is spoken, not what is silent', () => {
    expect(applyPacing(segments, [directive])).toEqual([
      {
        sceneId: 'a',
        durationMs: 500,
        leadingSilenceMs: 100,
        trailingSilenceMs: 200,
        wordTimings: [{ word: 'hi', startMs: 50, endMs: 150 }],
      },
      { sceneId: 'b', durationMs: 500 },
    ]);
  });

  it('reports a scene that is not there, and a rate that makes no sense', () => {
    expect(() => applyPacing(segments, [{ ...directive, sceneId: 'z' }])).toThrow(/"z"/);
    for (const rate of [0, -1, Number.NaN])
      expect(() => applyPacing(segments, [{ ...directive, rate }])).toThrow(/rate/);
  });

  it('puts the tone into words, and a neutral one into none', () => {
    expect(pacingToSynthesis(directive)).toEqual({
      rate: 2,
      emphasis: 'strong',
      instructions: 'Speak in a tone that is urgent.',
    });
    expect(pacingToSynthesis({ ...directive, tone: 'neutral' })).not.toHaveProperty('instructions');
  });
});

describe('subtitles', () => {
  const cue = fc
    .record({
      startMs: fc.nat({ max: 360_000_000 }),
      length: fc.integer({ min: 1, max: 10_000 }),
      text: fc.string({ unit: 'binary', minLength: 1 }),
    })
    .map(({ startMs, length, text }): SubtitleCue => ({ startMs, endMs: startMs + length, text }));

  it('come back from WebVTT as they were', () => {
    fc.assert(
      fc.property(fc.array(cue), (cues) => {
        const shown = cues
          .map((one) => ({
            ...one,
            text: one.text
              .replaceAll(/\r\n?/g, '\n')
              .replaceAll(/\n{2,}/g, '\n')
              .trim(),
          }))
          .filter(({ text }) => text !== '');
        expect(parseVtt(toVtt(cues))).toEqual(shown);
      }),
    );
  });

  it('are written as players read them', () => {
    const cues = [{ startMs: 3_723_004, endMs: 3_724_500, text: 'A & B\n\n<i>--> C' }];
    expect(toVtt(cues)).toBe('WEBVTT\n\n01:02:03.004 --> 01:02:04.500\nA &amp; B\n&lt;i&gt;--&gt; C\n');
    expect(toSrt(cues)).toBe('1\n01:02:03,004 --> 01:02:04,500\nA & B\n<i>-> C\n');
  });

  it('without text or length are left out', () => {
    expect(
      toVtt([
        { startMs: 0, endMs: 10, text: ' \n' },
        { startMs: 5, endMs: 5, text: 'x' },
      ]),
    ).toBe('WEBVTT\n');
  });

  it('are read with hours left out, settings, notes and tags', () => {
    const vtt = 'WEBVTT\r\n\r\nNOTE hello\r\n\r\n1\r\n00:01.000 --> 00:02.500 align:start\r\n<v Ann>Hi</v>\r\n';
    expect(parseVtt(vtt)).toEqual([{ startMs: 1000, endMs: 2500, text: 'Hi' }]);
  });

  it('are made of the words of a map, in lines that can be read', () => {
    const words = ['one', 'two', 'three'].map((word, index) => ({
      word,
      startMs: index * 100,
      endMs: index * 100 + 90,
    }));
    const map = buildTimingMap([{ sceneId: 'a', durationMs: 300, leadingSilenceMs: 1000, wordTimings: words }], 30);
    expect(cuesFromTimingMap(map, { maxCharacters: 7 })).toEqual([
      { startMs: 1000, endMs: 1190, text: 'one two' },
      { startMs: 1200, endMs: 1290, text: 'three' },
    ]);
  });
});
