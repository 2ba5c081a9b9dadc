import { IntegrationError } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import type { GatewayTool } from './model/tool.ts';
import type { GatewayToolCall } from './model/tool-call.ts';

/**
 * Refuses a call whose version is not pinned, before anything is sent.
 *
 * @throws {IntegrationError} `invalid_request`
 */
export function assertPinnedVersion(call: GatewayToolCall): void {
  const version = call.version.trim();
  if (version !== '' && (version !== 'latest' || call.allowLatest === true)) return;
  throw new IntegrationError({
    code: 'invalid_request',
    field: 'version',
    message: `version: expected a pinned version of "${call.tool}", got "${version}"; or say allowLatest`,
  });
}

/**
 * Refuses arguments that do not fit the schema of the tool. No message holds a value.
 *
 * @throws {IntegrationError} `invalid_request`, with the first field that does not fit.
 */
export function assertArgumentsFit(tool: GatewayTool, call: GatewayToolCall): void {
  const { problems } = validateAgainstSchema<unknown>(tool.inputSchema, call.arguments);
  const [first] = problems;
  if (first === undefined) return;
  const listed = problems.slice(0, 3).map(({ path, message }) => `arguments${path}: ${message}`);
  throw new IntegrationError({
    code: 'invalid_request',
    field: `arguments${first.path}`,
    message: `The arguments of "${tool.slug}" ${tool.version} do not fit: ${listed.join('; ')}`,
  });
}

/**
 * The data of a run that succeeded.
 *
 * @throws {IntegrationError} `provider_error` for one that did not, with the code of the service as `providerCode`.
 */
export function dataOf(result: {
  readonly ok: boolean;
  readonly data?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}): unknown {
  if (result.ok) return result.data;
  const { code = 'unknown', message = 'no reason given' } = result.error ?? {};
  throw new IntegrationError({ code: 'provider_error', providerCode: code, message: `The tool failed: ${message}` });
}
