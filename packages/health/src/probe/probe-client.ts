import { createIntegrationClient, type IntegrationClient } from '@mortise/http';
import type { IntegrationSpec } from '@mortise/core';
import type { ProbeContext } from './probe.ts';
import type { ProbeEnvironment } from './probe-environment.ts';

/** A client for one probe of a connection. The check's own time limit holds, so that it has none. */
export function probeClient(
  spec: IntegrationSpec,
  { connection, secrets, signal }: ProbeContext,
  { fetch, clock, network, token }: ProbeEnvironment,
): IntegrationClient {
  return createIntegrationClient(spec, {
    connection,
    secrets,
    signal,
    clock,
    timeoutMs: false,
    maxResponseBytes: 1_048_576,
    ...(fetch === undefined ? {} : { fetch }),
    ...(network === undefined ? {} : { network }),
    ...(token === undefined ? {} : { token }),
  });
}
