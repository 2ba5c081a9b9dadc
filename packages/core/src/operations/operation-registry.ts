import { untilAborted } from '../call/abort.ts';
import { MortiseError } from '../errors/mortise-error.ts';
import type { SchemaProblem } from '../schema/validation.ts';
import { validateAgainstSchema } from '../schema/validate-against-schema.ts';
import { makeContractKey, SpecContractRegistry } from '../spec/contract-registry.ts';
import { assertSameTenant, authorize } from './authorize.ts';
import { closedSchema } from './closed-schema.ts';
import type { OperationContext, OperationHandler } from './operation-context.ts';
import { OperationError, type OperationErrorCode, type OperationErrorOptions } from './operation-error.ts';
import type { AnyOperationSpec, OperationInput, OperationOutput } from './operation-spec.ts';
import { emitTelemetry } from './operation-telemetry.ts';
import { toPlainData } from './plain-data.ts';

/** Outcome of `executeResult`. */
export type OperationResult =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: OperationError };

/** An input that was checked, with the handler's work for it. */
type CheckedInput =
  | { readonly input: unknown; readonly handle: (context: OperationContext) => unknown }
  | { readonly problems: readonly SchemaProblem[] };

/** The handler that fits an operation's contract. */
export type HandlerOf<Spec extends AnyOperationSpec> = OperationHandler<
  OperationInput<Spec['io']['input']>,
  OperationOutput<Spec['io']['output']>
>;

interface BoundOperation {
  readonly spec: AnyOperationSpec;
  readonly handler: unknown;
  readonly check: (rawInput: unknown) => CheckedInput;
}

/** Operations by key and version, and the handlers that do their work. */
export class OperationSpecRegistry extends SpecContractRegistry<'operation', AnyOperationSpec> {
  readonly #bound = new Map<string, BoundOperation>();

  constructor(items: Iterable<AnyOperationSpec> = []) {
    super('operation', items);
  }

  /**
   * Gives a registered operation its handler.
   *
   * @throws {OperationError} `OPERATION_NOT_FOUND`: this very contract is not registered; `OPERATION_ALREADY_BOUND`
   */
  bind<Spec extends AnyOperationSpec>(spec: Spec, handler: HandlerOf<Spec>): this {
    const { key, version } = spec.meta;
    if (this.get(key, version) !== spec) throw notFound(key, version);
    const id = makeContractKey(spec.meta);
    if (this.#bound.has(id)) {
      throw new OperationError({
        code: 'OPERATION_ALREADY_BOUND',
        message: `Operation "${id}" has a handler already; make another registry to give it another`,
        operation: { key, version },
      });
    }
    this.#bound.set(id, { spec, handler, check: (rawInput) => checkInput(spec, handler, rawInput) });
    return this;
  }

  /** The handler as it was bound, or undefined. Without a version, that of the highest. */
  getHandler(key: string, version?: string): unknown {
    return this.#find(key, version)?.handler;
  }

  /** The operations that have a handler, in the order of binding. */
  listBound(): AnyOperationSpec[] {
    return [...this.#bound.values()].map((bound) => bound.spec);
  }

  /**
   * Runs an operation: checks the input (unknown fields are refused), the caller's tenant and the policy, calls the
   * handler, checks the output, sends the telemetry event.
   *
   * @param version Undefined: the highest registered one.
   * @param rawInput As it came, plain data; dates may be `Date` or ISO 8601 text.
   * @returns The output as plain data.
   * @throws {OperationError} Always this; what a handler threw is its cause.
   */
  async execute(
    key: string,
    version: string | undefined,
    rawInput: unknown,
    context: OperationContext = {},
  ): Promise<unknown> {
    const spec = this.get(key, version);
    if (spec === undefined) throw notFound(key, version);
    const bound = this.#find(key, version);
    if (bound === undefined) throw failure(spec, 'OPERATION_NOT_BOUND', 'has no handler; bind one first');
    const checked = bound.check(rawInput);
    if ('problems' in checked) {
      throw failure(spec, 'INVALID_INPUT', `was given input that does not fit: ${summarize(checked.problems)}`, {
        problems: checked.problems,
      });
    }
    try {
      assertSameTenant(spec, checked.input, context);
      await authorize(spec, checked.input, context);
      const output = checkOutput(spec, await handle(spec, checked.handle, context));
      emitTelemetry(spec, 'success', { input: checked.input, output }, context);
      return output;
    } catch (error) {
      emitTelemetry(spec, 'failure', { input: checked.input, error }, context);
      throw error;
    }
  }

  /** `execute`, with the error returned instead of thrown. */
  async executeResult(
    key: string,
    version: string | undefined,
    rawInput: unknown,
    context: OperationContext = {},
  ): Promise<OperationResult> {
    try {
      return { ok: true, output: await this.execute(key, version, rawInput, context) };
    } catch (error) {
      if (OperationError.is(error)) return { ok: false, error };
      throw error;
    }
  }

  #find(key: string, version: string | undefined): BoundOperation | undefined {
    const spec = this.get(key, version);
    return spec === undefined ? undefined : this.#bound.get(makeContractKey(spec.meta));
  }
}

