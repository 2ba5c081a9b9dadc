import { failure } from '../errors/subject.ts';
import { makeCurrent } from './current-alias.ts';
import type { GcpOperation } from './gcp-operation.ts';
import { getVersion, isEnabled } from './retire-version.ts';
import { retirePrevious, toResult, type Write } from './run-write.ts';

/** Makes an existing version current by moving the alias to it. */
export async function promote(
  operation: GcpOperation,
  version: string,
  write: Pick<Write, 'options' | 'settings'>,
): Promise<ReturnType<typeof toResult>> {
  const { subject } = operation.call;
  const { currentAlias } = write.settings;
  if (currentAlias === undefined) throw failure(subject, 'UNSUPPORTED', 'it takes the option currentAlias');
  if (!isEnabled(await getVersion(operation, version))) {
    throw failure(subject, 'VERSION_DISABLED', 'the version is disabled or destroyed');
  }
  const moved = await makeCurrent(operation, { alias: currentAlias, version, isNew: false });
  if (moved === 'absent') throw failure(subject, 'NOT_FOUND', 'there is no such secret');
  const previous = moved.previousVersion;
  await retirePrevious(operation, { version, previous }, write);
  return toResult(version, previous);
}
