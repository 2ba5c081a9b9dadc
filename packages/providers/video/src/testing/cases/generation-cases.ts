import { waitForOperation } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import type { VideoGenerationInput } from '../../generation/video-generation.ts';
import { probeMp4 } from '../../probe/probe-mp4.ts';
import { deepFreeze, rejectsWith, SETUP, until, using, warnsOf } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { VideoGenerationTarget } from '../conformance-target.ts';

export const WISH: VideoGenerationInput = { prompt: 'waves at dusk', aspectRatio: '16:9' };

/** Checks of films that models make: `film.1` to `film.4`, `video.9` to `video.12` for films, and of inputs. */
export const generationCases: readonly ConformanceCase<VideoGenerationTarget>[] = [
  {
    id: 'film.1',
    title: 'films have bytes or an address, and what is stated of them is what the bytes say',
    run: (target) =>
      using(target.open(SETUP), async ({ provider }) => {
        const { videos } = await provider.generate({ ...WISH, n: 2 });
        checkEqual(videos.length, 2, 'number of films');
        for (const { file, width, height, durationMs } of videos) {
          if (!('bytes' in file)) {
            check(file.url.startsWith('https://'), 'a film has neither bytes nor an https address');
            continue;
          }
          const facts = probeMp4(file.bytes) ?? fail('the bytes are no MP4 video');
          checkEqual([width ?? facts.width, height ?? facts.height], [facts.width, facts.height], 'size');
          check(Math.abs((durationMs ?? 0) - facts.durationSeconds * 1000) < 50, `${durationMs} ms are stated`);
        }
      }),
  },
  {
    id: 'film.cancel',
    title: 'canceling ends a film at the service, and once it has ended changes nothing',
    requires: 'cancel',
    run: (target) =>
      using(target.open(SETUP), async ({ provider }) => {
        const job = await provider.start(WISH);
        await provider.cancel?.(job.resumeToken);
        const { status } = await provider.get(job.resumeToken);
        check(status === 'canceled' || status === 'succeeded', `the canceled film is "${status}"`);
        checkEqual((await provider.cancel?.(job.resumeToken))?.status, status, 'status after a second cancel');
      }),
  },
  {
    id: 'video.9',
    title: 'a film is picked up by its token in another process, the token having been through JSON',
    run: (target) =>
      using(target.open(SETUP), async ({ provider, another }) => {
        const job = await provider.start(WISH);
        const token: typeof job.resumeToken = JSON.parse(JSON.stringify(job.resumeToken));
        const result = await waitForOperation(another(), token, { pollIntervalMs: 1, timeoutMs: 5000 });
        checkEqual(result.videos.length, 1, 'number of films');
        await rejectsWith(() => another().get('no-such-film'), ['not_found', 'invalid_request'], 'a foreign token');
      }),
  },
  {
    id: 'video.10',
    title: 'the same key starts one film, also when it is used twice at once',
    requires: 'idempotency',
    run: (target) =>
      using(target.open(SETUP), async ({ provider, started }) => {
        const options = { idempotencyKey: 'key-1' };
        const both = await Promise.all([provider.start(WISH, options), provider.start(WISH, options)]);
        const third = await provider.start(WISH, options);
        checkEqual(new Set([...both, third].map(({ id }) => id)).size, 1, 'number of operations');
        checkEqual(started(), 1, 'films that the service started');
        checkEqual((await provider.start(WISH, { idempotencyKey: 'key-2' })).id === third.id, false, 'another key');
      }),
  },
  {
    id: 'video.11',
    title: 'a delivery names its film; forged and altered ones are refused, and repeated ones have the same id',
    requires: 'webhooks',
    run: (target) =>
      using(target.open(SETUP), async ({ provider, delivery }) => {
        const { webhooks } = provider;
        if (webhooks === undefined) fail('webhooks are declared but missing');
        const job = await provider.start(WISH);
        const sent = (await delivery?.(job.id)) ?? fail('the target makes no deliveries');
        checkEqual(await webhooks.verifyWebhook(sent), true, 'verdict on a genuine delivery');
        const event = await webhooks.parseWebhook({ ...sent, parsedBody: { film: 'film-of-somebody-else' } });
        checkEqual([event.operationId, event.type], [job.id, 'video.succeeded'], 'what the delivery says');
        checkEqual((await webhooks.parseWebhook(sent)).id, event.id, 'id of a repeated delivery');
        checkEqual(await webhooks.verifyWebhook({ ...sent, headers: {} }), false, 'verdict on one without headers');
        const text = typeof sent.rawBody === 'string' ? sent.rawBody : new TextDecoder().decode(sent.rawBody);
        checkEqual(await webhooks.verifyWebhook({ ...sent, rawBody: `${text} ` }), false, 'verdict on an altered one');
      }),
  },
  {
    id: 'video.12',
    title: 'a length or ratio that cannot be made warns with what was used, or is refused',
    run: async (target) => {
      const wishes = { durationSeconds: 5.25, aspectRatio: '7:5' } as const;
      for (const [field, value] of Object.entries(wishes)) {
        await using(target.open(SETUP), async ({ provider }) => {
          const result = await provider.generate({ ...WISH, [field]: value }).catch(() => undefined);
          if (result === undefined) return;
          const [film] = result.videos;
          const isMade =
            field === 'durationSeconds' ? film?.durationMs === 5250 : film?.width === ((film?.height ?? 0) * 7) / 5;
          check(isMade || warnsOf(result.warnings, field), `"${field}" was changed without a word`);
        });
      }
    },
  },
  {
    id: 'X5',
    title: 'each wish reaches the service, or is warned of or refused',
    run: async (target) => {
      const wishes: Partial<VideoGenerationInput> = {
        negativePrompt: 'fog of the check',
        seed: 918_273,
        resolution: '1081p',
        model: 'model-of-the-check',
      };
      for (const [field, value] of Object.entries(wishes)) {
        await using(target.open(SETUP), async ({ provider, requests }) => {
          const isNamed = await provider.generate({ ...WISH, [field]: value }).then(
            ({ warnings }) => warnsOf(warnings, field),
            () => true,
          );
          check(
            isNamed || requests().some(({ text }) => text.includes(JSON.stringify(value))),
            `"${field}" was dropped`,
          );
        });
      }
    },
  },
  {
    id: 'X8',
    title: 'inputs are left as they are',
    run: (target) =>
      using(target.open(SETUP), async ({ provider, openRequests }) => {
        checkEqual((await provider.generate(deepFreeze({ ...WISH }))).videos.length, 1, 'number of films');
        await until(() => openRequests() === 0, 'the end of all requests');
      }),
  },
];
