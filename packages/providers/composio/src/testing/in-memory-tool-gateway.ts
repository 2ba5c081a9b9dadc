import { type CallOptions, IntegrationError, type Page, type Sleep } from '@mortise/core';
import type { ToolGatewayCapabilities } from '../capabilities.ts';
import { assertProxyPath } from '../check-proxy-path.ts';
import { assertArgumentsFit, assertPinnedVersion } from '../check-tool-call.ts';
import { GatewayConsentRequiredError } from '../errors/gateway-consent-required-error.ts';
import type { GatewayConnection } from '../model/connection.ts';
import type {
  GatewayProxyRequest,
  GatewayProxyResponse,
  GatewayToolCall,
  GatewayToolResult,
} from '../model/tool-call.ts';
import type { GatewayTool, GatewayToolkit } from '../model/tool.ts';
import type { GatewayTriggerType } from '../model/trigger.ts';
import type { GatewayListQuery, GatewayToolQuery, ToolGatewayProvider } from '../tool-gateway-provider.ts';
import { consentUrlOf, InMemoryConnections } from './in-memory-connections.ts';
import { InMemoryTriggers } from './in-memory-triggers.ts';
import { pageOf } from './page-of.ts';
import type { ObservedRun, ScriptedCatalog, ScriptedTool } from './scripted-catalog.ts';
import { ServiceLine } from './service-line.ts';

export interface InMemoryToolGatewayOptions {
  readonly catalog: ScriptedCatalog;
  readonly triggerTypes?: readonly GatewayTriggerType[];
  /** Secret of Standard Webhooks (`whsec_…`). Absent: every delivery is refused. */
  readonly webhookSecret?: string;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

/**
 * A tool gateway in memory that keeps every rule of `ToolGatewayProvider`: the reference against which the kit is tested, and a double
 * for the tests of applications.
 */
export class InMemoryToolGateway implements ToolGatewayProvider {
  readonly key = 'fallback.in-memory';
  readonly capabilities: ToolGatewayCapabilities = {
    methods: { proxy: 'native', triggers: 'native' },
    idempotency: { supported: 'none', onMismatch: 'error' },
  };
  readonly line: ServiceLine;
  readonly connections: InMemoryConnections;
  readonly triggers: InMemoryTriggers;
  readonly #catalog: ScriptedCatalog;
  readonly #runs: ObservedRun[] = [];
  #losesAnswer = false;

  constructor(options: InMemoryToolGatewayOptions) {
    this.#catalog = options.catalog;
    this.line = new ServiceLine(options.sleep === undefined ? {} : { sleep: options.sleep });
    this.connections = new InMemoryConnections(this.line);
    this.triggers = new InMemoryTriggers({
      line: this.line,
      connections: this.connections,
      types: options.triggerTypes ?? [],
      now: options.now ?? Date.now,
      ...(options.webhookSecret === undefined ? {} : { webhookSecret: options.webhookSecret }),
    });
  }

  /** Runs that reached a service, in order. */
  get runs(): readonly ObservedRun[] {
    return this.#runs;
  }

  /** The next run is done, and its answer is lost. */
  loseNextAnswer(): void {
    this.#losesAnswer = true;
  }

  listToolkits(query: GatewayListQuery = {}, options?: CallOptions): Promise<Page<GatewayToolkit>> {
    return this.line.send(options, () => {
      const wanted = this.#catalog.toolkits.filter(({ slug, name }) => isFound(query.search, slug, name));
      return structuredClone(pageOf(wanted, query, ({ slug }) => slug));
    });
  }

  listTools(query: GatewayToolQuery = {}, options?: CallOptions): Promise<Page<GatewayTool>> {
    return this.line.send(options, () => {
      const latest = this.#catalog.tools.filter(({ latestVersion }) => latestVersion === undefined);
      const wanted = latest.filter(
        ({ slug, name, toolkit }) =>
          (query.toolkits === undefined || query.toolkits.includes(toolkit)) && isFound(query.search, slug, name),
      );
      return pageOf(wanted.map(toPlainTool), query, ({ slug }) => slug);
    });
  }

