import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from './system-error.ts';

const INTENT_NAME = /^\.w-[0-9a-f]{32}$/;
const PRIVATE_FILE_MODE = 0o600;
/** Windows has no such flag; there a symbolic link needs rights that an ordinary process lacks. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/**
 * A file under construction, in the directory where it will get its name. Anybody may remove it at any time: its writer
 * finds that out when it publishes. That is how a killed writer's leavings are cleared away, and how whoever removes an old
 * revision fences off writers that looked at the directory before it did.
 */
export class IntentFile {
  readonly #path: string;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  static async create(directory: string): Promise<IntentFile> {
    const path = join(directory, `.w-${randomBytes(16).toString('hex')}`);
    const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | NO_FOLLOW;
    return new IntentFile(path, await open(path, flags, PRIVATE_FILE_MODE));
  }

  /** Writes all of it and waits until the disk has it. */
  async write(text: string): Promise<void> {
    await this.#file.writeFile(text);
    await this.#file.sync();
  }

  /**
   * Gives the content its name unless that is taken. Atomic: the name never shows a part of the content, and of two
   * writers exactly one gets it.
   *
   * @returns False if the name is taken or this file was swept away; then nothing has happened.
   */
  async publishAs(target: string): Promise<boolean> {
    try {
      await link(this.#path, target);
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
    await unlinkIfPresent(this.#path).catch(() => {});
  }
}

/** Removes all files under construction, those of running writers included: they start over. */
export async function sweepIntents(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (INTENT_NAME.test(name)) await unlinkIfPresent(join(directory, name));
  }
}

/** Removes a file unless it is gone already. */
export async function unlinkIfPresent(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
}
