export type { ProjectManagementTestRunner } from './check-project-management-provider.ts';
export {
  checkProjectManagementProvider,
  describeProjectManagementProvider,
} from './check-project-management-provider.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type {
  ProjectManagementConformanceTarget,
  ProjectManagementSubject,
  ProjectManagementSubjectSetup,
} from './conformance-target.ts';
export type { InMemoryProjectManagementProviderOptions } from './in-memory-project-management-provider.ts';
export { InMemoryProjectManagementProvider } from './in-memory-project-management-provider.ts';
export { inMemoryTarget } from './in-memory-target.ts';
export { projectManagementConformanceCases } from './project-management-conformance-cases.ts';
export type { ServiceFault } from './service-gate.ts';
export type { DeliverOptions, TrackerDelivery, TrackerService } from './tracker-service.ts';
