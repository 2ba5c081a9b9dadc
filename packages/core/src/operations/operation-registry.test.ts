import { inspect } from 'node:util';
import { Type } from 'typebox';
import { describe, expect, it, vi } from 'vitest';
import { IntegrationError } from '../errors/integration-error.ts';
import type { OperationContext, PolicyDecisionRequest } from './operation-context.ts';
import { OperationError } from './operation-error.ts';
import { OperationSpecRegistry } from './operation-registry.ts';
import { defineCommand, defineQuery, type AnyOperationSpec, type OperationPolicySpec } from './operation-spec.ts';

const CANARY = 'canary-2b7c91d4';

const meta = {
  key: 'notes.note.add',
  version: '1.0.0',
  description: 'Adds a note.',
  stability: 'stable',
  owners: ['@team'],
  tags: ['notes'],
  goal: 'Keep a thought.',
  context: 'Used in the editor.',
} as const;

const input = Type.Object({
  text: Type.String({ minLength: 1 }),
  at: Type.Optional(Type.String({ format: 'date-time' })),
  place: Type.Optional(Type.Object({ city: Type.String() })),
  tenantId: Type.Optional(Type.String()),
});
const output = Type.Object({ id: Type.String(), at: Type.Optional(Type.String({ format: 'date-time' })) });

function makeSpec(policy: Partial<OperationPolicySpec> = {}) {
  return defineCommand({
    meta,
    io: { input, output, errors: { NOTE_EXISTS: { description: 'There is one already.', httpStatus: 409 } } },
    policy: { auth: 'anonymous', ...policy },
    telemetry: {
      success: {
        event: { key: 'note.added' },
        properties: (data) => ({ length: data.input.text.length, ...data.output }),
      },
      failure: {
        event: { key: 'note.failed', version: '2.0.0' },
        properties: (data) => ({ error: data.error, password: data.input.text }),
      },
    },
  });
}

function makeRegistry(policy: Partial<OperationPolicySpec> = {}, work: () => unknown = () => ({ id: 'n1' })) {
  const spec = makeSpec(policy);
  const handler = vi.fn<(input: unknown, context: OperationContext) => unknown>(work);
  const registry = new OperationSpecRegistry([spec]);
  // As any operation: the work of a test may return what no honest handler would.
  registry.bind<AnyOperationSpec>(spec, handler);
  const run = (rawInput: unknown, context?: OperationContext) => registry.execute(meta.key, '1.0.0', rawInput, context);
  return { spec, handler, registry, run };
}

async function failureOf(promise: Promise<unknown>): Promise<OperationError> {
  const error: unknown = await promise.then(
    (value) => value,
    (reason: unknown) => reason,
  );
  if (OperationError.is(error)) return error;
  throw new TypeError(`expected an OperationError, got ${inspect(error)}`);
}

describe('defineCommand and defineQuery', () => {
  it('set the kind and whether a repeat is safe', () => {
    expect(makeSpec().meta.kind).toBe('command');
    expect(makeSpec().policy.idempotent).toBe(false);
    expect(makeSpec({ idempotent: true }).policy.idempotent).toBe(true);
    const query = defineQuery({ meta, io: { input: null, output }, policy: { auth: 'user', idempotent: false } });
    expect([query.meta.kind, query.policy.idempotent]).toEqual(['query', true]);
  });

  it('freeze a copy and leave the draft as it was', () => {
    const policy = { auth: 'user' } as const;
    const spec = defineCommand({ meta, io: { input, output }, policy });
    expect(Object.isFrozen(spec) && Object.isFrozen(spec.policy) && Object.isFrozen(spec.meta)).toBe(true);
    expect(policy).toEqual({ auth: 'user' });
    expect(spec.io.input).toBe(input);
  });
});