function checkInput<Spec extends AnyOperationSpec>(
  spec: Spec,
  handler: HandlerOf<Spec>,
  rawInput: unknown,
): CheckedInput {
  const schema = spec.io.input === null ? EMPTY_INPUT : closedSchema(spec.io.input);
  const plain = toPlainData(spec.io.input === null ? (rawInput ?? {}) : rawInput);
  if (plain === undefined) return { problems: [UNUSABLE] };
  const result = validateAgainstSchema<unknown>(schema, plain.value);
  // An operation without input takes an empty object for none.
  const input = spec.io.input === null ? undefined : plain.value;
  const fits = (_input: unknown): _input is OperationInput<Spec['io']['input']> => result.valid;
  return fits(input) ? { input, handle: (context) => handler(input, context) } : { problems: result.problems };
}

const EMPTY_INPUT = { type: 'object', additionalProperties: false };

const UNUSABLE: SchemaProblem = {
  path: '',
  keyword: 'data',
  message: 'expected readable data that is nested at most 64 levels deep and does not contain itself',
};

async function handle(
  spec: AnyOperationSpec,
  run: (context: OperationContext) => unknown,
  context: OperationContext,
): Promise<unknown> {
  try {
    if (context.signal?.aborted === true) throw failure(spec, 'ABORTED', 'was aborted by its caller');
    return await untilAborted(Promise.resolve(run(context)), context.signal);
  } catch (cause) {
    if (OperationError.is(cause)) throw cause;
    if (context.signal?.aborted === true) throw failure(spec, 'ABORTED', 'was aborted by its caller', { cause });
    throw handlerFailed(spec, cause);
  }
}

/** The message of an undeclared error stays in the cause: nobody promised that it may be shown. */
function handlerFailed(spec: AnyOperationSpec, cause: unknown): OperationError {
  const advice = MortiseError.is(cause)
    ? { retry: cause.retry, ...(cause.retryAfterMs === undefined ? {} : { retryAfterMs: cause.retryAfterMs }) }
    : {};
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (cause instanceof Error && typeof code === 'string' && Object.hasOwn(spec.io.errors ?? {}, code)) {
    return failure(spec, 'OPERATION_FAILED', `failed with ${code}: ${cause.message}`, {
      cause,
      declaredCode: code,
      ...advice,
    });
  }
  return failure(spec, 'OPERATION_FAILED', 'failed; its cause tells why', { cause, ...advice });
}

function checkOutput(spec: AnyOperationSpec, returned: unknown): unknown {
  const plain = toPlainData(prepareOutput(spec, returned));
  if (plain === undefined)
    throw failure(spec, 'INVALID_OUTPUT', `returned output that does not fit: ${UNUSABLE.message}`);
  const result = validateAgainstSchema<unknown>(spec.io.output, plain.value);
  if (result.valid) return plain.value;
  throw failure(spec, 'INVALID_OUTPUT', `returned output that does not fit: ${summarize(result.problems)}`, {
    problems: result.problems,
  });
}

function prepareOutput(spec: AnyOperationSpec, returned: unknown): unknown {
  try {
    return spec.io.prepareOutput === undefined ? returned : spec.io.prepareOutput(returned);
  } catch (cause) {
    throw failure(spec, 'INVALID_OUTPUT', 'returned output that could not be prepared', { cause });
  }
}

function summarize(problems: readonly SchemaProblem[]): string {
  const shown = problems.slice(0, 3).map(({ path, message }) => (path === '' ? message : `${path} ${message}`));
  return problems.length > 3 ? `${shown.join('; ')}; and ${problems.length - 3} more` : shown.join('; ');
}

function failure(
  spec: AnyOperationSpec,
  code: OperationErrorCode,
  what: string,
  more: Partial<OperationErrorOptions> = {},
): OperationError {
  const { key, version } = spec.meta;
  return new OperationError({ ...more, code, message: `Operation "${key}" ${what}`, operation: { key, version } });
}

function notFound(key: string, version: string | undefined): OperationError {
  return new OperationError({
    code: 'OPERATION_NOT_FOUND',
    message: `Operation "${key}"${version === undefined ? '' : ` version ${version}`} is not registered`,
    operation: { key, ...(version === undefined ? {} : { version }) },
  });
}
