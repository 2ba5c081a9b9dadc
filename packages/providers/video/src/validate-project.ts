import { validateAgainstSchema } from '@mortise/core/schema';
import type { CompositionRegistry } from './composition/composition.ts';
import type { AudioTrack } from './model/audio-track.ts';
import type { VideoProject } from './model/video-project.ts';
import { containerTakesCodec } from './render/container-codecs.ts';
import type { RenderConfig } from './render/render-config.ts';

export type ProjectIssueCode =
  | 'no_scenes'
  | 'repeated_scene'
  | 'bad_duration'
  | 'total_mismatch'
  | 'transition_at_end'
  | 'bad_fps'
  | 'bad_size'
  | 'unknown_composition'
  | 'bad_props'
  | 'bad_audio'
  | 'bad_subtitles'
  | 'voice_mismatch'
  | 'codec_mismatch'
  | 'bad_quality'
  | 'bad_range';

/** One thing that keeps a project from being rendered as it says. */
export interface ProjectIssue {
  readonly code: ProjectIssueCode;
  /** JSON Pointer into the project, or into the config behind `/config`. */
  readonly path: string;
  readonly message: string;
}

export interface ValidateProjectOptions {
  /** Absent: compositions and props are not looked up. */
  readonly compositions?: Pick<CompositionRegistry, 'get'>;
  readonly config?: RenderConfig;
}

/** Everything that is wrong with a project, before a frame is rendered; empty when nothing is. */
export function validateProject(project: VideoProject, options: ValidateProjectOptions = {}): ProjectIssue[] {
  return [
    ...frameIssues(project),
    ...sceneIssues(project, options),
    ...durationIssues(project),
    ...soundIssues(project),
    ...voiceIssues(project),
    ...(options.config === undefined ? [] : configIssues(project, options.config)),
  ];
}

/** Frames that the scenes and the passages between them come to. */
export function countFrames({ scenes }: Pick<VideoProject, 'scenes'>): number {
  return scenes.reduce((sum, { durationInFrames, transition }) => sum + durationInFrames + passage(transition), 0);
}

function passage(transition: VideoProject['scenes'][number]['transition']): number {
  return transition === undefined || transition.type === 'none' ? 0 : transition.durationInFrames;
}

function* frameIssues({ fps, format }: VideoProject): Iterable<ProjectIssue> {
  if (!(fps > 0) || !Number.isFinite(fps)) {
    yield { code: 'bad_fps', path: '/fps', message: `expected frames per second above 0, got ${fps}` };
  }
  for (const side of ['width', 'height'] as const) {
    const pixels = format[side];
    if (Number.isInteger(pixels) && pixels > 0 && pixels % 2 === 0) continue;
    const message = `expected an even number of pixels above 0, as 4:2:0 video needs, got ${pixels}`;
    yield { code: 'bad_size', path: `/format/${side}`, message };
  }
}

function* sceneIssues({ scenes }: VideoProject, { compositions }: ValidateProjectOptions): Iterable<ProjectIssue> {
  if (scenes.length === 0) yield { code: 'no_scenes', path: '/scenes', message: 'there is nothing to render' };
  const seen = new Set<string>();
  for (const [index, { id, compositionId, props, durationInFrames, transition }] of scenes.entries()) {
    const path = `/scenes/${index}`;
    if (seen.has(id)) yield { code: 'repeated_scene', path: `${path}/id`, message: `the scene "${id}" came before` };
    seen.add(id);
    if (!Number.isInteger(durationInFrames) || durationInFrames <= 0) {
      const message = `expected whole frames above 0, got ${durationInFrames}`;
      yield { code: 'bad_duration', path: `${path}/durationInFrames`, message };
    }
    if (passage(transition) > 0 && index === scenes.length - 1) {
      yield {
        code: 'transition_at_end',
        path: `${path}/transition`,
        message: 'no scene follows that it could lead to',
      };
    }
    if (compositions === undefined) continue;
    const meta = compositions.get(compositionId);
    if (meta === undefined) {
      const message = `no composition is called "${compositionId}"`;
      yield { code: 'unknown_composition', path: `${path}/compositionId`, message };
    } else if (meta.propsSchema !== undefined) {
      for (const problem of validateAgainstSchema<unknown>(meta.propsSchema, props).problems) {
        yield { code: 'bad_props', path: `${path}/props${problem.path}`, message: problem.message };
      }
    }
  }
}

