export { runConformance } from './conformance-case.ts';
export type { ConformanceCase, ConformanceOutcome, RunConformanceOptions } from './conformance-case.ts';
export { formatReport } from './format-report.ts';

export { createCanary } from './canary/create-canary.ts';
export type { CanaryStyle } from './canary/create-canary.ts';
export { assertNoCanary, findCanary } from './canary/find-canary.ts';
export type { CanaryFinding, FindCanaryOptions } from './canary/find-canary.ts';
export type { CanaryForm } from './canary/canary-forms.ts';

export { FakeClock } from './clock/fake-clock.ts';
export type { FakeClockOptions, RunAllOptions } from './clock/fake-clock.ts';
export { seededRandom } from './random/seeded-random.ts';

export { alwaysFault, randomFaults, scriptFaults } from './faults/fault-plan.ts';
export type { FaultPlan, FaultStep, FaultTarget, RandomFaultsOptions } from './faults/fault-plan.ts';
export type {
  Fault,
  HangFault,
  LatencyFault,
  MalformedFault,
  ResetFault,
  SplitFault,
  StatusFault,
  TruncateFault,
} from './faults/fault.ts';

export { TestingError } from './testing-error.ts';
export type { TestingErrorCode } from './testing-error.ts';
