import { randomBytes } from 'node:crypto';
import { link, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createPrivateFile, syncDirectory, unlinkIfPresent, writeDurably } from './durable-file.ts';
import { systemErrorCode } from './system-error.ts';

const INTENT_NAME = /^\.w-[0-9a-f]{32}$/;

/**
 * A file under construction, in the directory where it will get its name. Anybody may remove it at any time: its
 * writer then finds that out when it publishes, and starts over. That is how a crashed writer's leavings are cleared
 * away and how a pruner fences off writers that looked at the directory before it did.
 */
export class IntentFile {
  readonly path: string;
  readonly #file: Awaited<ReturnType<typeof createPrivateFile>>;

  private constructor(path: string, file: Awaited<ReturnType<typeof createPrivateFile>>) {
    this.path = path;
    this.#file = file;
  }

  static async create(directory: string): Promise<IntentFile> {
    const path = join(directory, `.w-${randomBytes(16).toString('hex')}`);
    return new IntentFile(path, await createPrivateFile(path));
  }

  async write(bytes: Uint8Array): Promise<void> {
    await writeDurably(this.#file, bytes);
  }

  /**
   * Gives the content its final name unless that is taken. Atomic: the name never shows a part of the content, and of
   * two writers exactly one gets it.
   *
   * @returns False if the name is taken or this file was swept away; then nothing has happened.
   */
  async publishAs(target: string): Promise<boolean> {
    try {
      await link(this.path, target);
      return true;
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === 'EEXIST' || code === 'ENOENT') return false;
      throw error;
    }
  }

  /** Closes and removes it, whatever became of it. Never throws: what stays behind is swept later. */
  async dispose(): Promise<void> {
    await this.#file.close().catch(() => {});
    await unlinkIfPresent(this.path).catch(() => {});
  }
}

/** True for the name of a file under construction. */
function isIntentName(name: string): boolean {
  return INTENT_NAME.test(name);
}

/**
 * Removes files under construction, those of running writers included: they start over.
 *
 * @param olderThan Epoch milliseconds; younger ones stay. Absent: all go.
 */
export async function sweepIntents(directory: string, olderThan?: number): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!isIntentName(name)) continue;
    const path = join(directory, name);
    if (olderThan !== undefined && !(await isOlder(path, olderThan))) continue;
    await unlinkIfPresent(path);
  }
}

async function isOlder(path: string, limit: number): Promise<boolean> {
  try {
    return (await lstat(path)).mtimeMs < limit;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Writes a whole new file durably.
 *
 * @returns False if the name is taken, or if a sweep came between.
 */
export async function publishNewFile(directory: string, path: string, bytes: Uint8Array): Promise<boolean> {
  const intent = await IntentFile.create(directory);
  try {
    await intent.write(bytes);
    if (!(await intent.publishAs(path))) return false;
    await syncDirectory(directory);
    return true;
  } finally {
    await intent.dispose();
  }
}