function* durationIssues(project: VideoProject): Iterable<ProjectIssue> {
  const frames = countFrames(project);
  if (project.totalDurationInFrames === frames) return;
  const message = `scenes and passages come to ${frames} frames, the project states ${project.totalDurationInFrames}`;
  yield { code: 'total_mismatch', path: '/totalDurationInFrames', message };
}

function* soundIssues({ audio = {}, subtitles }: VideoProject): Iterable<ProjectIssue> {
  for (const name of ['narration', 'backgroundMusic'] as const) {
    const message = audio[name] === undefined ? undefined : faultOfTrack(audio[name]);
    if (message !== undefined) yield { code: 'bad_audio', path: `/audio/${name}`, message };
  }
  if (subtitles !== undefined && !/^\uFEFF?WEBVTT(?:[ \t\n\r]|$)/.test(subtitles)) {
    yield { code: 'bad_subtitles', path: '/subtitles', message: 'expected a WebVTT file, which begins with WEBVTT' };
  }
}

function faultOfTrack({ data, src, volume = 1, durationSeconds }: AudioTrack): string | undefined {
  if ((data === undefined) === (src === undefined)) return 'expected either data or src';
  if (!(volume >= 0 && volume <= 1)) return `expected a volume from 0 to 1, got ${volume}`;
  return durationSeconds > 0 ? undefined : `expected a length above 0 seconds, got ${durationSeconds}`;
}

/** A voice must be of a scene, counted at the rate of the project, and fit into its scene. */
function* voiceIssues({ voiceTimingMap, scenes, fps }: VideoProject): Iterable<ProjectIssue> {
  if (voiceTimingMap === undefined) return;
  const path = '/voiceTimingMap';
  if (voiceTimingMap.fps !== fps) {
    const message = `frames are counted at ${voiceTimingMap.fps} fps, the project has ${fps}`;
    yield { code: 'voice_mismatch', path: `${path}/fps`, message };
  }
  for (const [index, { sceneId, durationInFrames }] of voiceTimingMap.segments.entries()) {
    const scene = scenes.find(({ id }) => id === sceneId);
    if (scene !== undefined && scene.durationInFrames >= durationInFrames) continue;
    const message =
      scene === undefined
        ? `no scene is called "${sceneId}"`
        : `the voice of "${sceneId}" has ${durationInFrames} frames, its scene ${scene.durationInFrames}`;
    yield { code: 'voice_mismatch', path: `${path}/segments/${index}`, message };
  }
}

function* configIssues(project: VideoProject, config: RenderConfig): Iterable<ProjectIssue> {
  const { codec, outputFormat = 'mp4', crf, frameRange } = config;
  if (!containerTakesCodec(outputFormat, codec)) {
    yield { code: 'codec_mismatch', path: '/config/codec', message: `${outputFormat} does not hold ${String(codec)}` };
  }
  if (crf !== undefined && !(Number.isInteger(crf) && crf >= 0 && crf <= 63)) {
    yield { code: 'bad_quality', path: '/config/crf', message: `expected a whole number from 0 to 63, got ${crf}` };
  }
  if (frameRange === undefined) return;
  const { first, last } = frameRange;
  const isWhole = Number.isInteger(first) && Number.isInteger(last);
  if (isWhole && first >= 0 && last >= first && last < project.totalDurationInFrames) return;
  const message = `expected frames from 0 to ${project.totalDurationInFrames - 1}, got ${first} to ${last}`;
  yield { code: 'bad_range', path: '/config/frameRange', message };
}
