import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCompositionRegistry } from './composition/create-composition-registry.ts';
import { VIDEO_FORMATS } from './model/video-format.ts';
import type { VideoProject } from './model/video-project.ts';
import { containerTakesCodec } from './render/container-codecs.ts';
import { COMPOSITION, PROJECT } from './testing/cases/render-cases.ts';
import { countFrames, validateProject, type ValidateProjectOptions } from './validate-project.ts';

const compositions = createCompositionRegistry([COMPOSITION]);
const found = (project: VideoProject, options: ValidateProjectOptions = { compositions }) =>
  validateProject(project, options).map(({ code, path }) => [code, path]);
const inScene = (index: number, change: object): VideoProject => ({
  ...PROJECT,
  scenes: PROJECT.scenes.map((scene, at) => (at === index ? { ...scene, ...change } : scene)),
});
const track = { src: 'https://e.example/a.mp3', format: 'mp3', durationSeconds: 3 } as const;
const voice = { sceneId: 'a', durationMs: 1000, durationInFrames: 30, recommendedSceneDurationInFrames: 40 };

describe('a project', () => {
  it('that is sound has no issues, with sound, subtitles and voice', () => {
    const full: VideoProject = {
      ...PROJECT,
      audio: { narration: track, backgroundMusic: { ...track, volume: 0 } },
      subtitles: 'WEBVTT\n',
      voiceTimingMap: { fps: 30, totalDurationMs: 1000, segments: [voice] },
    };
    expect(found(full, { compositions, config: { outputPath: 'a.mp4', codec: 'h265', crf: 0 } })).toEqual([]);
  });

  it('has as many frames as its scenes and the passages between them', () => {
    const frames = fc.integer({ min: 1, max: 500 });
    const scene = fc.record({ frames, passage: fc.nat({ max: 50 }), type: fc.constantFrom('fade', 'none') });
    fc.assert(
      fc.property(fc.array(scene, { minLength: 1, maxLength: 10 }), (parts) => {
        const scenes = parts.map((part, index) => ({
          id: String(index),
          compositionId: 'title',
          props: { text: 'a' },
          durationInFrames: part.frames,
          ...(index < parts.length - 1 ? { transition: { type: part.type, durationInFrames: part.passage } } : {}),
        }));
        const total = parts.reduce(
          (sum, part, index) =>
            sum + part.frames + (part.type === 'fade' && index < parts.length - 1 ? part.passage : 0),
          0,
        );
        expect(countFrames({ scenes })).toBe(total);
        expect(found({ ...PROJECT, scenes, totalDurationInFrames: total })).toEqual([]);
        expect(found({ ...PROJECT, scenes, totalDurationInFrames: total + 1 })).toEqual([
          ['total_mismatch', '/totalDurationInFrames'],
        ]);
      }),
    );
  });

  it.each<[string, VideoProject, string]>([
    ['bad_fps', { ...PROJECT, fps: 0 }, '/fps'],
    ['bad_size', { ...PROJECT, format: { type: 'custom', width: 321, height: 180 } }, '/format/width'],
    ['bad_size', { ...PROJECT, format: { type: 'custom', width: 320, height: -2 } }, '/format/height'],
    ['no_scenes', { ...PROJECT, scenes: [], totalDurationInFrames: 0 }, '/scenes'],
    ['repeated_scene', inScene(1, { id: 'a' }), '/scenes/1/id'],
    ['unknown_composition', inScene(0, { compositionId: 'x' }), '/scenes/0/compositionId'],
    ['bad_props', inScene(0, { props: { text: 1 } }), '/scenes/0/props/text'],
    [
      'transition_at_end',
      { ...inScene(1, { transition: { type: 'wipe', durationInFrames: 5 } }), totalDurationInFrames: 105 },
      '/scenes/1/transition',
    ],
    ['bad_audio', { ...PROJECT, audio: { narration: { ...track, volume: 2 } } }, '/audio/narration'],
    ['bad_audio', { ...PROJECT, audio: { narration: { format: 'mp3', durationSeconds: 1 } } }, '/audio/narration'],
    [
      'bad_audio',
      { ...PROJECT, audio: { backgroundMusic: { ...track, durationSeconds: 0 } } },
      '/audio/backgroundMusic',
    ],
    ['bad_subtitles', { ...PROJECT, subtitles: '1\n00:00' }, '/subtitles'],
    [
      'voice_mismatch',
      { ...PROJECT, voiceTimingMap: { fps: 25, totalDurationMs: 1, segments: [] } },
      '/voiceTimingMap/fps',
    ],
    [
      'voice_mismatch',
      { ...PROJECT, voiceTimingMap: { fps: 30, totalDurationMs: 1, segments: [{ ...voice, sceneId: 'z' }] } },
      '/voiceTimingMap/segments/0',
    ],
    [
      'voice_mismatch',
      { ...PROJECT, voiceTimingMap: { fps: 30, totalDurationMs: 1, segments: [{ ...voice, durationInFrames: 61 }] } },
      '/voiceTimingMap/segments/0',
    ],
  ])('is told of %s', (code, project, path) => expect(found(project)).toEqual([[code, path]]));

  it('is told of scenes without whole frames', () => {
    expect(found({ ...inScene(0, { durationInFrames: 1.5 }), totalDurationInFrames: 41.5 })).toEqual([
      ['bad_duration', '/scenes/0/durationInFrames'],
    ]);
  });

  it.each([
    ['codec_mismatch', { outputFormat: 'webm', codec: 'h264' }, '/config/codec'],
    ['bad_quality', { crf: 64 }, '/config/crf'],
    ['bad_range', { frameRange: { first: 5, last: 4 } }, '/config/frameRange'],
    ['bad_range', { frameRange: { first: 0, last: 100 } }, '/config/frameRange'],
  ] as const)('is told of %s in the config', (code, config, path) => {
    expect(found(PROJECT, { config: { outputPath: 'a', ...config } })).toEqual([[code, path]]);
  });

  it('is checked without compositions where nobody knows them', () => {
    expect(found(inScene(0, { compositionId: 'x' }), {})).toEqual([]);
  });
});

describe('containers', () => {
  it('hold what players expect of them', () => {
    expect(containerTakesCodec('mp4', 'h264')).toBe(true);
    expect(containerTakesCodec('webm', 'vp9')).toBe(true);
    expect(containerTakesCodec('gif', undefined)).toBe(true);
    expect(containerTakesCodec('gif', 'h264')).toBe(false);
    expect(containerTakesCodec('mp4', 'vp8')).toBe(false);
  });
});

describe('the registry of compositions', () => {
  it('gives copies, by id and by label', () => {
    const registry = createCompositionRegistry([COMPOSITION, { ...COMPOSITION, id: 'end', tags: ['outro'] }]);
    const got = registry.get('title');
    if (got !== undefined) got.displayName = 'changed';
    expect(registry.get('title')).toEqual(COMPOSITION);
    expect(registry.get('none')).toBeUndefined();
    expect(registry.list().map(({ id }) => id)).toEqual(['title', 'end']);
    expect(registry.listByTag('outro').map(({ id }) => id)).toEqual(['end']);
  });

  it('takes an id once', () => {
    const registry = createCompositionRegistry([COMPOSITION]);
    expect(() => registry.register(COMPOSITION)).toThrow(expect.objectContaining({ code: 'conflict' }));
  });

  it('has the shapes that have a name', () => {
    expect(VIDEO_FORMATS.portrait).toEqual({ type: 'portrait', width: 1080, height: 1920 });
    expect(Object.isFrozen(VIDEO_FORMATS.square)).toBe(true);
  });
});