describe('registration and binding', () => {
  it('keeps contracts by reference and refuses a duplicate', () => {
    const spec = makeSpec();
    const registry = new OperationSpecRegistry();
    expect(registry.register(spec)).toBe(registry);
    expect(registry.get(meta.key)).toBe(spec);
    expect(registry.get(meta.key, '1.0.0')).toBe(spec);
    expect(registry.contractType).toBe('operation');
    expect(() => registry.register(makeSpec())).toThrow(/^Duplicate contract/);
  });

  it('binds a registered contract once', () => {
    const { registry, spec, handler } = makeRegistry();
    expect(registry.getHandler(meta.key)).toBe(handler);
    expect(registry.listBound()).toEqual([spec]);
    expect(() => registry.bind(spec, () => ({ id: '' }))).toThrow(
      expect.objectContaining({ code: 'OPERATION_ALREADY_BOUND' }),
    );
    expect(() => registry.bind(makeSpec(), () => ({ id: '' }))).toThrow(
      expect.objectContaining({ code: 'OPERATION_NOT_FOUND' }),
    );
    expect(registry.getHandler('other')).toBeUndefined();
  });

  it('runs the highest version when none is named', async () => {
    const { registry } = makeRegistry();
    const next = defineQuery({
      meta: { ...meta, version: '2.0.0' },
      io: { input: null, output },
      policy: { auth: 'anonymous' },
    });
    registry.register(next).bind(next, () => ({ id: 'second' }));
    expect(await registry.execute(meta.key, undefined, undefined)).toEqual({ id: 'second' });
    expect(await registry.execute(meta.key, '1.0.0', { text: 'x' })).toEqual({ id: 'n1' });
  });
});

