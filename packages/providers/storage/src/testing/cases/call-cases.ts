import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { type CallOptions, IntegrationError } from '@mortise/core';
import type { ObjectStorageProvider } from '../../object-storage-provider.ts';
import { ABORT_WITHIN_MS, deepFreeze, describeError, rejectionOf, rejectsWith, within } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import {
  contentOf,
  sampleBytes,
  shown,
  type StorageConformanceTarget,
  type StorageSubject,
  withStorage,
} from '../storage-target.ts';

const KEY = 'calls/object';
const PARALLEL_CALLS = 50;
const TIME_LIMIT_MS = 60;
const PART = 1_000;

/** Ends of calls, uploads that break off, secrets, parallel calls and honesty. */
export const callCases: readonly ConformanceCase<StorageConformanceTarget>[] = [
  {
    id: 'storage.11',
    title: 'aborting amid an upload ends it, tells the source, and leaves no object',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket, openUploads } = subject;
        await storage.putObject({ bucket, key: KEY, data: 'before' });
        const controller = new AbortController();
        let isReleased = false;
        let isRead = (): void => undefined;
        const begun = new Promise<void>((resolve) => (isRead = resolve));
        async function* endless(): AsyncGenerator<Uint8Array, void> {
          try {
            for (;;) {
              yield sampleBytes(PART);
              isRead();
              await new Promise((resolve) => {
                setTimeout(resolve, 0);
              });
            }
          } finally {
            isReleased = true;
          }
        }
        const upload = storage.putObject({ bucket, key: KEY, data: endless() }, { signal: controller.signal });
        const ended = rejectsWith(upload, 'aborted', 'an upload that was aborted');
        await begun;
        controller.abort();
        await within(ABORT_WITHIN_MS, ended, 'the end of an aborted upload');
        checkEqual(shown(await contentOf(subject, KEY)), shown(new TextEncoder().encode('before')), 'the object');
        await new Promise((resolve) => {
          setTimeout(resolve, 10);
        });
        check(isReleased, 'the source was never told to stop');
        if (openUploads !== undefined) checkEqual(await openUploads(), 0, 'parts that are left');
      }),
  },
  {
    id: 'storage.12',
    title: 'an upload goes on by its token where it stopped, and aborting it leaves nothing',
    requires: 'startUpload',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket, openUploads } = subject;
        const start = storage.startUpload?.bind(storage) ?? fail('there is no startUpload');
        const resume = storage.resumeUpload?.bind(storage) ?? fail('there is no resumeUpload');
        const session = await start({ bucket, key: KEY, contentType: 'text/x-test' });
        const part = session.partSizeBytes ?? PART;
        const data = sampleBytes(part * 2 + 5);
        await session.write(data.slice(0, part));
        const token: typeof session.resumeToken = JSON.parse(JSON.stringify(session.resumeToken));
        const resumed = await resume(token);
        checkEqual(resumed.bytesConfirmed, part, 'bytes that are there');
        checkEqual(await contentOf(subject, KEY), null, 'the object before the end');
        await resumed.write(data.slice(part, part * 2));
        await resumed.write(data.slice(part * 2));
        const { sizeBytes, contentType } = await resumed.complete();
        checkEqual([sizeBytes, contentType], [data.length, 'text/x-test'], 'the object at the end');
        checkEqual(shown(await contentOf(subject, KEY)), shown(data), 'content');
        await rejectsWith(resume(token), 'not_found', 'going on with an upload that is over');
        const given = await start({ bucket, key: 'given-up' });
        await given.write(sampleBytes(part));
        await given.abort();
        await given.abort();
        checkEqual(await contentOf(subject, 'given-up'), null, 'an object that was given up');
        if (openUploads !== undefined) checkEqual(await openUploads(), 0, 'parts that are left');
      }),
  },
  {
    id: 'X1',
    title: 'a signal that aborted beforehand writes and deletes nothing',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        await storage.putObject({ bucket, key: KEY, data: 'before' });
        const call = { signal: AbortSignal.abort() };
        await rejectsWith(storage.putObject({ bucket, key: KEY, data: 'after' }, call), 'aborted', 'putObject');
        await rejectsWith(storage.deleteObject({ bucket, key: KEY }, call), 'aborted', 'deleteObject');
        await rejectsWith(storage.getObject({ bucket, key: KEY }, call), 'aborted', 'getObject');
        checkEqual(shown(await contentOf(subject, KEY)), shown(new TextEncoder().encode('before')), 'the object');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call that is under way ends it at once with code "aborted"',
    run: (target) =>
      withStorage(target, async (subject) => {
        subject.stall();
        for (const start of callsOf(subject)) {
          const controller = new AbortController();
          const ended = rejectsWith(start({ signal: controller.signal }), 'aborted', 'an aborted call');
          await Promise.resolve();
          controller.abort();
          await within(ABORT_WITHIN_MS, ended, 'the end of an aborted call');
        }
      }),
  },
  {
    id: 'X3',
    title: 'timeoutMs ends a call that gets no answer with code "timeout"',
    run: (target) =>
      withStorage(target, async (subject) => {
        subject.stall();
        for (const start of callsOf(subject)) {
          const ended = rejectsWith(start({ timeoutMs: TIME_LIMIT_MS }), 'timeout', 'a call with a time limit');
          await within(TIME_LIMIT_MS * 5, ended, 'the end of a call with a time limit');
        }
      }),
  },
  {
    id: 'X8',
    title: 'input is not changed, and what is changed afterwards does not reach the store',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const data = sampleBytes(10);
        const input = deepFreeze({ bucket, key: KEY, data, metadata: { a: 'b' }, contentType: 'text/plain' });
        await storage.putObject(input);
        data.fill(0);
        checkEqual(shown(await contentOf(subject, KEY)), shown(sampleBytes(10)), 'content after the input was changed');
        const first = await storage.getObject({ bucket, key: KEY, as: 'bytes' });
        first?.data?.fill(0);
        if (first?.metadata !== undefined) first.metadata['a'] = 'changed';
        const second = await storage.getObject({ bucket, key: KEY, as: 'bytes' });
        checkEqual(shown(second?.data ?? null), shown(sampleBytes(10)), 'content after the output was changed');
        checkEqual(second?.metadata, { a: 'b' }, 'labels after the output was changed');
      }),
  },
  {
    id: 'X13',
    title: 'the credential appears in no result and no error, in whatever encoding',
    run: async (target) => {
      const credential = createCanary(undefined, 'token');
      const put = ({ storage, bucket }: StorageSubject) => storage.putObject({ bucket, key: KEY, data: 'a' });
      await withStorage(target, async (subject) => assertNoCanary(await put(subject), credential), { credential });
      await withStorage(
        target,
        async (subject) => {
          const error = await rejectionOf(put(subject), 'putObject when refused');
          checkEqual(error.code, 'unauthenticated', 'code of a refused credential');
          assertNoCanary(error, credential);
        },
        { credential, isRefused: true },
      );
    },
  },
  {
    id: 'X15',
    title: 'calls at once get their own objects, and two stores do not mix',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const keys = Array.from({ length: PARALLEL_CALLS }, (_, n) => `parallel/${n}`);
        await Promise.all(keys.map((key, n) => storage.putObject({ bucket, key, data: sampleBytes(1_000, n) })));
        const contents = await Promise.all(keys.map((key) => contentOf(subject, key)));
        for (const [n, content] of contents.entries())
          checkEqual(shown(content), shown(sampleBytes(1_000, n)), `object ${n}`);
        await withStorage(target, async (other) => {
          const { objects } = await other.storage.listObjects({ bucket: other.bucket, prefix: 'parallel/' });
          checkEqual(objects.length, 0, 'objects in another store');
        });
      }),
  },
  {
    id: 'X20',
    title: 'a declared method is there, and one declared as missing rejects with "unsupported"',
    run: (target) =>
      withStorage(target, async ({ storage, bucket }) => {
        const methods = storage.capabilities?.methods ?? {};
        for (const [method, call] of PROBES) {
          const support = methods[method];
          if (support === undefined) continue;
          const running = call(storage, bucket);
          if (support === 'none') {
            if (running !== undefined) await rejectsWith(running, 'unsupported', `${method}, declared "none"`);
            continue;
          }
          check(running !== undefined, `${method} is declared "${support}" but missing`);
          await running.catch((error: unknown) => {
            const isUnsupported = !IntegrationError.is(error) || error.code === 'unsupported';
            check(!isUnsupported, `${method} is declared "${support}" but failed: ${describeError(error)}`);
          });
        }
      }),
  },
];

