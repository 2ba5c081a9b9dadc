import { type IntegrationWarning, waitForOperation } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import { parseAspectRatio } from '../../image/fit-size.ts';
import { inspectImage } from '../../image/inspect-image.ts';
import type { ImageProvider } from '../../image-provider.ts';
import type { ImageFeature } from '../../model/capabilities.ts';
import type { ImageGenerationInput } from '../../model/generation-input.ts';
import type { ImageFormat } from '../../model/image-format.ts';
import { encodePng } from '../memory/png.ts';
import { paint } from '../memory/paint.ts';
import { deepFreeze, drain, itemsOf, rejectionOf, rejectsWith, SETUP, until, using, warnsOf } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { ImageConformanceTarget, ImageSubject } from '../conformance-target.ts';

const PROMPT = 'a lighthouse at dusk';
const EVERY_FORMAT: readonly ImageFormat[] = ['png', 'jpg', 'webp', 'svg', 'avif', 'gif'];

/** Wishes that a provider must fulfil, refuse or warn of, by the feature that they need. */
const WISHES: readonly (readonly [ImageFeature, Partial<ImageGenerationInput>])[] = [
  ['negative-prompt', { negativePrompt: 'rain' }],
  ['style', { style: 'flat-design' }],
  ['guidance', { guidanceScale: 7 }],
  ['quality', { quality: 'high' }],
  ['transparency', { background: 'transparent' }],
];

