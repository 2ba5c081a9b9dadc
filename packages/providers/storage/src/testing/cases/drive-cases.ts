import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { ABORT_WITHIN_MS, rejectionOf, rejectsWith, within } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { DriveConformanceTarget, DriveSubject } from '../drive-target.ts';
import { bytesOf, type StorageSubjectSetup } from '../storage-target.ts';

const FILES = 10;
const PAGE = 3;

/** Drive: `drive.1` to `drive.7`, and those of the checks for all domains that apply. */
export const driveCases: readonly ConformanceCase<DriveConformanceTarget>[] = [
  {
    id: 'drive.1',
    title: 'pages hold every file once while files are added',
    run: (target) =>
      withDrive(target, async ({ drive, addFile }) => {
        const ids: string[] = [];
        for (let n = 0; n < FILES; n += 1) ids.push(await addFile(`file ${n}`, 'x'));
        const seen: string[] = [];
        let pageToken: string | undefined;
        let round = 0;
        do {
          const query = { pageSize: PAGE, query: 'trashed = false' };
          const page = await drive.listFiles(pageToken === undefined ? query : { ...query, pageToken });
          check(page.files.length <= PAGE, `${page.files.length} files on a page of ${PAGE}`);
          seen.push(...page.files.map(({ id }) => id));
          pageToken = page.nextPageToken;
          await addFile('meanwhile', 'x');
          round += 1;
        } while (pageToken !== undefined && round <= FILES);
        checkEqual(new Set(seen).size, seen.length, 'different files');
        checkEqual(
          ids.filter((id) => !seen.includes(id)),
          [],
          'files that were lost',
        );
        await rejectsWith(drive.listFiles({ pageToken: 'foreign' }), 'invalid_request', 'a foreign token');
      }),
  },
  {
    id: 'drive.2',
    title: 'a file comes with its bytes or a stream of them, in whole or in part, and one that is not there is null',
    run: (target) =>
      withDrive(target, async ({ drive, addFile }) => {
        const id = await addFile('a.txt', 'hello world');
        const text = async (options: Parameters<typeof drive.getFile>[1]) =>
          new TextDecoder().decode(await bytesOf((await drive.getFile(id, options)) ?? fail('there is no file')));
        checkEqual(await text({}), 'hello world', 'content');
        checkEqual(await text({ as: 'stream' }), 'hello world', 'streamed content');
        checkEqual(await text({ range: { start: 6 } }), 'world', 'the end');
        checkEqual(await text({ range: { start: 0, end: 0 } }), 'h', 'the first byte');
        const { name, mimeType, sizeBytes } = (await drive.getFile(id)) ?? fail('there is no file');
        checkEqual([name, mimeType, sizeBytes], ['a.txt', 'text/plain', 11], 'what is known of the file');
        checkEqual(await drive.getFile('none'), null, 'a file that is not there');
      }),
  },
  {
    id: 'drive.3',
    title: 'a document of an editor has no bytes, and is exported when that is asked for',
    requires: 'exportFile',
    run: (target) =>
      withDrive(target, async ({ drive, addDocument }) => {
        const id = await addDocument('Plan', { 'text/plain': 'the plan' });
        await rejectsWith(drive.getFile(id), 'unsupported', 'the bytes of a document');
        const exported = (await drive.exportFile?.(id, 'text/plain')) ?? fail('there is no exportFile');
        checkEqual(new TextDecoder().decode(await bytesOf(exported)), 'the plan', 'the exported text');
        checkEqual(exported.mimeType, 'text/plain', 'its type');
        await rejectsWith(
          drive.exportFile?.(id, 'image/png') ?? fail('no exportFile'),
          'unsupported',
          'another format',
        );
        checkEqual(await drive.exportFile?.('none', 'text/plain'), null, 'a document that is not there');
      }),
  },
  {
    id: 'drive.4',
    title: 'changes tell of new, changed and deleted files, and of nothing twice',
    requires: 'listChanges',
    run: (target) =>
      withDrive(target, async ({ drive, addFile, removeFile }) => {
        const changes = drive.listChanges?.bind(drive) ?? fail('there is no listChanges');
        const [kept, binned, removed] = [await addFile('a', 'x'), await addFile('b', 'x'), await addFile('c', 'x')];
        const { nextCursor } = await changes();
        const added = await addFile('d', 'x');
        await drive.updateFile?.(binned, { trashed: true });
        await removeFile(removed);
        const later = await changes(nextCursor);
        const changed = drive.updateFile === undefined ? [added] : [added, binned];
        checkEqual(later.upserted.map(({ id }) => id).sort(), [...changed].sort(), 'new and changed files');
        checkEqual(
          later.removed.map(({ id }) => id),
          [removed],
          'deleted files',
        );
        check(!later.upserted.some(({ id }) => id === kept), 'a file that nobody touched is told of');
        if (drive.updateFile !== undefined) {
          checkEqual(later.upserted.find(({ id }) => id === binned)?.trashed, true, 'whether the file is in the bin');
        }
        const idle = await changes(later.nextCursor);
        checkEqual([idle.upserted.length, idle.removed.length], [0, 0], 'changes after that');
      }),
  },
  {
    id: 'drive.5',
    title: 'a cursor that is too old is cursor_expired, never an empty answer',
    requires: 'forget-changes',
    run: (target) =>
      withDrive(target, async ({ drive, addFile, forgetChanges }) => {
        const changes = drive.listChanges?.bind(drive) ?? fail('there is no listChanges');
        const { nextCursor } = await changes();
        await addFile('a', 'x');
        await forgetChanges?.();
        await rejectsWith(changes(nextCursor), 'cursor_expired', 'a cursor that was forgotten');
        await rejectsWith(changes('foreign'), 'invalid_request', 'a foreign cursor');
      }),
  },
  {
    id: 'drive.6',
    title: 'a channel brings notices with its token until it is stopped, and says from where to read',
    requires: 'notices',
    run: (target) =>
      withDrive(target, async ({ drive, addFile, notices }) => {
        const expiresAt = '2026-01-06T09:00:00.000Z';
        const input = { channelId: 'channel-1', webhookUrl: 'https://example.com/hook', token: 'secret', expiresAt };
        const watch = (await drive.watchChanges?.(input)) ?? fail('there is no watchChanges');
        const { webhookChannel, cursor } = watch.delta;
        checkEqual(webhookChannel?.channelId, 'channel-1', 'channel');
        checkEqual(new Date(webhookChannel?.expiresAt ?? 0).toISOString(), expiresAt, 'end of the channel');
        check((webhookChannel?.resourceId ?? '') !== '', 'the channel has no resource id, so that nobody can stop it');
        const id = await addFile('a', 'x');
        const sent = (await notices?.()) ?? [];
        check(sent.length > 0 && sent.every(({ token }) => token === 'secret'), 'no notice came with the token');
        const later = await drive.listChanges?.(cursor?.cursor ?? fail('the watch has no cursor'));
        checkEqual(
          later?.upserted.map((file) => file.id),
          [id],
          'changes since the watch',
        );
        await drive.stopWatch?.(watch);
        await drive.stopWatch?.(watch);
        const before = (await notices?.())?.length;
        await addFile('b', 'x');
        checkEqual((await notices?.())?.length, before, 'notices after the end of the channel');
      }),
  },
  {
    id: 'drive.7',
    title: 'a file is made, renamed, moved, overwritten and deleted',
    requires: 'createFile',
    run: (target) =>
      withDrive(target, async ({ drive }) => {
        const folder = await drive.createFile?.({ name: 'Folder', mimeType: 'application/vnd.google-apps.folder' });
        const made = await drive.createFile?.({ name: 'a', mimeType: 'text/plain', data: 'one' });
        if (folder === undefined || made === undefined) fail('there is no createFile');
        const fields = { name: 'b', data: 'two', addParents: [folder.id], removeParents: made.parents ?? [] };
        const updated = await drive.updateFile?.(made.id, fields);
        checkEqual([updated?.name, updated?.parents, updated?.sizeBytes], ['b', [folder.id], 3], 'the changed file');
        const inside = await drive.listFiles({ query: `'${folder.id}' in parents` });
        checkEqual(
          inside.files.map(({ id }) => id),
          [made.id],
          'files of the folder',
        );
        await drive.deleteFile?.(made.id);
        await drive.deleteFile?.(made.id);
        checkEqual(await drive.getFile(made.id), null, 'the deleted file');
        const late = drive.updateFile?.(made.id, { name: 'c' }) ?? fail('there is no updateFile');
        await rejectsWith(late, 'not_found', 'changing a deleted file');
      }),
  },
  {
    id: 'X1',
    title: 'a signal that aborted beforehand ends the call',
    run: (target) =>
      withDrive(target, async ({ drive }) => {
        const call = { signal: AbortSignal.abort() };
        await rejectsWith(drive.listFiles({}, call), 'aborted', 'listFiles');
        await rejectsWith(drive.getFile('none', call), 'aborted', 'getFile');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call that is under way ends it at once with code "aborted"',
    run: (target) =>
      withDrive(target, async ({ drive, stall }) => {
        stall();
        const controller = new AbortController();
        const ended = rejectsWith(drive.listFiles({}, { signal: controller.signal }), 'aborted', 'an aborted call');
        await Promise.resolve();
        controller.abort();
        await within(ABORT_WITHIN_MS, ended, 'the end of an aborted call');
      }),
  },
  {
    id: 'X13',
    title: 'the credential appears in no result and no error, in whatever encoding',
    run: async (target) => {
      const credential = createCanary(undefined, 'token');
      await withDrive(target, async ({ drive }) => assertNoCanary(await drive.listFiles(), credential), { credential });
      await withDrive(
        target,
        async ({ drive }) => {
          const error = await rejectionOf(drive.listFiles(), 'listFiles when refused');
          checkEqual(error.code, 'unauthenticated', 'code of a refused credential');
          assertNoCanary(error, credential);
        },
        { credential, isRefused: true },
      );
    },
  },
];

async function withDrive(
  target: DriveConformanceTarget,
  run: (subject: DriveSubject) => Promise<void>,
  setup: Partial<StorageSubjectSetup> = {},
): Promise<void> {
  const subject = await target.open({ credential: 'conformance-credential', ...setup });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}
