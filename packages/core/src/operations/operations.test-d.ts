import { Type } from 'typebox';
import { expectTypeOf } from 'vitest';
import type { ToolSchema } from '@modelcontextprotocol/core';
import type {
  CreateIntegrationConnectionInput,
  IntegrationConnectionRecord,
  UpdateIntegrationConnectionInput,
} from './connection-models.ts';
import { CreateIntegrationConnection, ListIntegrationConnections } from './connection-operations.ts';
import type { OperationContext } from './operation-context.ts';
import { OperationSpecRegistry, type HandlerOf } from './operation-registry.ts';
import { defineCommand, defineQuery, type AnyOperationSpec, type OperationInput } from './operation-spec.ts';
import { toMcpTools } from './to-mcp-tools.ts';

const meta = {
  key: 'notes.add',
  version: '1.0.0',
  description: '',
  stability: 'stable',
  owners: [],
  tags: [],
  goal: '',
  context: '',
} as const;

const add = defineCommand({
  meta,
  io: { input: Type.Object({ text: Type.String() }), output: Type.Object({ id: Type.String() }) },
  policy: { auth: 'user' },
  telemetry: {
    success: {
      event: { key: 'added' },
      properties: ({ input, output }) => {
        expectTypeOf(input).toEqualTypeOf<{ text: string }>();
        expectTypeOf(output).toEqualTypeOf<{ id: string } | undefined>();
        return {};
      },
    },
  },
});

// A handler gets the input of its contract and must return its output.
expectTypeOf<HandlerOf<typeof add>>().toEqualTypeOf<
  (input: { text: string }, context: OperationContext) => { id: string } | Promise<{ id: string }>
>();
const registry = new OperationSpecRegistry([add]).bind(add, async ({ text }) => ({ id: text }));
// @ts-expect-error the output lacks its id
registry.bind(add, () => ({}));
// @ts-expect-error the input has no such field
registry.bind(add, (input) => ({ id: input.title }));
// @ts-expect-error authors do not write the kind
defineCommand({ meta: { ...meta, kind: 'query' }, io: { input: null, output: true }, policy: { auth: 'user' } });
// @ts-expect-error unknown authentication level
defineCommand({ meta, io: { input: null, output: true }, policy: { auth: 'root' } });

// Plain JSON Schema literals are understood, too.
const find = defineQuery({
  meta,
  io: {
    input: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    output: { type: 'array', items: { type: 'string' } },
  },
  policy: { auth: 'user' },
});
registry.bind(find, ({ id }) => {
  expectTypeOf(id).toEqualTypeOf<string>();
  return [id];
});

// No input is undefined.
expectTypeOf<OperationInput<null>>().toEqualTypeOf<undefined>();

// Every operation goes where any is wanted.
expectTypeOf(add).toExtend<AnyOperationSpec>();
expectTypeOf(CreateIntegrationConnection).toExtend<AnyOperationSpec>();

// The models of the connection operations are typed by their schemas.
expectTypeOf<CreateIntegrationConnectionInput['ownershipMode']>().toEqualTypeOf<'managed' | 'byok'>();
expectTypeOf<CreateIntegrationConnectionInput['integrationVersion']>().toEqualTypeOf<string | number>();
expectTypeOf<UpdateIntegrationConnectionInput['status']>().toEqualTypeOf<'disconnected' | undefined>();
expectTypeOf<IntegrationConnectionRecord['status']>().toEqualTypeOf<
  'connected' | 'disconnected' | 'error' | 'unknown'
>();
registry.bind(ListIntegrationConnections, ({ tenantId, pageSize }) => {
  expectTypeOf(tenantId).toEqualTypeOf<string>();
  expectTypeOf(pageSize).toEqualTypeOf<number | undefined>();
  return { connections: [] };
});

// Tools are what an MCP server returns.
expectTypeOf(toMcpTools(registry)).toExtend<ReturnType<typeof ToolSchema.parse>[]>();
