import { findTransportConfig, type HealthRequest, type IntegrationSpec } from '@mortise/core';
import type { IntegrationRequest } from '@mortise/http';
import { probeClient } from './probe-client.ts';
import type { ProbeEnvironment } from './probe-environment.ts';
import type { ProbeContext } from './probe.ts';

const specs = new WeakMap<IntegrationSpec, IntegrationSpec>();

/** Whether the spec says how to ask for a sign of life. */
export function hasHealthRequest(spec: IntegrationSpec): boolean {
  return spec.healthCheck?.request !== undefined && findTransportConfig(spec.transports ?? [], 'rest') !== undefined;
}

/** Makes the health request of the spec. Rejects where the answer is not what shows that all is well. */
export async function probeRest(context: ProbeContext, environment: ProbeEnvironment): Promise<void> {
  const request = context.spec.healthCheck?.request;
  if (request === undefined) return;
  const { path, method = 'GET', headers, body, expect } = request;
  const asked: IntegrationRequest = {
    method,
    ...(path.includes('://') ? { url: path } : { path }),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { json: body }),
    ...(expect === undefined ? {} : { expect }),
  };
  await probeClient(withHealthRules(context.spec, request), context, environment).request(asked);
}

/** The spec with the rules of its health request before those for all of its answers. */
function withHealthRules(spec: IntegrationSpec, { rules }: HealthRequest): IntegrationSpec {
  if (rules === undefined) return spec;
  const known = specs.get(spec);
  if (known !== undefined) return known;
  const transports = (spec.transports ?? []).map((transport) =>
    transport.type === 'rest'
      ? { ...transport, errors: { ...transport.errors, rules: [...rules, ...(transport.errors?.rules ?? [])] } }
      : transport,
  );
  const made: IntegrationSpec = { ...spec, transports };
  specs.set(spec, made);
  return made;
}
