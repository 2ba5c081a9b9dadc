export type { HealthTestRunner } from './check-health-provider.ts';
export { checkHealthProvider, describeHealthProvider } from './check-health-provider.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type {
  HealthConformanceTarget,
  HealthSubject,
  HealthSubjectSetup,
  HealthVendorControl,
} from './conformance-target.ts';
export { healthConformanceCases } from './health-conformance-cases.ts';
export type { InMemoryHealthProviderOptions } from './in-memory-health-provider.ts';
export { InMemoryHealthProvider } from './in-memory-health-provider.ts';
export type { MakeHealthProvider } from './in-memory-target.ts';
export { inMemoryTarget } from './in-memory-target.ts';
export type { VendorChange } from './in-memory-vendor.ts';
export { InMemoryHealthVendor } from './in-memory-vendor.ts';
export type { VendorEvent } from './in-memory-webhooks.ts';
export { signDelivery } from './in-memory-webhooks.ts';