  getTool(slug: string, version?: string, options?: CallOptions): Promise<GatewayTool> {
    return this.line.send(options, () => toPlainTool(this.#find(slug, version)));
  }

  async execute(call: GatewayToolCall, options?: CallOptions): Promise<GatewayToolResult> {
    assertPinnedVersion(call);
    const tool = this.#find(call.tool, call.version === 'latest' ? undefined : call.version);
    assertArgumentsFit(tool, call);
    return this.line.send(options, () => this.#run(tool, call));
  }

  async proxy(request: GatewayProxyRequest, options?: CallOptions): Promise<GatewayProxyResponse> {
    assertProxyPath(request.path);
    return this.line.send(options, () => {
      this.#assertActive(this.connections.find(request.userId, request.connectionId));
      return { status: 200, data: { path: request.path } };
    });
  }

  close(): Promise<void> {
    this.line.close();
    return Promise.resolve();
  }

  #run(tool: ScriptedTool, call: GatewayToolCall): GatewayToolResult {
    const connection = this.#connectionFor(tool.toolkit, call);
    const args = structuredClone({ ...call.arguments });
    const { slug, version, toolkit, latestVersion } = tool;
    this.#runs.push({ tool: slug, version, userId: call.userId, connectionId: connection.id, arguments: args });
    const outcome = tool.run?.(args) ?? { successful: true as const, data: args };
    if (this.#losesAnswer) {
      this.#losesAnswer = false;
      throw new IntegrationError({ code: 'outcome_unknown', message: 'The answer was lost; the tool may have run' });
    }
    const base = {
      route: { via: 'tool-gateway' as const, gateway: this.key, toolkit, tool: slug, version },
      logId: `log-${this.#runs.length}`,
      ...(latestVersion === undefined
        ? {}
        : {
            warnings: [
              {
                type: 'deprecated' as const,
                field: 'version',
                message: `"${slug}" has a later version, ${latestVersion}`,
              },
            ],
          }),
    };
    if (outcome.successful) return { ...base, ok: true, data: outcome.data };
    return { ...base, ok: false, error: { code: outcome.code, message: outcome.message } };
  }

  #connectionFor(toolkit: string, { userId, connectionId }: GatewayToolCall): GatewayConnection {
    const accounts = this.connections.of(userId, toolkit);
    const account =
      connectionId === undefined
        ? (accounts.find(({ state }) => state === 'active') ?? accounts.at(-1))
        : this.connections.find(userId, connectionId);
    if (account === undefined) {
      const { redirectUrl } = this.connections.ask(toolkit, userId);
      throw new GatewayConsentRequiredError({ toolkit, consentUrl: redirectUrl });
    }
    if (account.toolkit !== toolkit) {
      throw new IntegrationError({ code: 'forbidden', message: `The account is one of "${account.toolkit}"` });
    }
    this.#assertActive(account);
    return account;
  }

  #assertActive({ id, state, toolkit }: GatewayConnection): void {
    if (state === 'active') return;
    throw new GatewayConsentRequiredError({ toolkit, connectionId: id, consentUrl: consentUrlOf(id) });
  }

  #find(slug: string, version: string | undefined): ScriptedTool {
    const tool = this.#catalog.tools.find(
      (one) => one.slug === slug && (version === undefined ? one.latestVersion === undefined : one.version === version),
    );
    if (tool !== undefined) return tool;
    const what = version === undefined ? '' : ` in version ${version}`;
    throw new IntegrationError({ code: 'not_found', message: `There is no tool "${slug}"${what}` });
  }
}

function toPlainTool({ run: _run, ...tool }: ScriptedTool): GatewayTool {
  return structuredClone(tool);
}

function isFound(search: string | undefined, ...texts: string[]): boolean {
  const wanted = search?.toLowerCase();
  return wanted === undefined || texts.some((text) => text.toLowerCase().includes(wanted));
}