describe('execute', () => {
  it('hands the handler the checked input and its context, and returns its output', async () => {
    const { run, handler } = makeRegistry();
    const context = { tenantId: 't1' };
    expect(await run({ text: 'hello' }, context)).toEqual({ id: 'n1' });
    expect(handler.mock.calls).toEqual([[{ text: 'hello' }, context]]);
  });

  it('refuses unknown operations and ones without a handler', async () => {
    const registry = new OperationSpecRegistry([makeSpec()]);
    expect(await failureOf(registry.execute('x', undefined, {}))).toMatchObject({ code: 'OPERATION_NOT_FOUND' });
    expect(await failureOf(registry.execute(meta.key, '9.0.0', {}))).toMatchObject({
      code: 'OPERATION_NOT_FOUND',
      operation: { key: meta.key, version: '9.0.0' },
    });
    expect(await failureOf(registry.execute(meta.key, undefined, {}))).toMatchObject({ code: 'OPERATION_NOT_BOUND' });
  });

  it('lists every problem of the input and does not call the handler', async () => {
    const { run, handler } = makeRegistry();
    const error = await failureOf(run({ text: '', at: 'yesterday' }));
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.problems?.map((problem) => problem.path).sort()).toEqual(['/at', '/text']);
    expect(handler).not.toHaveBeenCalled();
  });

  it.each([
    [{ text: 'x', extra: CANARY }, '/extra'],
    [{ text: 'x', place: { city: 'Rome', zip: CANARY } }, '/place/zip'],
  ])('refuses unknown fields at any depth, without showing their value: %#', async (raw, path) => {
    const { run } = makeRegistry();
    const error = await failureOf(run(raw));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', problems: [{ path }] });
    expect(inspect(error, { depth: null }) + JSON.stringify(error)).not.toContain(CANARY);
  });

  it.each([[undefined], [null], [[]], ['text'], [42]])('refuses %j where an object is expected', async (raw) => {
    expect(await failureOf(makeRegistry().run(raw))).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('accepts dates as Date or text and gives the handler text', async () => {
    const { run, handler } = makeRegistry();
    await run({ text: 'x', at: new Date('2026-01-02T03:04:05Z') });
    await run({ text: 'x', at: '2026-01-02T03:04:05Z' });
    expect(handler.mock.calls.map(([given]) => given)).toEqual([
      { text: 'x', at: '2026-01-02T03:04:05.000Z' },
      { text: 'x', at: '2026-01-02T03:04:05Z' },
    ]);
  });

  it('returns dates as text', async () => {
    const { run } = makeRegistry({}, () => ({ id: 'n1', at: new Date(0) }));
    expect(await run({ text: 'x' })).toEqual({ id: 'n1', at: '1970-01-01T00:00:00.000Z' });
  });

  it('leaves the raw input alone and hands on a copy', async () => {
    const raw = Object.freeze({ text: 'x', place: Object.freeze({ city: 'Rome' }), at: undefined });
    const { run, handler } = makeRegistry();
    await run(raw);
    expect(handler.mock.calls[0]?.[0]).toEqual({ text: 'x', place: { city: 'Rome' } });
    expect(handler.mock.calls[0]?.[0]).not.toBe(raw);
  });

  it('refuses input that contains itself, is nested without end or tries to reach a prototype', async () => {
    const cyclic: Record<string, unknown> = { text: 'x' };
    cyclic['place'] = cyclic;
    const { run } = makeRegistry();
    expect(await failureOf(run(cyclic))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await failureOf(run(JSON.parse('{"text":"x","__proto__":{"tenantId":"t2"}}')))).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('takes nothing or an empty object for an operation without input', async () => {
    const spec = defineQuery({ meta, io: { input: null, output }, policy: { auth: 'anonymous' } });
    const seen: unknown[] = [];
    const registry = new OperationSpecRegistry([spec]).bind(spec, (given) => {
      seen.push(given);
      return { id: 'x' };
    });
    for (const raw of [undefined, null, {}]) await registry.execute(meta.key, undefined, raw);
    expect(seen).toEqual([undefined, undefined, undefined]);
    expect(await failureOf(registry.execute(meta.key, undefined, { a: 1 }))).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('checks the output', async () => {
    for (const returned of [{}, { id: 7 }, undefined, { id: 'x', at: 'never' }]) {
      const { run } = makeRegistry({}, () => returned);
      expect(await failureOf(run({ text: 'x' }))).toMatchObject({ code: 'INVALID_OUTPUT' });
    }
  });

  it('prepares the output before it is checked', async () => {
    const prepare = (prepareOutput: (output: unknown) => unknown) => {
      const spec = defineQuery({ meta, io: { input: null, output, prepareOutput }, policy: { auth: 'anonymous' } });
      return new OperationSpecRegistry([spec]).bind(spec, () => ({ id: 'n1' })).execute(meta.key, undefined, undefined);
    };
    expect(await prepare(() => ({ id: 'masked' }))).toEqual({ id: 'masked' });
    expect(await failureOf(prepare(() => ({})))).toMatchObject({ code: 'INVALID_OUTPUT' });
    const failing = prepare(() => {
      throw new Error(CANARY);
    });
    const error = await failureOf(failing);
    expect(error.code).toBe('INVALID_OUTPUT');
    expect(inspect(error)).not.toContain(CANARY);
  });

  it('tells of a declared error by its code and message', async () => {
    const { run, spec } = makeRegistry({}, () => {
      throw Object.assign(new Error('note n1 exists'), { code: 'NOTE_EXISTS' });
    });
    const error = await failureOf(run({ text: 'x' }));
    expect(error).toMatchObject({ code: 'OPERATION_FAILED', declaredCode: 'NOTE_EXISTS', retryable: false });
    expect(error.message).toContain('note n1 exists');
    expect(Object.keys(spec.io.errors ?? {})).toContain(error.declaredCode);
  });

  it('keeps what an undeclared error says in the cause, and takes over its retry advice', async () => {
    const thrown = new IntegrationError({
      code: 'rate_limited',
      message: CANARY,
      retry: 'throttled',
      retryAfterMs: 900,
    });
    const { run } = makeRegistry({}, () => Promise.reject(thrown));
    const error = await failureOf(run({ text: 'x' }));
    expect(error).toMatchObject({ code: 'OPERATION_FAILED', retryable: true, retryAfterMs: 900, cause: thrown });
    expect(error.message + JSON.stringify(error) + inspect(error, { depth: null })).not.toContain(CANARY);
  });

  it('ends when the caller aborts, before or during the work', async () => {
    const before = makeRegistry();
    expect(await failureOf(before.run({ text: 'x' }, { signal: AbortSignal.abort() }))).toMatchObject({
      code: 'ABORTED',
    });
    expect(before.handler).not.toHaveBeenCalled();
    const controller = new AbortController();
    const during = makeRegistry({}, () => {
      controller.abort();
      return new Promise(() => {});
    });
    expect(await failureOf(during.run({ text: 'x' }, { signal: controller.signal }))).toMatchObject({
      code: 'ABORTED',
    });
  });

  it('returns instead of throwing with executeResult', async () => {
    const { registry } = makeRegistry();
    expect(await registry.executeResult(meta.key, undefined, { text: 'x' })).toEqual({
      ok: true,
      output: { id: 'n1' },
    });
    expect(await registry.executeResult(meta.key, undefined, {})).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT' },
    });
    const hostile = {
      get text(): string {
        throw new Error(CANARY);
      },
    };
    const result = await registry.executeResult(meta.key, undefined, hostile);
    expect(result).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect(inspect(result, { depth: null })).not.toContain(CANARY);
  });
});

describe('tenant walls', () => {
  it.each<[string, Partial<OperationPolicySpec>, unknown, OperationContext, string | undefined]>([
    ['same tenant', {}, { text: 'x', tenantId: 't1' }, { tenantId: 't1' }, undefined],
    ['no tenant named', {}, { text: 'x' }, { tenantId: 't1' }, undefined],
    ['no tenant anywhere', {}, { text: 'x' }, {}, undefined],
    ['another tenant', {}, { text: 'x', tenantId: 't2' }, { tenantId: 't1' }, 'TENANT_MISMATCH'],
    ['a tenant named without a caller', {}, { text: 'x', tenantId: 't1' }, {}, 'TENANT_REQUIRED'],
    ['an empty tenant', {}, { text: 'x', tenantId: '' }, { tenantId: '' }, 'TENANT_REQUIRED'],
    ['other case', {}, { text: 'x', tenantId: 'T1' }, { tenantId: 't1' }, 'TENANT_MISMATCH'],
    ['scoped without a caller', { tenantScoped: true }, { text: 'x' }, {}, 'TENANT_REQUIRED'],
    ['scoped', { tenantScoped: true }, { text: 'x' }, { tenantId: 't1' }, undefined],
  ])('%s', async (...[, policy, raw, context, code]) => {
    const { registry, handler } = makeRegistry(policy);
    const result = await registry.executeResult(meta.key, undefined, raw, context);
    expect(result.ok ? undefined : result.error.code).toBe(code);
    expect(handler.mock.calls.length).toBe(code === undefined ? 1 : 0);
  });
});

describe('policy', () => {
  const allow = () => ({ effect: 'allow' }) as const;
  const ref = { policies: [{ key: 'notes.write', version: '1.0.0' }] };

  it.each<[Partial<OperationPolicySpec>, OperationContext, string | undefined]>([
    [{ auth: 'anonymous' }, {}, undefined],
    [{ auth: 'user' }, {}, 'UNAUTHENTICATED'],
    [{ auth: 'user' }, { actor: 'user' }, undefined],
    [{ auth: 'user' }, { actor: 'admin' }, undefined],
    [{ auth: 'admin' }, { actor: 'user' }, 'FORBIDDEN'],
    [{ auth: 'admin' }, { actor: 'admin' }, undefined],
    [{ auth: 'admin' }, { actor: 'user', decide: allow }, 'FORBIDDEN'],
    [ref, {}, 'POLICY_UNDECIDED'],
    [{ roles: ['editor'] }, {}, 'POLICY_UNDECIDED'],
    [{ anyRole: ['editor'] }, {}, 'POLICY_UNDECIDED'],
    [{ permissions: ['write'] }, {}, 'POLICY_UNDECIDED'],
    [{ anyPermission: ['write'] }, {}, 'POLICY_UNDECIDED'],
    [{ flags: ['notes'] }, {}, 'POLICY_UNDECIDED'],
    [{ roles: [] }, {}, undefined],
    [ref, { decide: allow }, undefined],
    [ref, { decide: () => ({ effect: 'deny' }) }, 'FORBIDDEN'],
    [ref, { decide: async () => ({ effect: 'escalate' }) }, 'ESCALATION_REQUIRED'],
    [ref, { decide: () => Promise.reject(new Error(CANARY)) }, 'POLICY_UNDECIDED'],
  ])('%j for %o gives %s', async (policy, context, code) => {
    const { registry, handler } = makeRegistry(policy);
    const result = await registry.executeResult(meta.key, undefined, { text: 'x' }, context);
    expect(result.ok ? undefined : result.error.code).toBe(code);
    expect(handler.mock.calls.length).toBe(code === undefined ? 1 : 0);
    expect(inspect(result, { depth: null })).not.toContain(CANARY);
  });

  it('is asked with the whole key and the checked input', async () => {
    const { run, spec } = makeRegistry();
    const asked: PolicyDecisionRequest[] = [];
    await run(
      { text: 'x' },
      {
        actor: 'user',
        tenantId: 't1',
        userId: 'u1',
        decide: (request) => {
          asked.push(request);
          return { effect: 'allow' };
        },
      },
    );
    expect(asked).toEqual([
      {
        operation: 'notes.note.add',
        version: '1.0.0',
        kind: 'command',
        policy: spec.policy,
        actor: 'user',
        tenantId: 't1',
        userId: 'u1',
        input: { text: 'x' },
      },
    ]);
  });

  it('tells the reason of a refusal', async () => {
    const { run } = makeRegistry();
    const decide = () => ({ effect: 'deny', reason: 'over quota' }) as const;
    expect((await failureOf(run({ text: 'x' }, { decide }))).message).toContain('over quota');
  });
});

describe('telemetry', () => {
  it('sends the success event with a default version', async () => {
    const { run } = makeRegistry();
    const emit = vi.fn<NonNullable<OperationContext['emit']>>();
    await run({ text: 'four' }, { emit, tenantId: 't1' });
    expect(emit.mock.calls).toEqual([
      [
        {
          key: 'note.added',
          version: '1.0.0',
          operation: { key: meta.key, version: '1.0.0' },
          tenantId: 't1',
          properties: { length: 4, id: 'n1' },
        },
      ],
    ]);
  });

  it('sends the failure event once, redacted', async () => {
    const { run } = makeRegistry({}, () => {
      throw Object.assign(new Error(`exists, sent Bearer ${CANARY}`), { code: 'NOTE_EXISTS' });
    });
    const emit = vi.fn<NonNullable<OperationContext['emit']>>();
    await failureOf(run({ text: CANARY }, { emit }));
    expect(emit).toHaveBeenCalledTimes(1);
    expect(emit.mock.calls[0]?.[0]).toMatchObject({
      key: 'note.failed',
      version: '2.0.0',
      properties: { password: '[redacted]' },
    });
    expect(inspect(emit.mock.calls, { depth: null })).not.toContain(CANARY);
  });

  it('cannot break a call', async () => {
    const { run } = makeRegistry();
    const emits: NonNullable<OperationContext['emit']>[] = [
      () => {
        throw new Error('sink down');
      },
      () => Promise.reject(new Error('sink down')),
      () => new Promise(() => {}),
    ];
    for (const emit of emits) expect(await run({ text: 'x' }, { emit })).toEqual({ id: 'n1' });
  });

  it('survives a trigger that throws', async () => {
    const spec = defineCommand({
      meta,
      io: { input, output },
      policy: { auth: 'anonymous' },
      telemetry: {
        success: {
          event: { key: 'x' },
          properties: () => {
            throw new Error('bug');
          },
        },
      },
    });
    const registry = new OperationSpecRegistry([spec]).bind(spec, () => ({ id: 'n1' }));
    expect(await registry.execute(meta.key, undefined, { text: 'x' }, { emit: () => {} })).toEqual({ id: 'n1' });
  });
});