/** Calls that are harmless in an empty bucket. */
const PROBES = [
  ['headObject', (storage: ObjectStorageProvider, bucket: string) => storage.headObject?.({ bucket, key: 'none' })],
  ['deleteObjects', (storage: ObjectStorageProvider, bucket: string) => storage.deleteObjects?.({ bucket, keys: [] })],
  ['deletePrefix', (storage: ObjectStorageProvider, bucket: string) => storage.deletePrefix?.({ bucket, prefix: 'x' })],
  ['getPublicUrl', (storage: ObjectStorageProvider, bucket: string) => storage.getPublicUrl?.({ bucket, key: 'none' })],
  ['listVersions', (storage: ObjectStorageProvider, bucket: string) => storage.listVersions?.({ bucket })],
  ['resumeUpload', (storage: ObjectStorageProvider) => storage.resumeUpload?.('none')],
  [
    'watch',
    (storage: ObjectStorageProvider, bucket: string) =>
      firstOf(storage.watch?.({ bucket }, { signal: AbortSignal.timeout(50) })),
  ],
] as const;

function callsOf({ storage, bucket }: StorageSubject): ((options: CallOptions) => Promise<unknown>)[] {
  return [
    (options) => storage.putObject({ bucket, key: KEY, data: 'a' }, options),
    (options) => storage.getObject({ bucket, key: KEY }, options),
    (options) => storage.listObjects({ bucket }, options),
  ];
}

function firstOf<Item>(items: AsyncIterable<Item> | undefined): Promise<IteratorResult<Item>> | undefined {
  const iterator = items?.[Symbol.asyncIterator]();
  return iterator?.next();
}
