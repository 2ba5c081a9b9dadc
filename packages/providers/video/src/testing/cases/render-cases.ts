import { waitForOperation } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import type { CompositionMeta } from '../../composition/composition.ts';
import { createCompositionRegistry } from '../../composition/create-composition-registry.ts';
import { VIDEO_FORMATS } from '../../model/video-format.ts';
import type { VideoProject } from '../../model/video-project.ts';
import { probeMp4 } from '../../probe/probe-mp4.ts';
import type { RenderConfig, RenderProgress } from '../../render/render-config.ts';
import type { RenderResult } from '../../render/render-result.ts';
import { ABORT_WITHIN_MS, deepFreeze, elapse, rejectionOf, rejectsWith, until, using, within } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { VideoRenderSubject, VideoRenderTarget } from '../conformance-target.ts';

export const COMPOSITION: CompositionMeta = {
  id: 'title',
  displayName: 'Title',
  description: 'A line of text',
  defaultDurationInFrames: 30,
  fps: 30,
  defaultFormat: VIDEO_FORMATS.landscape,
  propsSchema: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
};

export const PROJECT: VideoProject = {
  id: 'project',
  fps: 30,
  format: { type: 'custom', width: 320, height: 180 },
  totalDurationInFrames: 100,
  scenes: [
    {
      id: 'a',
      compositionId: 'title',
      props: { text: 'Hello' },
      durationInFrames: 60,
      transition: { type: 'fade', durationInFrames: 10 },
    },
    { id: 'b', compositionId: 'title', props: { text: 'there' }, durationInFrames: 30 },
  ],
};

/** Checks of what is rendered: `video.1` to `video.9`, and of what every call keeps. */
export const renderCases: readonly ConformanceCase<VideoRenderTarget>[] = [
  {
    id: 'video.1',
    title: 'length, rate, size and codec of the file are those of the result, for each codec of MP4',
    run: (target) =>
      withSubject(target, async (subject) => {
        for (const codec of subject.provider.capabilities?.codecs ?? fail('the provider declares no codecs')) {
          if (codec === 'vp8' || codec === 'vp9' || codec === 'prores') continue;
          const result = await render(subject, target, PROJECT, { codec });
          const file = (await subject.read(result.outputPath)) ?? fail(`there is no file at ${result.outputPath}`);
          checkFile(file, result);
          checkEqual(result.codec, codec, 'codec of the result');
          checkEqual(result.fileSizeBytes, file.byteLength, 'size in bytes');
          check(
            Math.abs(result.durationSeconds - 100 / 30) < 0.05,
            `100 frames at 30 fps gave ${result.durationSeconds} s`,
          );
        }
      }),
  },
  {
    id: 'video.2',
    title: 'a total that the scenes do not come to is reported before anything is rendered',
    run: (target) => refused(target, { ...PROJECT, totalDurationInFrames: 90 }, {}),
  },
  {
    id: 'video.3',
    title: 'unknown compositions and bad props fail in validation and in render()',
    run: async (target) => {
      const [scene] = PROJECT.scenes;
      if (scene === undefined) return;
      const withScene = (change: object): VideoProject => ({
        ...PROJECT,
        scenes: [{ ...scene, ...change }, ...PROJECT.scenes.slice(1)],
      });
      await refused(target, withScene({ compositionId: 'no-such-composition' }), {});
      await refused(target, withScene({ props: { text: 5 } }), {});
      await withSubject(target, async ({ provider }) => {
        const issues = (await provider.validateProject?.(withScene({ props: {} }))) ?? [];
        if (provider.validateProject !== undefined)
          checkEqual(issues.length > 0, true, 'whether validation found bad props');
        checkEqual((await provider.validateProject?.(PROJECT)) ?? [], [], 'issues of a sound project');
      });
    },
  },
  {
    id: 'video.codec',
    title: 'a container that cannot hold the codec is refused',
    run: async (target) => {
      await refused(target, PROJECT, { outputFormat: 'webm', codec: 'h264' });
      await refused(target, PROJECT, { outputFormat: 'gif', codec: 'h264' });
      await refused(target, PROJECT, { outputFormat: 'mp4', codec: 'prores' });
    },
  },
  {
    id: 'video.4',
    title: 'an abort ends the rendering at once, leaves no file and nothing that runs',
    run: (target) =>
      withSubject(target, async (subject) => {
        const stop = new AbortController();
        const running = rejectionOf(
          () => subject.provider.render(PROJECT, { outputPath: target.path }, { signal: stop.signal }),
          'the aborted rendering',
        );
        await until(() => subject.active() > 0, 'the start of the rendering');
        await elapse(subject, 20);
        stop.abort();
        checkEqual((await within(ABORT_WITHIN_MS, running, 'the rejection after an abort')).code, 'aborted', 'code');
        await until(() => subject.active() === 0, 'the end of the rendering');
        await elapse(subject, 500);
        checkEqual(await subject.read(target.path), undefined, 'file that was left behind');
      }),
  },
  {
    id: 'video.5',
    title: 'progress never goes back and ends with all frames',
    run: (target) =>
      withSubject(target, async (subject) => {
        const steps: RenderProgress[] = [];
        await render(subject, target, PROJECT, { onProgress: (step) => steps.push(step) });
        let last = 0;
        for (const { renderedFrames, totalFrames } of steps) {
          check(
            renderedFrames >= last && renderedFrames <= totalFrames,
            `progress went from ${last} to ${renderedFrames}`,
          );
          last = renderedFrames;
        }
        checkEqual(last, steps.at(-1)?.totalFrames ?? -1, 'frames of the last step');
      }),
  },
  {
    id: 'video.8',
    title: 'variants are square and portrait, each with its own file',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { variants = [] } = await render(subject, target, PROJECT, { autoVariants: true });
        const sizes = variants.map(({ dimensions }) => `${dimensions.width}x${dimensions.height}`).sort();
        checkEqual(sizes, ['1080x1080', '1080x1920'], 'sizes of the variants');
        for (const variant of variants) {
          checkFile(
            (await subject.read(variant.outputPath)) ?? fail(`there is no file at ${variant.outputPath}`),
            variant,
          );
        }
      }),
  },
  {
    id: 'video.9',
    title: 'a submitted rendering is picked up by its token in another process, and started once for a key',
    requires: 'submitRender',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const config: RenderConfig = { outputPath: target.path };
        const submit = () => provider.submitRender?.(PROJECT, config, { idempotencyKey: 'key-1' });
        const job = (await submit()) ?? fail('submitRender is declared but missing');
        checkEqual((await submit())?.id, job.id, 'rendering that the same key starts');
        const token: typeof job.resumeToken = JSON.parse(JSON.stringify(job.resumeToken));
        await elapse(subject, 2000);
        const other = subject.another?.() ?? fail('the target opens no second provider');
        const result = await waitForOperation(
          { get: (...call) => other.getRender?.(...call) ?? fail('getRender is missing') },
          token,
          { pollIntervalMs: 1, timeoutMs: 5000 },
        );
        checkFile((await subject.read(result.outputPath)) ?? fail('there is no file'), result);
        await rejectsWith(
          async () => other.getRender?.('no-such-rendering'),
          ['not_found', 'invalid_request'],
          'a foreign token',
        );
      }),
  },
  {
    id: 'video.bytes',
    title: 'a video that is asked for as bytes comes as bytes, and no file is written',
    run: (target) =>
      withSubject(target, async (subject) => {
        const result = await render(subject, target, PROJECT, { output: { kind: 'bytes' } });
        checkFile(result.data ?? fail('no bytes came'), result);
        checkEqual(await subject.read(target.path), undefined, 'file at the path');
      }),
  },
  {
    id: 'X1',
    title: 'a signal aborted beforehand rejects with "aborted" and renders nothing',
    run: (target) =>
      withSubject(target, async (subject) => {
        const call = () =>
          subject.provider.render(PROJECT, { outputPath: target.path }, { signal: AbortSignal.abort() });
        await rejectsWith(call, ['aborted'], 'render()');
        await elapse(subject, 500);
        checkEqual(await subject.read(target.path), undefined, 'file');
      }),
  },
  {
    id: 'X8',
    title: 'inputs are left as they are',
    run: (target) =>
      withSubject(target, async (subject) => {
        const project = deepFreeze(structuredClone(PROJECT));
        const result = await render(subject, target, project, Object.freeze({}));
        checkEqual(result.frameCount ?? project.totalDurationInFrames, project.totalDurationInFrames, 'frames');
      }),
  },
  {
    id: 'X16',
    title: 'closing twice is fine, and use after it is a clear error',
    requires: 'close',
    run: (target) =>
      withSubject(target, async (subject) => {
        await subject.provider.close?.();
        await subject.provider.close?.();
        await rejectsWith(() => render(subject, target, PROJECT, {}), ['invalid_request'], 'render()');
      }),
  },
];

