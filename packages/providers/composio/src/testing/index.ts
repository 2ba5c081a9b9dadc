export type { ToolGatewayTestRunner } from './check-tool-gateway-provider.ts';
export { checkToolGatewayProvider, describeToolGatewayProvider } from './check-tool-gateway-provider.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type {
  ToolGatewayConformanceTarget,
  ToolGatewaySubject,
  ToolGatewaySubjectSetup,
} from './conformance-target.ts';
export { inMemoryToolGatewayTarget } from './in-memory-target.ts';
export type { InMemoryToolGatewayOptions } from './in-memory-tool-gateway.ts';
export { InMemoryToolGateway } from './in-memory-tool-gateway.ts';
export type { ObservedRun, ScriptedCatalog, ScriptedOutcome, ScriptedTool } from './scripted-catalog.ts';
export { toolGatewayConformanceCases } from './tool-gateway-conformance-cases.ts';
