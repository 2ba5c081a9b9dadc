export type { ToolGatewayCapabilities, ToolGatewayMethod } from './capabilities.ts';
export type {
  GatewayConnections,
  GatewayListQuery,
  GatewayToolQuery,
  GatewayTriggers,
  ToolGatewayProvider,
} from './tool-gateway-provider.ts';
export type { CompleteToolGatewayProvider } from './complete.ts';
export { complete } from './complete.ts';

export { GatewayTool, GatewayToolHints, GatewayToolkit } from './model/tool.ts';
export type {
  GatewayProxyRequest,
  GatewayProxyResponse,
  GatewayRoute,
  GatewayToolCall,
  GatewayToolResult,
} from './model/tool-call.ts';
export type { GatewayConnectionRequest, GatewayConnectionState } from './model/connection.ts';
export { GATEWAY_CONNECTION_STATES, GatewayConnection } from './model/connection.ts';
export type { GatewayTriggerSubscription } from './model/trigger.ts';
export { GatewayTriggerEvent, GatewayTriggerType } from './model/trigger.ts';

export { assertArgumentsFit, assertPinnedVersion, dataOf } from './check-tool-call.ts';
export { assertProxyPath } from './check-proxy-path.ts';
export type { WaitUntilActiveOptions } from './connections/wait-until-active.ts';
export { waitUntilActive } from './connections/wait-until-active.ts';
export type { GatewayConsentRequiredOptions } from './errors/gateway-consent-required-error.ts';
export { GatewayConsentRequiredError } from './errors/gateway-consent-required-error.ts';

export type { FallbackPolicy } from './policy/fallback-policy.ts';
export { DEFAULT_FORBIDDEN_DOMAINS } from './policy/fallback-policy.ts';
export type { FallbackGateway } from './policy/with-fallback-policy.ts';
export { withFallbackPolicy } from './policy/with-fallback-policy.ts';