function withSubject(target: VideoRenderTarget, run: (subject: VideoRenderSubject) => Promise<void>): Promise<void> {
  return using(target.open(createCompositionRegistry([COMPOSITION])), run);
}

/** Renders while time goes by. */
async function render(
  subject: VideoRenderSubject,
  { path }: VideoRenderTarget,
  project: VideoProject,
  config: Partial<RenderConfig>,
): Promise<RenderResult> {
  const running = subject.provider.render(project, { outputPath: path, ...config });
  const [result] = await Promise.all([running, elapse(subject, subject.advance === undefined ? 0 : 5000)]);
  return result;
}

async function refused(target: VideoRenderTarget, project: VideoProject, config: Partial<RenderConfig>): Promise<void> {
  await withSubject(target, async (subject) => {
    const running = rejectionOf(() => render(subject, target, project, config), 'what cannot be rendered');
    const { code } = await within(6000, running, 'the refusal');
    check(['invalid_request', 'unsupported'].includes(code), `expected a refusal, got code "${code}"`);
    checkEqual(await subject.read(target.path), undefined, 'file that was rendered');
  });
}

function checkFile(file: Uint8Array, { dimensions, durationSeconds, codec, fps = PROJECT.fps }: RenderResult): void {
  const facts = probeMp4(file) ?? fail('the file is no MP4 video');
  checkEqual({ width: facts.width, height: facts.height }, dimensions, 'size of the frame');
  check(
    Math.abs(facts.durationSeconds - durationSeconds) < 1 / fps,
    `the file has ${facts.durationSeconds} s, the result ${durationSeconds}`,
  );
  check(Math.abs(facts.fps - fps) < 0.1, `the file has ${facts.fps} fps, the result ${fps}`);
  checkEqual(facts.codec, codec, 'codec of the file');
}
