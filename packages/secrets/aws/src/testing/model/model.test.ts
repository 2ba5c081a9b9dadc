import * as sdk from '@aws-sdk/client-secrets-manager';
import { TestingError } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { decodeInput } from './decode-input.ts';
import { encodeOutput } from './encode-output.ts';
import { OPERATION_NAMES } from './operations.ts';
import { readShape, type WireShape } from './wire-shape.ts';

/** Every structure that the SDK's model has, with all that hangs on it. */
function walk(shape: WireShape, seen: Set<string> = new Set()): Set<string> {
  if (shape.kind === 'list') return walk(shape.item(), seen);
  if (shape.kind === 'map') return walk(shape.value(), seen);
  if (shape.kind !== 'structure' || seen.has(shape.name)) return seen;
  seen.add(shape.name);
  for (const member of shape.members.values()) walk(member(), seen);
  return seen;
}

describe('the service model of the SDK', () => {
  it('is understood whole', () => {
    const names = new Set<string>();
    for (const [name, schema] of Object.entries(sdk)) {
      if (!name.endsWith('$') || !Array.isArray(schema) || schema[0] === 9) continue;
      walk(readShape(schema), names);
    }
    expect(names.size).toBeGreaterThan(60);
    expect(names).toContain('GetSecretValueResponse');
  });

  it('has every operation that the server has', () => {
    for (const name of OPERATION_NAMES) expect(sdk).toHaveProperty(`${name}$`);
    expect(OPERATION_NAMES.size).toBe(14);
  });

  it.each([[Symbol('x')], [3], [{}], [[12, 'ns', 'Odd', 0, [], []]], [[3, 'ns', 'Odd', 0, 'names', []]]])(
    'that is described in a new way is not guessed at: %o',
    (schema) => {
      expect(() => readShape(schema)).toThrow(TestingError);
    },
  );

  it('reads each kind of schema', () => {
    const shape = readShape([
      3,
      'ns',
      'Thing',
      0,
      ['A', 'B', 'C'],
      [0, [() => [0, 'ns', 'Blob', 8, 21], 0], 64 | 0],
      1,
    ]);
    expect(shape.kind).toBe('structure');
    if (shape.kind !== 'structure') return;
    expect([...shape.members].map(([name, member]) => [name, member().kind])).toEqual([
      ['A', 'string'],
      ['B', 'blob'],
      ['C', 'list'],
    ]);
    expect([...shape.required]).toEqual(['A']);
    expect(readShape(128 | 2).kind).toBe('map');
    expect(readShape('unit').kind).toBe('unit');
  });
});

describe('what goes through the model', () => {
  const version = readShape(sdk.SecretVersionsListEntry$);
  const described = readShape(sdk.DescribeSecretResponse$);
  const value = readShape(sdk.GetSecretValueResponse$);

  it('comes back as it was', () => {
    const output = {
      VersionId: 'v'.repeat(32),
      SecretBinary: Uint8Array.of(0, 255),
      VersionStages: ['a', 'b'],
      CreatedDate: new Date(1_800_000_000_123),
    };
    expect(decodeInput(value, JSON.parse(JSON.stringify(encodeOutput(value, output))))).toEqual(output);
    const stages = { VersionIdsToStages: { one: ['a'] }, RotationEnabled: false };
    expect(decodeInput(described, encodeOutput(described, stages))).toEqual(stages);
  });

  it('leaves out what is undefined', () => {
    expect(encodeOutput(version, { VersionId: undefined })).toEqual({});
  });

  it.each<[string, WireShape, unknown]>([
    ['an unknown member', value, { SecretValue: 'x' }],
    ['a number for text', value, { Name: 1 }],
    ['text for a date', value, { CreatedDate: '2026-01-01' }],
    ['text for bytes', value, { SecretBinary: 'AAAA' }],
    ['text for a list', value, { VersionStages: 'a' }],
    ['a number in a list', value, { VersionStages: [1] }],
    ['a list for a map', described, { VersionIdsToStages: [] }],
    ['text in a map of lists', described, { VersionIdsToStages: { one: 'a' } }],
    ['text for a structure', described, 'x'],
    ['a missing member that is required', readShape(sdk.GetSecretValueRequest$), {}],
  ])('never goes out with %s', (_, shape, output) => {
    expect(() => encodeOutput(shape, output)).toThrow(TestingError);
  });
});
