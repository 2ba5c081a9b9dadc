import type { JsonObject } from '../call/json.ts';
import { makeContractKey } from '../spec/contract-registry.ts';
import { OperationError } from './operation-error.ts';
import type { OperationSpecRegistry } from './operation-registry.ts';
import type { AnyOperationSpec, OperationErrorSpec } from './operation-spec.ts';
import { SchemaComponents, toJsonObject } from './schema-components.ts';

export interface OpenApiOptions {
  readonly title: string;
  /** Version of the API, not of OpenAPI. */
  readonly version: string;
  readonly description?: string;
  readonly servers?: readonly { readonly url: string; readonly description?: string }[];
  /** Security schemes by name. Default: `bearerAuth`, an HTTP bearer token. */
  readonly securitySchemes?: Readonly<Record<string, JsonObject>>;
}

/** An OpenAPI 3.1 document. Plain JSON. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly jsonSchemaDialect: string;
  readonly servers?: readonly { readonly url: string; readonly description?: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, { readonly post: JsonObject }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonObject>>;
    readonly securitySchemes: Readonly<Record<string, JsonObject>>;
  };
}

const PROBLEM: JsonObject = {
  type: 'object',
  title: 'Problem',
  description: 'An error (RFC 9457). `code` tells programs what went wrong, `detail` tells people.',
  required: ['type', 'title', 'status', 'detail', 'code', 'retryable'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 100, maximum: 599 },
    detail: { type: 'string' },
    instance: { type: 'string', format: 'uri-reference' },
    code: { type: 'string' },
    retryable: { type: 'boolean' },
    retryAfterMs: { type: 'number', minimum: 0 },
    problems: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message', 'keyword'],
        properties: { path: { type: 'string' }, message: { type: 'string' }, keyword: { type: 'string' } },
      },
    },
  },
};

const IDEMPOTENCY_KEY: JsonObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Same key, same effect: makes a repeat safe.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/**
 * The operations of a registry as an OpenAPI 3.1 document: `POST /<key>/<version>` for each, input and output as JSON
 * bodies, errors as problem details. Queries are `POST` too: their input may be nested, which a query string cannot
 * carry without inventing a notation; `x-operation-kind` and `x-idempotent` tell them apart.
 *
 * @throws {OperationError} `NAME_COLLISION`: two operations would have the same id.
 */
export function toOpenApiDocument(registry: OperationSpecRegistry, options: OpenApiOptions): OpenApiDocument {
  const { title, version, description, servers } = options;
  const securitySchemes = options.securitySchemes ?? { bearerAuth: { type: 'http', scheme: 'bearer' } };
  const schemas = new SchemaComponents();
  schemas.add({ ...PROBLEM, additionalProperties: true }, 'Problem');
  const paths: Record<string, { post: JsonObject }> = {};
  const ids = new Map<string, string>();
  for (const spec of registry.list()) {
    const id = operationId(spec);
    const path = `/${encodeURIComponent(spec.meta.key)}/${encodeURIComponent(spec.meta.version)}`;
    const other = ids.get(id);
    if (other !== undefined) throw collision(spec, other, id);
    ids.set(id, makeContractKey(spec.meta));
    paths[path] = { post: describeOperation(spec, id, schemas, Object.keys(securitySchemes)) };
  }
  return {
    openapi: '3.1.1',
    info: { title, version, ...(description === undefined ? {} : { description }) },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    ...(servers === undefined ? {} : { servers: servers.map((server) => ({ ...server })) }),
    tags: registry.getUniqueTags().map((name) => ({ name })),
    paths,
    components: { schemas: schemas.toJSON(), securitySchemes },
  };
}

/** Key and version as a name that code generators take. */
function operationId({ meta }: AnyOperationSpec): string {
  return `${meta.key}_v${meta.version}`.replaceAll(/[^A-Za-z0-9_]/g, '_');
}

function describeOperation(
  spec: AnyOperationSpec,
  id: string,
  schemas: SchemaComponents,
  securityNames: readonly string[],
): JsonObject {
  const { meta, policy, io } = spec;
  return {
    operationId: id,
    ...(meta.title === undefined ? {} : { summary: meta.title }),
    description: [meta.description, meta.goal, meta.context].filter((text) => text !== '').join('\n\n'),
    tags: [...meta.tags],
    ...(meta.stability === 'deprecated' ? { deprecated: true } : {}),
    security: policy.auth === 'anonymous' ? [] : securityNames.map((name) => ({ [name]: rolesFor(spec) })),
    ...(meta.kind === 'command' ? { parameters: [IDEMPOTENCY_KEY] } : {}),
    ...(io.input === null
      ? {}
      : { requestBody: { required: true, content: json('application/json', schemas.add(io.input, `${id}_input`)) } }),
    responses: {
      200: { description: 'Done', content: json('application/json', schemas.add(io.output, `${id}_output`)) },
      ...errorResponses(spec),
    },
    'x-operation-key': meta.key,
    'x-operation-version': meta.version,
    'x-operation-kind': meta.kind,
    'x-idempotent': policy.idempotent === true,
    'x-stability': meta.stability,
    'x-owners': [...meta.owners],
  };
}

/** Roles are informative for schemes other than OAuth 2 and OpenID Connect. */
function rolesFor({ policy }: AnyOperationSpec): string[] {
  return [...new Set([...(policy.auth === 'admin' ? ['admin'] : []), ...(policy.roles ?? [])])];
}

function errorResponses(spec: AnyOperationSpec): JsonObject {
  const byStatus = new Map<number, string[]>([[400, ['`INVALID_INPUT`: the input does not fit its schema.']]]);
  const add = (status: number, text: string) => byStatus.set(status, [...(byStatus.get(status) ?? []), text]);
  if (spec.policy.auth !== 'anonymous') add(401, '`UNAUTHENTICATED`: the caller is not known.');
  add(403, '`FORBIDDEN`, `TENANT_REQUIRED`, `TENANT_MISMATCH`, `ESCALATION_REQUIRED`: the caller may not do this.');
  const declared: readonly [string, OperationErrorSpec][] = Object.entries(spec.io.errors ?? {});
  for (const [code, error] of declared) add(error.httpStatus, `\`${code}\`: ${error.description}`);
  add(500, '`OPERATION_FAILED`, `INVALID_OUTPUT`: the operation failed.');
  const problem = { $ref: '#/components/schemas/Problem' };
  return Object.fromEntries(
    [...byStatus]
      .sort(([left], [right]) => left - right)
      .map(([status, lines]) => [
        status,
        { description: lines.join('\n'), content: json('application/problem+json', problem) },
      ]),
  );
}

function json(mediaType: string, schema: JsonObject): JsonObject {
  return { [mediaType]: { schema: toJsonObject(schema) } };
}

function collision(spec: AnyOperationSpec, other: string, id: string): OperationError {
  const { key, version } = spec.meta;
  return new OperationError({
    code: 'NAME_COLLISION',
    message: `Operations "${other}" and "${makeContractKey(spec.meta)}" would both be named "${id}"; rename one`,
    operation: { key, version },
  });
}
