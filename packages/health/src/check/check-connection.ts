import {
  assessApiVersion,
  createRedactor,
  findTransportConfig,
  type IntegrationConnection,
  type IntegrationSpec,
  type SchemaProblem,
  validateConnection,
  validateSecret,
} from '@mortise/core';
import { systemClock, type ClientToken, type FetchLike, type HttpClock, type NetworkPolicy } from '@mortise/http';
import { resolveIntegrationRequestContext } from '@mortise/runtime';
import { toConnectionStatus } from '../health-status.ts';
import { isRemoteMcp, probeMcp } from '../probe/mcp-probe.ts';
import type { HealthProbe, ProbeContext, ProbeFinding } from '../probe/probe.ts';
import type { ProbeEnvironment } from '../probe/probe-environment.ts';
import { hasHealthRequest, probeRest } from '../probe/rest-probe.ts';
import { type DeliveryRecord, probeWebhooks } from '../probe/webhook-probe.ts';
import { assessError } from './assess-error.ts';
import type { ConnectionCheck, ProbeKind } from './connection-check.ts';
import { withinTime } from './within-time.ts';

/** Named fields of a connection's secret, or how to get them. */
export type SecretSource =
  | Readonly<Record<string, string | undefined>>
  | ((connection: IntegrationConnection, signal: AbortSignal) => Promise<Readonly<Record<string, string | undefined>>>);

