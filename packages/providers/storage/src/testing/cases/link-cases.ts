import type { ConformanceCase } from '@mortise/testing';
import { rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import {
  contentOf,
  sampleBytes,
  shown,
  type StorageConformanceTarget,
  type StorageSubject,
  withStorage,
} from '../storage-target.ts';

const MINUTE_MS = 60_000;
const KEY = 'links/über & co.txt';

/** Links and public objects: `storage.10`, `storage.18`, `storage.19`. */
export const linkCases: readonly ConformanceCase<StorageConformanceTarget>[] = [
  {
    id: 'storage.10',
    title: 'a signed link works until it ends, for its object and method alone, and keeps to its type',
    requires: 'signed-links',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket, advance } = subject;
        const fetch = fetchOf(subject);
        await storage.putObject({ bucket, key: KEY, data: 'content' });
        await storage.putObject({ bucket, key: 'other', data: 'other' });
        const read = await storage.generateSignedUrl({ bucket, key: KEY, expiresInSeconds: 60 });
        const answer = await fetch(read.url);
        checkEqual([answer.status, await answer.text()], [200, 'content'], 'reading by link');
        checkEqual((await fetch(read.url.replace('links', 'other'))).ok, false, 'the link for another object');
        checkEqual((await fetch(read.url, { method: 'PUT', body: 'x' })).ok, false, 'writing by a link to read');
        const contentType = 'text/x-allowed';
        const link = { bucket, key: 'up', expiresInSeconds: 60, method: 'PUT' as const, contentType };
        const write = await storage.generateSignedUrl(link);
        const put = (type: string) =>
          fetch(write.url, { method: 'PUT', body: sampleBytes(9).slice(), headers: { 'content-type': type } });
        checkEqual((await put('text/x-other')).ok, false, 'writing with another type');
        checkEqual(await contentOf(subject, 'up'), null, 'the object after that');
        checkEqual((await put(contentType)).ok, true, 'writing with the type of the link');
        checkEqual(shown(await contentOf(subject, 'up')), shown(sampleBytes(9)), 'what was written');
        if (advance === undefined) return;
        await advance(MINUTE_MS + 1_000);
        checkEqual((await fetch(read.url)).ok, false, 'reading by a link that is over');
        checkEqual((await put(contentType)).ok, false, 'writing by a link that is over');
      }),
  },
  {
    id: 'storage.18',
    title: 'a presigned upload keeps to its size, or a warning says that it cannot',
    requires: 'presignUpload',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const fetch = fetchOf(subject);
        const input = { bucket, key: KEY, expiresInSeconds: 60, minBytes: 2, maxBytes: 10, contentType: 'text/plain' };
        const upload = (await storage.presignUpload?.(input)) ?? fail('there is no presignUpload');
        const send = (size: number) => {
          const file = new Blob([sampleBytes(size).slice()], { type: 'text/plain' });
          if (upload.method === 'PUT')
            return fetch(upload.url, { method: 'PUT', body: file, headers: upload.headers ?? {} });
          const body = new FormData();
          for (const [name, value] of Object.entries(upload.fields ?? {})) body.append(name, value);
          body.append('file', file);
          return fetch(upload.url, { method: 'POST', body });
        };
        const named = new Set(upload.warnings?.map(({ field }) => field));
        for (const [size, field] of [
          [1, 'minBytes'],
          [11, 'maxBytes'],
        ] as const) {
          const isTaken = (await send(size)).ok;
          check(!isTaken || named.has(field), `${size} bytes were taken and no warning names ${field}`);
        }
        checkEqual((await send(10)).ok, true, 'an upload of the allowed size');
        checkEqual(shown(await contentOf(subject, KEY)), shown(sampleBytes(10)), 'what was uploaded');
      }),
  },
  {
    id: 'storage.19',
    title: 'a public object can be read by everybody, a private one cannot',
    requires: 'getPublicUrl',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const fetch = fetchOf(subject);
        await storage.putObject({ bucket, key: KEY, data: 'open', makePublic: true });
        const url = (await storage.getPublicUrl?.({ bucket, key: KEY })) ?? fail('there is no getPublicUrl');
        const answer = await fetch(url);
        checkEqual([answer.status, await answer.text()], [200, 'open'], 'the public object');
        await storage.putObject({ bucket, key: 'secret', data: 'closed' });
        const closed = storage.getPublicUrl?.({ bucket, key: 'secret' }) ?? fail('there is no getPublicUrl');
        await rejectsWith(closed, 'forbidden', 'the address of a private object');
        if (storage.setVisibility === undefined) return;
        await storage.setVisibility({ bucket, key: KEY, visibility: 'private' });
        checkEqual((await fetch(url)).ok, false, 'the object once it is private');
      }),
  },
];

function fetchOf({ fetch }: StorageSubject): NonNullable<StorageSubject['fetch']> {
  return fetch ?? fail('the target follows no links');
}
