export type { ByokErrorCode, ByokErrorOptions, ByokUnusableReason } from './byok-error.ts';
export { ByokError } from './byok-error.ts';
export type { ByokEvent } from './byok-event.ts';
export type {
  ByokRotateOptions,
  ByokValidateOptions,
  ByokValidationReport,
  ByokWaitOptions,
} from './runner/byok-key-runner.ts';
export { ByokKeyRunner } from './runner/byok-key-runner.ts';
export type { ByokClock } from './runner/byok-clock.ts';
export type { ByokDueResult, RunDueOptions } from './runner/run-due.ts';
export type { ByokKeyRunnerOptions, ByokReferenceAccess, ByokSubject } from './runner/runner-options.ts';
export type { ByokOldKeyReport, ByokRotationReport } from './rotation/rotation-report.ts';
export type {
  ByokCompromise,
  ByokEndedKey,
  ByokFinishedRotation,
  ByokKeyFacts,
  ByokKeyOwner,
  ByokKeyRecord,
  ByokLease,
  ByokNewKeySource,
  ByokRetiringKey,
  ByokRotation,
  ByokRotationFailure,
  ByokRotationFailureCode,
  ByokRotationStep,
  ByokValidationState,
  KeyPlace,
} from './record/byok-key-record.ts';
export type { ByokKeyStore, ByokStoreOptions } from './record/byok-key-store.ts';
export { parseByokKeyRecord } from './record/parse-record.ts';
export type { ByokKeyPolicy, ResolvedByokKeyPolicy } from './schedule/byok-key-policy.ts';
export { DEFAULT_BYOK_KEY_POLICY, resolveByokKeyPolicy } from './schedule/byok-key-policy.ts';
export type { ByokDueTask } from './schedule/due-work.ts';
export { listDueWork, rotationDueAt, validationDueAt } from './schedule/due-work.ts';
export type { ByokUsabilityOptions } from './schedule/key-gate.ts';
export { assertByokKeyUsable, findByokUnusableReason, requireUsableByokKey } from './schedule/key-gate.ts';
