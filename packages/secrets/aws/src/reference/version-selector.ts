import { failure, type Subject } from './subject.ts';

/** Which version is meant. Neither: the one that is current. Both: the version, provided that it has the stage. */
export interface VersionSelector {
  readonly version?: string;
  readonly stage?: string;
}

export const CURRENT_STAGE = 'AWSCURRENT';

/** A version's id is the token it was written under: 32 to 64 characters. */
const VERSION_ID = /^[!-~]{32,64}$/;
const MAX_STAGE_LENGTH = 256;

/** Whether text can be the id of a version. */
export function isVersionId(text: string): boolean {
  return VERSION_ID.test(text);
}

/** Reads `version=` and `stage=` of a reference. `version` may also be `latest`, `current` or one of AWS's own stages. */
export function selectorOfReference(
  subject: Subject,
  version: string | undefined,
  stage: string | undefined,
): VersionSelector {
  if (stage !== undefined) checkStage(subject, stage);
  const named = version === undefined ? undefined : stageNamedBy(version);
  if (named !== undefined) {
    if (stage !== undefined && named !== CURRENT_STAGE && named !== stage) {
      throw failure(subject, 'INVALID', `it names two stages, ${named} as "version" and another as "stage"`);
    }
    return stage === undefined ? ofStage(named) : ofStage(stage);
  }
  if (version === undefined) return stage === undefined ? {} : ofStage(stage);
  if (!isVersionId(version)) {
    throw failure(subject, 'INVALID', 'a version id has 32 to 64 characters without spaces; write a label as ?stage=');
  }
  return stage === undefined ? { version } : { version, stage };
}

/** Reads the `version` of a call's options: what has 32 to 64 characters is a version's id, anything else a stage. */
export function selectorOfOption(subject: Subject, option: string): VersionSelector {
  const named = stageNamedBy(option);
  if (named !== undefined) return ofStage(named);
  if (isVersionId(option)) return { version: option };
  checkStage(subject, option);
  return { stage: option };
}

function stageNamedBy(version: string): string | undefined {
  if (version === 'latest' || version === 'current') return CURRENT_STAGE;
  return version.startsWith('AWS') ? version : undefined;
}

/** The current version goes without a selector, so that references to it have one form. */
function ofStage(stage: string): VersionSelector {
  return stage === CURRENT_STAGE ? {} : { stage };
}

function checkStage(subject: Subject, stage: string): void {
  if (typeof stage === 'string' && stage.length > 0 && stage.length <= MAX_STAGE_LENGTH) return;
  throw failure(subject, 'INVALID', `a stage or version has 1 to ${MAX_STAGE_LENGTH} characters`);
}
