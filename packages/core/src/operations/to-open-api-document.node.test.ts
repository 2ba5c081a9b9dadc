import { Validator } from '@seriousme/openapi-schema-validator';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { integrationContracts, registerIntegrationContracts } from './connection-operations.ts';
import { toProblemDetails } from './error-status.ts';
import { OperationError } from './operation-error.ts';
import { OperationSpecRegistry } from './operation-registry.ts';
import { defineCommand, defineQuery } from './operation-spec.ts';
import { toOpenApiDocument } from './to-open-api-document.ts';

const options = { title: 'Integrations', version: '3.2.1' };

const meta = {
  key: 'notes.add',
  version: '1.0.0',
  description: 'Adds.',
  stability: 'deprecated',
  owners: ['@team'],
  tags: ['notes'],
  goal: 'Keep.',
  context: 'Editor.',
} as const;

async function problemsOf(document: unknown): Promise<unknown> {
  const result = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  return result.valid ? [] : result.errors;
}

/** Every `$ref` of a document that leads nowhere. */
function danglingRefs(document: object): string[] {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
  return refs.filter((ref) => {
    let target: unknown = document;
    for (const step of ref.slice(2).split('/'))
      target = Object(target)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
    return target === undefined;
  });
}

describe('toOpenApiDocument', () => {
  const document = toOpenApiDocument(registerIntegrationContracts(new OperationSpecRegistry()), options);

  it('is a valid OpenAPI 3.1 document', async () => {
    expect(await problemsOf(document)).toEqual([]);
    expect(danglingRefs(document)).toEqual([]);
  });

  it('is told valid by a validator that does find faults', async () => {
    const paths = { ...document.paths, 'no-slash': { post: { responses: {} } } };
    expect(await problemsOf({ ...document, paths })).not.toEqual([]);
    expect(await problemsOf({ ...document, info: {} })).not.toEqual([]);
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    expect(JSON.stringify(document)).not.toContain('~kind');
  });

  it('has one POST for each operation, queries included', () => {
    expect(Object.keys(document.paths)).toEqual(
      Object.values(integrationContracts).map(({ meta: { key, version } }) => `/${key}/${version}`),
    );
    expect(document.paths['/integrations.connection.list/1.0.0']?.post).toMatchObject({
      operationId: 'integrations_connection_list_v1_0_0',
      summary: 'List Integration Connections',
      security: [{ bearerAuth: ['admin'] }],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/ListIntegrationConnectionsInput' } } },
      },
      'x-operation-kind': 'query',
      'x-idempotent': true,
    });
  });

  it('shares named schemas', () => {
    expect(Object.keys(document.components.schemas)).toEqual([
      'CreateIntegrationConnectionInput',
      'DeleteIntegrationConnectionInput',
      'DeleteIntegrationConnectionOutput',
      'IntegrationConnectionRecord',
      'ListIntegrationConnectionsInput',
      'ListIntegrationConnectionsOutput',
      'Problem',
      'TestIntegrationConnectionInput',
      'TestIntegrationConnectionOutput',
      'UpdateIntegrationConnectionInput',
    ]);
    expect(document.components.schemas['ListIntegrationConnectionsOutput']).toMatchObject({
      properties: {
        connections: { type: 'array', items: { $ref: '#/components/schemas/IntegrationConnectionRecord' } },
      },
    });
  });

  it('lets commands carry an idempotency key and queries not', () => {
    expect(document.paths['/integrations.connection.create/1.0.0']?.post['parameters']).toMatchObject([
      { name: 'Idempotency-Key', in: 'header', required: false },
    ]);
    expect(document.paths['/integrations.connection.list/1.0.0']?.post).not.toHaveProperty('parameters');
  });

  it('lists the errors by status as problem details', () => {
    const responses = document.paths['/integrations.connection.update/1.0.0']?.post['responses'];
    expect(Object.keys(Object(responses))).toEqual(['200', '400', '401', '403', '404', '412', '422', '500']);
    expect(responses).toMatchObject({
      404: {
        description: expect.stringContaining('CONNECTION_NOT_FOUND'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
      403: { description: expect.stringMatching(/TENANT_MISMATCH[\s\S]*SECRET_REF_NOT_ALLOWED/) },
    });
  });

  it('stays valid for every kind of operation and option', async () => {
    const Node = {
      title: 'Node',
      $defs: { Next: { type: 'object', properties: { next: { $ref: '#/$defs/Next' } } } },
      type: 'object',
      properties: { first: { $ref: '#/$defs/Next' } },
    };
    const registry = new OperationSpecRegistry([
      defineCommand({ meta, io: { input: Node, output: Type.String() }, policy: { auth: 'user', roles: ['editor'] } }),
      defineQuery({
        meta: { ...meta, version: '2.0.0' },
        io: { input: null, output: true },
        policy: { auth: 'anonymous' },
      }),
      defineQuery({
        meta: { ...meta, key: 'notes.get one/ä' },
        io: { input: Type.Object({ a: Type.Object({}, { title: 'Node' }) }), output: Type.Array(Type.Number()) },
        policy: { auth: 'user' },
      }),
    ]);
    const full = toOpenApiDocument(registry, {
      ...options,
      description: 'All of it',
      servers: [{ url: 'https://api.example.com/operations' }],
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    });
    expect(await problemsOf(full)).toEqual([]);
    expect(danglingRefs(full)).toEqual([]);
    expect(full.paths['/notes.add/1.0.0']?.post).toMatchObject({ deprecated: true, security: [{ key: ['editor'] }] });
    expect(full.paths['/notes.add/2.0.0']?.post).toMatchObject({ security: [] });
    expect(full.paths['/notes.add/2.0.0']?.post).not.toHaveProperty('requestBody');
    // Two different schemas of one title stay two.
    expect(full.components.schemas['Node']).toMatchObject({ properties: { first: {} } });
    expect(full.components.schemas['notes_get_one___v1_0_0_input.properties.a']).toMatchObject({ title: 'Node' });
  });

  it('shows that unknown input fields are refused', () => {
    const registry = new OperationSpecRegistry([
      defineCommand({ meta, io: { input: Type.Object({ a: Type.String() }), output: true }, policy: { auth: 'user' } }),
    ]);
    expect(toOpenApiDocument(registry, options).components.schemas['notes_add_v1_0_0_input']).toMatchObject({
      additionalProperties: false,
    });
  });

  it('refuses two operations whose ids would be equal', () => {
    const one = defineQuery({ meta, io: { input: null, output: true }, policy: { auth: 'user' } });
    const other = defineQuery({
      meta: { ...meta, key: 'notes_add' },
      io: { input: null, output: true },
      policy: { auth: 'user' },
    });
    expect(() => toOpenApiDocument(new OperationSpecRegistry([one, other]), options)).toThrow(
      expect.objectContaining({ code: 'NAME_COLLISION', message: expect.stringContaining('notes.add.v1.0.0') }),
    );
  });
});

describe('toProblemDetails', () => {
  const operation = { key: 'notes.add' };

  it('gives the status that the contract declares', () => {
    const spec = integrationContracts.UpdateIntegrationConnection;
    const error = new OperationError({
      code: 'OPERATION_FAILED',
      message: 'failed with CONNECTION_CHANGED: changed at noon',
      operation,
      declaredCode: 'CONNECTION_CHANGED',
      cause: new Error('canary-inside'),
    });
    const problem = toProblemDetails(error, spec);
    expect(problem).toMatchObject({ status: 412, code: 'CONNECTION_CHANGED', retryable: false, type: 'about:blank' });
    expect(JSON.stringify(problem)).not.toContain('canary-inside');
    expect(toProblemDetails(error).status).toBe(500);
  });

  it.each([
    ['INVALID_INPUT', 400],
    ['UNAUTHENTICATED', 401],
    ['TENANT_MISMATCH', 403],
    ['OPERATION_NOT_FOUND', 404],
    ['OPERATION_NOT_BOUND', 501],
    ['OPERATION_FAILED', 500],
  ] as const)('gives %s the status %i', (code, status) => {
    const problems = [{ path: '/a', message: 'is missing', keyword: 'required' }];
    expect(toProblemDetails(new OperationError({ code, message: 'x', operation, problems }))).toMatchObject({
      status,
      problems,
    });
  });
});
