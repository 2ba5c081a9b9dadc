import { ListToolsResultSchema, ToolSchema } from '@modelcontextprotocol/core';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { validateAgainstSchema } from '../schema/validate-against-schema.ts';
import { registerIntegrationContracts } from './connection-operations.ts';
import { OperationSpecRegistry } from './operation-registry.ts';
import { defineCommand, defineQuery } from './operation-spec.ts';
import { toMcpTools } from './to-mcp-tools.ts';

const meta = {
  key: 'notes.add',
  version: '1.0.0',
  description: 'Adds.',
  stability: 'stable',
  owners: ['@team'],
  tags: ['notes'],
  goal: 'Keep.',
  context: 'Editor.',
} as const;

const query = (key: string, version = '1.0.0') =>
  defineQuery({ meta: { ...meta, key, version }, io: { input: null, output: true }, policy: { auth: 'user' } });

describe('toMcpTools', () => {
  const tools = toMcpTools(registerIntegrationContracts(new OperationSpecRegistry()));

  it('gives a list that the protocol takes', () => {
    expect(ListToolsResultSchema.safeParse({ tools }).error).toBeUndefined();
    expect(ToolSchema.safeParse({ ...tools[0], inputSchema: { type: 'string' } }).success).toBe(false);
    expect(JSON.parse(JSON.stringify(tools))).toEqual(tools);
  });

  it('names, titles and annotates each operation', () => {
    expect(
      tools.map(({ name, title, annotations: { readOnlyHint, destructiveHint, idempotentHint } }) => [
        name,
        title,
        { readOnlyHint, destructiveHint, idempotentHint },
      ]),
    ).toEqual([
      [
        'integrations_connection_create',
        'Create Integration Connection',
        { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
      ],
      [
        'integrations_connection_update',
        'Update Integration Connection',
        { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
      ],
      [
        'integrations_connection_delete',
        'Delete Integration Connection',
        { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
      ],
      [
        'integrations_connection_list',
        'List Integration Connections',
        { readOnlyHint: true, destructiveHint: false, idempotentHint: true },
      ],
      [
        'integrations_connection_test',
        'Test Integration Connection',
        { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
      ],
    ]);
  });

  it('keeps to names that every client takes', () => {
    for (const { name } of tools) expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    const odd = query('notes.get one/ä');
    expect(toMcpTools(new OperationSpecRegistry([odd]))[0]?.name).toBe('notes_get_one__');
  });

  it('carries closed schemas and the operation that is meant', () => {
    expect(tools[3]).toMatchObject({
      inputSchema: { type: 'object', required: ['tenantId'], additionalProperties: false },
      outputSchema: { type: 'object', required: ['connections'] },
      _meta: {
        'mortise/operationKey': 'integrations.connection.list',
        'mortise/operationVersion': '1.0.0',
        'mortise/wrapsInput': false,
        'mortise/wrapsOutput': false,
      },
    });
  });

  it('takes commands for destructive unless they say otherwise', () => {
    const command = defineCommand({ meta, io: { input: null, output: true }, policy: { auth: 'user' } });
    expect(toMcpTools(new OperationSpecRegistry([command]))[0]?.annotations).toEqual({
      readOnlyHint: false,
      destructiveHint: true,
      idempotentHint: false,
    });
  });

  it('wraps what is no object, references included', () => {
    const list = {
      type: 'array',
      items: { $ref: '#/$defs/Item' },
      $defs: { Item: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] } },
    };
    const spec = defineQuery({ meta, io: { input: list, output: Type.String() }, policy: { auth: 'user' } });
    const [tool] = toMcpTools(new OperationSpecRegistry([spec]));
    expect(ToolSchema.safeParse(tool).error).toBeUndefined();
    expect(tool).toMatchObject({ _meta: { 'mortise/wrapsInput': true, 'mortise/wrapsOutput': true } });
    expect(tool?.outputSchema).toEqual({
      type: 'object',
      properties: { result: { type: 'string' } },
      required: ['result'],
      additionalProperties: false,
    });
    const fits = (value: unknown) => validateAgainstSchema<unknown>(tool?.inputSchema, value).valid;
    expect(fits({ input: [{ a: 'x' }] })).toBe(true);
    expect(fits({ input: [{ b: 'x' }] })).toBe(false);
    expect(fits([{ a: 'x' }])).toBe(false);
  });

  it('makes a tool of the highest version only, unless all are wanted', () => {
    const registry = new OperationSpecRegistry([query('notes.get', '1.0.0'), query('notes.get', '1.1.0')]);
    expect(toMcpTools(registry)).toMatchObject([{ name: 'notes_get', _meta: { 'mortise/operationVersion': '1.1.0' } }]);
    expect(toMcpTools(registry)).toHaveLength(1);
    expect(toMcpTools(registry, { allVersions: true }).map((tool) => tool.name)).toEqual([
      'notes_get_v1_0_0',
      'notes_get',
    ]);
  });

  it('refuses two operations of one name and a name that is too long', () => {
    expect(() => toMcpTools(new OperationSpecRegistry([query('a.b_c'), query('a_b.c')]))).toThrow(
      expect.objectContaining({ code: 'NAME_COLLISION', message: expect.stringContaining('"a.b_c.v1.0.0"') }),
    );
    expect(() => toMcpTools(new OperationSpecRegistry([query('n'.repeat(65))]))).toThrow(/65 characters/);
  });
});
