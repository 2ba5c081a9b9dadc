import { validateAgainstSchema } from '@mortise/core/schema';
import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import { createCompositionRegistry } from './composition/create-composition-registry.ts';
import { VIDEO_FORMATS } from './model/video-format.ts';
import { CompositionMetaSchema, VideoProjectSchema } from './schema/video-schemas.ts';
import { seedCompat } from './seed-compat.ts';
import { COMPOSITION, PROJECT } from './testing/cases/render-cases.ts';
import { InMemoryVideoProvider } from './testing/memory/in-memory-video-provider.ts';
import type { VideoProvider } from './video-provider.ts';

const clock = new FakeClock();
const honest = new InMemoryVideoProvider({
  compositions: createCompositionRegistry([COMPOSITION]),
  sleep: clock.sleep,
});
const least: VideoProvider = { render: (project, config, options) => honest.render(project, config, options) };

describe('complete', () => {
  it('validates by what holds for every renderer where the provider cannot', async () => {
    const provider = complete(least);
    expect(await provider.validateProject(PROJECT)).toEqual([]);
    const config = { outputPath: 'a', crf: 99 };
    expect((await provider.validateProject({ ...PROJECT, fps: 0 }, config)).map(({ code }) => code)).toEqual([
      'bad_fps',
      'bad_quality',
    ]);
  });

  it('uses what the provider has', async () => {
    const provider = complete(honest);
    const still = await provider.renderStill('title', {}, 0, VIDEO_FORMATS.square);
    expect(new TextDecoder().decode(still)).toContain('width="1080"');
    await expect(provider.renderStill('none', {}, 0, VIDEO_FORMATS.square)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(provider.renderStill('title', {}, -1, VIDEO_FORMATS.square)).rejects.toMatchObject({ field: 'frame' });
    const job = await provider.submitRender(PROJECT, { outputPath: '/b.mp4' });
    expect((await provider.cancelRender(job.resumeToken)).status).toBe('canceled');
    await clock.advance(5000);
    expect((await provider.getRender(job.resumeToken)).status).toBe('canceled');
    expect(honest.files.has('/b.mp4')).toBe(false);
  });

  it('says what cannot be composed', async () => {
    const provider = complete(least);
    for (const call of [
      () => provider.renderStill('title', {}, 0, VIDEO_FORMATS.square),
      () => provider.submitRender(PROJECT, { outputPath: 'a' }),
      () => provider.getRender('token'),
      () => provider.cancelRender('token'),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'unsupported' });
    }
    await expect(provider.close()).resolves.toBeUndefined();
  });
});

describe('seedCompat', () => {
  const result = {
    outputPath: 'a',
    format: 'mp4',
    codec: 'h264',
    durationSeconds: 1,
    fileSizeBytes: 1,
    dimensions: { width: 2, height: 2 },
  } as const;

  it('passes on what had a name, variants too', async () => {
    const provider = seedCompat({ render: async () => ({ ...result, variants: [{ ...result, codec: 'vp9' }] }) });
    expect((await provider.render(PROJECT, { outputPath: 'a' })).variants?.[0]?.codec).toBe('vp9');
  });

  it.each(['av1', 'prores'] as const)('refuses %s, which had none', async (codec) => {
    for (const render of [
      { ...result, codec },
      { ...result, variants: [{ ...result, codec }] },
    ]) {
      const provider = seedCompat({ render: async () => render });
      await expect(provider.render(PROJECT, { outputPath: 'a' })).rejects.toMatchObject({ field: 'codec' });
    }
  });
});

describe('records that cross a process', () => {
  const isProject = (value: unknown) => validateAgainstSchema<unknown>(VideoProjectSchema, value).valid;

  it('fit their schemas', () => {
    expect(isProject(JSON.parse(JSON.stringify(PROJECT)))).toBe(true);
    expect(validateAgainstSchema<unknown>(CompositionMetaSchema, COMPOSITION).valid).toBe(true);
  });

  it.each([
    ['half a frame', { totalDurationInFrames: 1.5 }],
    ['a landscape of another size', { format: { type: 'landscape', width: 640, height: 360 } }],
    ['a moment that is none', { metadata: { createdAt: 'yesterday' } }],
    ['a rate of no frames', { fps: 0 }],
  ])('do not fit with %s', (_what, change) => expect(isProject({ ...PROJECT, ...change })).toBe(false));
});
