import type { CapabilityDescription, MethodSupport } from '@mortise/core';

/** Parts of `ToolGatewayProvider` that not every implementation has. */
export type ToolGatewayMethod = 'proxy' | 'triggers';

/** What an implementation can do: plain data, known without any call. */
export interface ToolGatewayCapabilities extends CapabilityDescription {
  /** A method that is not listed is supported when it is there; one declared `none` rejects with `unsupported`. */
  readonly methods?: Readonly<Partial<Record<ToolGatewayMethod, MethodSupport>>>;
}
