import type { JsonObject } from '../call/json.ts';
import { makeContractKey } from '../spec/contract-registry.ts';
import { closedSchema } from './closed-schema.ts';
import { OperationError } from './operation-error.ts';
import type { OperationSpecRegistry } from './operation-registry.ts';
import type { AnyOperationSpec } from './operation-spec.ts';
import { toJsonObject } from './schema-components.ts';

/** Schema of an object, as a tool's input and output must have. */
export interface McpObjectSchema {
  readonly [keyword: string]: unknown;
  readonly type: 'object';
}

/** Definition of a tool in the Model Context Protocol. Plain JSON. */
export interface McpTool {
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  readonly inputSchema: McpObjectSchema;
  readonly outputSchema: McpObjectSchema;
  readonly annotations: {
    readonly title?: string;
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
  };
  /** Which operation the tool stands for, and whether input and output are wrapped, since they are no objects. */
  readonly _meta: {
    readonly 'mortise/operationKey': string;
    readonly 'mortise/operationVersion': string;
    readonly 'mortise/wrapsInput': boolean;
    readonly 'mortise/wrapsOutput': boolean;
  };
}

export interface McpToolsOptions {
  /** Whether earlier versions become tools too, named with their version. Default false: the highest of each key. */
  readonly allVersions?: boolean;
}

/** Names that every client takes: the protocol allows more, the large model vendors do not. */
const MAX_NAME_LENGTH = 64;

/**
 * The operations of a registry as MCP tools, named by their key with `_` for dots. An input or output that is no object
 * is wrapped: `{ input }`, `{ result }`.
 *
 * @throws {OperationError} `NAME_COLLISION`: two operations would have the same name, or a name over 64 characters long.
 */
export function toMcpTools(registry: OperationSpecRegistry, options: McpToolsOptions = {}): McpTool[] {
  const names = new Map<string, string>();
  const tools: McpTool[] = [];
  for (const spec of registry.list()) {
    const isLatest = registry.get(spec.meta.key) === spec;
    if (!isLatest && options.allVersions !== true) continue;
    const name = toolName(spec, isLatest);
    const other = names.get(name);
    if (other !== undefined) {
      throw unusable(spec, `would have the same tool name as "${other}", "${name}"; rename one`);
    }
    if (name.length > MAX_NAME_LENGTH) {
      throw unusable(
        spec,
        `would have a tool name of ${name.length} characters; shorten its key to ${MAX_NAME_LENGTH}`,
      );
    }
    names.set(name, makeContractKey(spec.meta));
    tools.push(describeTool(spec, name));
  }
  return tools;
}

function toolName({ meta }: AnyOperationSpec, isLatest: boolean): string {
  return (isLatest ? meta.key : `${meta.key}_v${meta.version}`).replaceAll(/[^A-Za-z0-9_-]/g, '_');
}

function describeTool({ meta, policy, io }: AnyOperationSpec, name: string): McpTool {
  const input = asObjectSchema(io.input === null ? { type: 'object', properties: {} } : io.input, 'input');
  const output = asObjectSchema(io.output, 'result');
  const title = meta.title === undefined ? {} : { title: meta.title };
  const isQuery = meta.kind === 'query';
  return {
    name,
    ...title,
    description: [meta.description, meta.goal, meta.context].filter((text) => text !== '').join('\n\n'),
    inputSchema: input.schema,
    outputSchema: output.schema,
    annotations: {
      ...title,
      readOnlyHint: isQuery,
      destructiveHint: !isQuery && policy.destructive !== false,
      idempotentHint: policy.idempotent === true,
    },
    _meta: {
      'mortise/operationKey': meta.key,
      'mortise/operationVersion': meta.version,
      'mortise/wrapsInput': input.isWrapped,
      'mortise/wrapsOutput': output.isWrapped,
    },
  };
}

function asObjectSchema(schema: unknown, field: string): { schema: McpObjectSchema; isWrapped: boolean } {
  const plain = toJsonObject(closedSchema(schema));
  if (plain['type'] === 'object') return { schema: { ...plain, type: 'object' }, isWrapped: false };
  // References lead from the root, which becomes one level deeper.
  const inner = relocate(plain, `#/properties/${field}`);
  return {
    schema: { type: 'object', properties: { [field]: inner }, required: [field], additionalProperties: false },
    isWrapped: true,
  };
}

function relocate(schema: JsonObject, root: string): JsonObject {
  const text = JSON.stringify(schema, (keyword, value: unknown) =>
    keyword === '$ref' && typeof value === 'string' && (value === '#' || value.startsWith('#/'))
      ? root + value.slice(1)
      : value,
  );
  return toJsonObject(JSON.parse(text));
}

function unusable(spec: AnyOperationSpec, what: string): OperationError {
  const { key, version } = spec.meta;
  return new OperationError({
    code: 'NAME_COLLISION',
    message: `Operation "${makeContractKey(spec.meta)}" ${what}`,
    operation: { key, version },
  });
}