/** Checks of the pictures that are made: `image.1` to `image.8`, and of what every method keeps. */
export const imageCases: readonly ConformanceCase<ImageConformanceTarget>[] = [
  {
    id: 'image.1',
    title: 'the bytes are of the format and the size that the result states',
    run: (target) =>
      withProvider(target, async (provider) => {
        for (const format of provider.capabilities?.formats ?? fail('the provider declares no formats')) {
          const { images } = await provider.generate(wish(target, { format }));
          for (const image of images) {
            const facts = inspectImage(image.data);
            checkEqual(image.format, format, 'format of the result');
            checkEqual(facts?.format, format, `format of the bytes when ${format} was asked for`);
            if (facts?.dimensions !== undefined) checkEqual(image.dimensions, facts.dimensions, 'stated size');
          }
        }
      }),
  },
  {
    id: 'image.2',
    title: 'n pictures are n pictures, or fewer and a warning, also beyond what one request makes',
    run: (target) =>
      withProvider(target, async (provider) => {
        for (const numVariants of [1, 3, (provider.capabilities?.maxImagesPerRequest ?? 1) + 1]) {
          const { images, warnings } = await provider.generate(wish(target, { numVariants }));
          check(
            images.length === numVariants || (images.length < numVariants && warnsOf(warnings, 'numVariants')),
            `${numVariants} pictures were asked for and ${images.length} came`,
          );
        }
      }),
  },
  {
    id: 'image.3',
    title: 'the same seed gives the same bytes, another seed gives others',
    requires: 'seed',
    run: (target) =>
      withProvider(target, async (provider) => {
        const bytes = async (seed: number) => [
          ...((await provider.generate(wish(target, { seed }))).images[0]?.data ?? []),
        ];
        checkEqual(await bytes(7), await bytes(7), 'pictures of the same seed');
        check(String(await bytes(7)) !== String(await bytes(8)), 'another seed gave the same picture');
      }),
  },
  {
    id: 'image.4',
    title: 'a size that cannot be made becomes the nearest one with a warning, or is refused where "strict"',
    requires: 'odd-size',
    run: (target) =>
      withProvider(target, async (provider) => {
        const dimensions = target.oddSize ?? fail('the target has no odd size');
        const { images, warnings } = await provider.generate(wish(target, { dimensions }));
        const made = images[0]?.dimensions ?? fail('no picture came');
        const isAsked = made.width === dimensions.width && made.height === dimensions.height;
        check(isAsked || warnsOf(warnings, 'dimensions'), `${made.width}x${made.height} came without a warning`);
        await rejectsWith(
          () => provider.generate(wish(target, { dimensions, strict: true })),
          ['unsupported'],
          '"strict"',
        );
      }),
  },
  {
    id: 'image.ratio',
    title: 'a ratio wins over that of the dimensions',
    requires: 'aspect-ratio',
    run: (target) =>
      withProvider(target, async (provider) => {
        const { images, warnings } = await provider.generate(wish(target, { aspectRatio: '3:2' }));
        const { width, height } = images[0]?.dimensions ?? fail('no picture came');
        const isRight = Math.abs(width / height / parseAspectRatio('3:2') - 1) < 0.05;
        check(isRight || warnsOf(warnings, 'aspectRatio'), `3:2 was asked for and ${width}x${height} came`);
      }),
  },
  {
    id: 'image.5',
    title: 'a refused prompt is "content_filtered", and one picture that is held back is marked among the others',
    requires: 'filter',
    run: async (target) => {
      await using(target.open({ ...SETUP, refusedWord: 'lighthouse' }), async ({ provider }) => {
        const error = await rejectionOf(() => provider.generate(wish(target, {})), 'a refused prompt');
        checkEqual([error.code, error.retry], ['content_filtered', 'never'], 'code and advice');
      });
      await using(target.open({ ...SETUP, heldBack: 2 }), async ({ provider }) => {
        const { images } = await provider.generate(wish(target, { numVariants: 4 }));
        const marks = images.map(({ filtered }) => filtered !== undefined);
        checkEqual(marks, [false, false, true, false], 'marks of four pictures of which the third was held back');
      });
    },
  },
  {
    id: 'image.6',
    title: 'a mask of another size is refused by name',
    requires: 'edit',
    run: (target) =>
      withProvider(target, async (provider) => {
        const picture = await pictureOf(provider, target);
        const { width, height } = target.size;
        const mask = await encodePng(paint('a mask', 1, { width: width + 8, height }, true));
        const edited = await provider.edit?.(picture, picture, 'with a ship');
        checkEqual(
          inspectImage(edited?.data ?? new Uint8Array(0))?.dimensions,
          inspectImage(picture)?.dimensions,
          'size',
        );
        const error = await rejectionOf(
          async () => provider.edit?.(picture, mask, 'with a ship'),
          'a mask of another size',
        );
        checkEqual([error.code, error.field], ['invalid_request', 'mask'], 'code and field');
      }),
  },
  {
    id: 'image.7',
    title: 'a transparent background has an alpha channel',
    requires: 'transparency',
    run: (target) =>
      withProvider(target, async (provider) => {
        const { images } = await provider.generate(wish(target, { background: 'transparent' }));
        checkEqual(inspectImage(images[0]?.data ?? new Uint8Array(0))?.hasAlpha, true, 'alpha channel');
      }),
  },
  {
    id: 'image.8',
    title: 'what is not declared is refused or warned of: formats refused, other wishes by name',
    run: (target) =>
      withProvider(target, async (provider) => {
        const { formats, features } = provider.capabilities ?? fail('the provider declares no capabilities');
        const unknown = EVERY_FORMAT.find((format) => !formats.includes(format));
        if (unknown !== undefined) {
          await rejectsWith(() => provider.generate(wish(target, { format: unknown })), ['unsupported'], unknown);
        }
        for (const [feature, input] of WISHES) {
          if (features.includes(feature)) continue;
          const field = Object.keys(input)[0] ?? '';
          const warnings = await warningsOrRefusal(provider, wish(target, input));
          check(warnings === 'refused' || warnsOf(warnings, field), `"${field}" was dropped without a word`);
        }
      }),
  },
  {
    id: 'image.upscale',
    title: 'enlarging by a factor gives a picture so much larger',
    requires: 'upscale',
    run: (target) =>
      withProvider(target, async (provider) => {
        const picture = await pictureOf(provider, target);
        const { data, dimensions } = (await provider.upscale?.(picture, 2)) ?? fail('upscale is declared but missing');
        const before = inspectImage(picture)?.dimensions ?? fail('the picture has no size');
        checkEqual(dimensions, { width: before.width * 2, height: before.height * 2 }, 'size after a factor of 2');
        checkEqual(inspectImage(data)?.dimensions, dimensions, 'size of the bytes');
      }),
  },
  {
    id: 'image.stream',
    title: 'a stream ends with one "final"; leaving it early closes it, and a second iteration throws',
    requires: 'generateStream',
    run: (target) =>
      using(target.open(SETUP), async ({ provider, openRequests }) => {
        const open = () =>
          provider.generateStream?.(wish(target, { numVariants: 2 })) ?? fail('generateStream is missing');
        const parts = await itemsOf(open(), 'the stream');
        checkEqual(parts.filter(({ type }) => type === 'final').length, 1, 'number of "final" parts');
        checkEqual(parts.at(-1)?.type, 'final', 'last part');
        const left = open();
        for await (const part of left) if (part.type !== 'final') break;
        await until(() => openRequests() === 0, 'the end of the stream that was left');
        const { error } = await drain(left).catch((reason: unknown) => ({ error: reason }));
        check(error !== undefined, 'a second iteration gave no error');
      }),
  },
  {
    id: 'image.9',
    title: 'canceling ends a job at the service',
    requires: 'jobs',
    run: (target) =>
      using(target.open(SETUP), async ({ provider: { jobs } }) => {
        const job = (await jobs?.start(wish(target, {}))) ?? fail('jobs are declared but missing');
        await jobs?.cancel?.(job.resumeToken);
        const status = (await jobs?.get(job.resumeToken))?.status ?? fail('the job is gone');
        check(status === 'canceled' || status === 'succeeded', `the canceled job is "${status}" at the service`);
        checkEqual((await jobs?.cancel?.(job.resumeToken))?.status, status, 'status after a second cancel');
      }),
  },
  {
    id: 'image.10',
    title: 'a job is picked up by its token in another process, the token having been through JSON',
    requires: 'jobs',
    run: (target) =>
      using(target.open(SETUP), async (subject) => {
        const job = (await subject.provider.jobs?.start(wish(target, {}))) ?? fail('jobs are declared but missing');
        const token: typeof job.resumeToken = JSON.parse(JSON.stringify(job.resumeToken));
        const result = await waitForOperation(anotherOf(subject), token, { pollIntervalMs: 1, timeoutMs: 5000 });
        checkEqual(inspectImage(result.images[0]?.data ?? new Uint8Array(0))?.dimensions, target.size, 'size');
        await rejectsWith(
          () => anotherOf(subject).get('no-such-job'),
          ['not_found', 'invalid_request'],
          'a foreign token',
        );
      }),
  },
  {
    id: 'image.11',
    title: 'a delivery names the job that polling knows; forged and altered ones are refused',
    requires: 'webhooks',
    run: (target) =>
      using(target.open(SETUP), async ({ provider, delivery }) => {
        const { jobs, webhooks } = provider;
        if (jobs === undefined || webhooks === undefined) fail('jobs and webhooks are declared but missing');
        const job = await jobs.start(wish(target, {}));
        const sent = (await delivery?.(job.id)) ?? fail('the target makes no deliveries');
        checkEqual(await webhooks.verifyWebhook(sent), true, 'verdict on a genuine delivery');
        const event = await webhooks.parseWebhook(sent);
        checkEqual(event.operationId, job.id, 'job that the delivery names');
        const { status } = await jobs.get(job.resumeToken);
        checkEqual(event.type, status === 'succeeded' ? 'job.succeeded' : 'job.failed', 'what the delivery says');
        checkEqual(await webhooks.verifyWebhook({ ...sent, headers: {} }), false, 'verdict on one without headers');
        const altered = `${typeof sent.rawBody === 'string' ? sent.rawBody : new TextDecoder().decode(sent.rawBody)} `;
        checkEqual(await webhooks.verifyWebhook({ ...sent, rawBody: altered }), false, 'verdict on an altered one');
        const parsedBody = { job: 'job-of-somebody-else' };
        checkEqual(
          (await webhooks.parseWebhook({ ...sent, parsedBody })).operationId,
          job.id,
          'job, whatever is passed beside',
        );
      }),
  },
  {
    id: 'X5',
    title: 'each wish reaches the service, or is warned of or refused',
    run: async (target) => {
      const wishes: Partial<ImageGenerationInput> = {
        model: 'model-of-the-check',
        seed: 918_273,
        guidanceScale: 6.125,
        negativePrompt: 'fog of the check',
        style: '3d-render',
      };
      for (const [field, value] of Object.entries(wishes)) {
        await using(target.open(SETUP), async ({ provider, requests }) => {
          const warnings = await warningsOrRefusal(provider, wish(target, { [field]: value }));
          const isSent = requests().some(({ text }) => text.includes(JSON.stringify(value)));
          check(isSent || warnings === 'refused' || warnsOf(warnings, field), `"${field}" was dropped without a word`);
        });
      }
    },
  },
  {
    id: 'X8',
    title: 'inputs are left as they are',
    run: (target) =>
      withProvider(target, async (provider) => {
        const { images } = await provider.generate(deepFreeze({ ...wish(target, {}), metadata: { label: 'a' } }));
        checkEqual(images.length, 1, 'number of pictures');
      }),
  },
];

export function wish(target: ImageConformanceTarget, input: Partial<ImageGenerationInput>): ImageGenerationInput {
  return { prompt: PROMPT, dimensions: { ...target.size }, ...input };
}

function withProvider(target: ImageConformanceTarget, run: (provider: ImageProvider) => Promise<void>): Promise<void> {
  return using(target.open(SETUP), ({ provider }) => run(provider));
}

async function pictureOf(provider: ImageProvider, target: ImageConformanceTarget): Promise<Uint8Array> {
  return (await provider.generate(wish(target, {}))).images[0]?.data ?? fail('no picture came');
}

function anotherOf({ another }: ImageSubject): NonNullable<ImageProvider['jobs']> {
  return another?.().jobs ?? fail('the target opens no second provider');
}

async function warningsOrRefusal(
  provider: ImageProvider,
  input: ImageGenerationInput,
): Promise<readonly IntegrationWarning[] | 'refused'> {
  try {
    return (await provider.generate(input)).warnings ?? [];
  } catch {
    return 'refused';
  }
}
