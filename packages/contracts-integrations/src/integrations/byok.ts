export type {
  ByokKeyLifecycle,
  ByokKeyMetadata,
  ByokKeyRotationRequest,
  ByokKeyRotationResult,
  ByokKeyValidationResult,
} from '@mortise/core';
export { isByokValidationStale } from '@mortise/core';
