import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lifecycle } from './lifecycle.ts';

/** A directory for everything that the demo writes; gone when it ends. */
export async function createWorkspace(lifecycle: Lifecycle): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mortise-demo-'));
  lifecycle.onEnd(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  // Started by root, PostgreSQL runs as another user, who must get through to its own directory.
  await chmod(directory, 0o711);
  return directory;
}