export interface CheckConnectionOptions {
  readonly signal?: AbortSignal;
  /** For the whole check. Default the spec's `healthCheck.timeoutMs`, else 10,000. */
  readonly timeoutMs?: number;
  /** A check that takes longer finds the connection `degraded`. Default half of the time limit. */
  readonly slowAfterMs?: number;
  /** Default the platform's. */
  readonly fetch?: FetchLike;
  readonly clock?: HttpClock;
  readonly network?: NetworkPolicy;
  /** For OAuth 2 and machine accounts. */
  readonly token?: ClientToken | (() => ClientToken | Promise<ClientToken>);
  /** Used in place of whatever the spec says. */
  readonly probe?: HealthProbe;
  /** For transports that this package does not speak. Absent: such a connection is `unknown`. */
  readonly probes?: { readonly sdk?: HealthProbe; readonly mcpStdio?: HealthProbe };
  /** For connections that only receive webhooks. */
  readonly deliveries?: DeliveryRecord;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Finds out whether a connection works: by the spec's health request, by the handshake of an MCP server, by what webhooks
 * need, or by a probe of the host. Never rejects: whatever happens is the answer.
 */
// The parameter list is the natural one: whom, which, with what, how.
export async function checkConnection(
  spec: IntegrationSpec,
  connection: IntegrationConnection,
  secrets: SecretSource,
  options: CheckConnectionOptions = {},
): Promise<ConnectionCheck> {
  const clock = options.clock ?? systemClock;
  const startedAt = clock.monotonicMs();
  const timeoutMs = options.timeoutMs ?? spec.healthCheck?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const known: string[] = [];
  let way: Way = { kind: 'none' };
  let finding: ProbeFinding;
  try {
    finding = await withinTime({ clock, timeoutMs, signal: options.signal }, async (signal) => {
      const fields = typeof secrets === 'function' ? await secrets(connection, signal) : secrets;
      for (const value of Object.values(fields)) if (value !== undefined) known.push(value);
      way = chooseWay(spec, connection, options);
      const context: ProbeContext = { spec, connection, secrets: fields, signal };
      return findFault(context) ?? (await look(way, context, options, clock));
    });
  } catch (error) {
    finding = assessError(error);
  }
  const latencyMs = Math.max(0, clock.monotonicMs() - startedAt);
  if (finding.status === 'connected' && latencyMs > (options.slowAfterMs ?? timeoutMs / 2)) {
    finding = { status: 'degraded', errorCode: 'SLOW', errorMessage: `The check took ${Math.round(latencyMs)} ms` };
  }
  return describe({ spec, connection, finding, kind: way.kind, latencyMs, known, now: clock.now() });
}

/** How a connection is looked at. */
interface Way {
  readonly kind: ProbeKind;
  run?(context: ProbeContext, environment: ProbeEnvironment): Promise<ProbeFinding | void>;
}

function chooseWay(spec: IntegrationSpec, connection: IntegrationConnection, options: CheckConnectionOptions): Way {
  const { probe, probes = {} } = options;
  if (probe !== undefined) return customWay(probe);
  const { transport } = resolveIntegrationRequestContext(spec, connection);
  const mcp = findTransportConfig(spec.transports ?? [], 'mcp');
  if (transport === 'mcp' && mcp !== undefined) {
    if (isRemoteMcp(mcp)) return { kind: 'mcp', run: (context, environment) => probeMcp(mcp, context, environment) };
    return probes.mcpStdio === undefined ? { kind: 'none' } : customWay(probes.mcpStdio);
  }
  if (transport === 'sdk' && probes.sdk !== undefined) return customWay(probes.sdk);
  if (hasHealthRequest(spec)) return { kind: 'rest', run: probeRest };
  return isWebhookOnly(spec) ? { kind: 'webhook' } : { kind: 'none' };
}

function customWay(probe: HealthProbe): Way {
  return { kind: 'custom', run: (context) => probe(context) };
}

function isWebhookOnly({ transports = [], webhooks = [] }: IntegrationSpec): boolean {
  const others = transports.filter(({ type }) => type !== 'webhook');
  return others.length === 0 && transports.length + webhooks.length > 0;
}

// oxlint-disable-next-line max-params
async function look(
  way: Way,
  context: ProbeContext,
  options: CheckConnectionOptions,
  clock: HttpClock,
): Promise<ProbeFinding> {
  if (way.kind === 'webhook') return probeWebhooks(context, options.deliveries, clock.now().getTime());
  if (way.run === undefined) {
    const errorMessage = `Spec "${context.spec.meta.key}" has no health request, and no probe was given`;
    return { status: 'unknown', errorCode: 'NO_PROBE', errorMessage };
  }
  const { fetch, network, token } = options;
  return (await way.run(context, { fetch, clock, network, token })) ?? { status: 'connected' };
}

/** Where config or secret do not fit the spec, nobody need be asked. */
function findFault({ spec, connection, secrets }: ProbeContext): ProbeFinding | undefined {
  const config = validateConnection(spec, connection);
  if (!config.valid) return misfit('INVALID_CONFIG', 'connection', config.problems);
  const secret = validateSecret(spec, presentIn(secrets));
  return secret.valid ? undefined : misfit('INVALID_SECRET', 'secret', secret.problems);
}

function presentIn(secrets: ProbeContext['secrets']): Record<string, string> {
  const present: Record<string, string> = {};
  for (const [name, value] of Object.entries(secrets)) if (value !== undefined) present[name] = value;
  return present;
}

function misfit(errorCode: string, what: string, problems: readonly SchemaProblem[]): ProbeFinding {
  // Not `field: message`, which a redactor takes for a field with its value.
  const shown = problems.slice(0, 3).map(({ path, message }) => `${message} (at ${path === '' ? '/' : path})`);
  return { status: 'misconfigured', errorCode, errorMessage: `The ${what} does not fit the spec: ${shown.join('; ')}` };
}

interface Described {
  readonly spec: IntegrationSpec;
  readonly connection: IntegrationConnection;
  readonly finding: ProbeFinding;
  readonly kind: ProbeKind;
  readonly latencyMs: number;
  readonly known: readonly string[];
  readonly now: Date;
}

function describe({ spec, connection, finding, kind, latencyMs, known, now }: Described): ConnectionCheck {
  const { errorMessage, errorCode, requestId, httpStatus, retryAfterMs, status } = finding;
  const needsRedactor = errorMessage !== undefined || errorCode !== undefined || requestId !== undefined;
  const { text } = needsRedactor ? createRedactor({ secrets: known }) : KEEP;
  const warnings =
    spec.versionPolicy === undefined
      ? []
      : assessApiVersion(spec.versionPolicy, connection.apiVersion, now.getTime()).warnings;
  return {
    connectionId: connection.meta.id,
    integrationKey: spec.meta.key,
    status,
    connectionStatus: toConnectionStatus(status),
    probe: kind,
    checkedAt: now.toISOString(),
    latencyMs,
    ...(errorCode === undefined ? {} : { errorCode: text(errorCode) }),
    ...(errorMessage === undefined ? {} : { errorMessage: text(errorMessage).slice(0, 1000) }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(requestId === undefined ? {} : { requestId: text(requestId) }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

const KEEP = { text: (input: string): string => input };
