import { IntegrationError } from '@mortise/core';
import { parseObject } from '../structured/parse-object.ts';
import type { LLMFinishPart, LLMStreamPart } from '../stream/stream-part.ts';
import { type ChatCompletionAnswerContext, identityOf, severalChoices } from './chat-completion-response.ts';
import { contentPieces } from './content-pieces.ts';
import { errorFromEvent } from './error-from-wire.ts';
import { finishReasonFromWire } from './finish-reason-from-wire.ts';
import { isRecord, listAt, recordAt, textAt, type UnknownRecord } from './json-access.ts';
import { argumentsText, cutOffCall, isCutOff } from './tool-arguments.ts';
import { usageFromWire } from './usage-from-wire.ts';
import { WarningList } from './warning-list.ts';

type BlockKind = 'text' | 'reasoning' | 'refusal';

interface ToolCallInProgress {
  readonly id: string;
  name: string | undefined;
  /** What came before the name did; told once it is known. */
  arguments: string;
  started: boolean;
}

/** Turns the events of one chat-completions stream into parts. Knows nothing of transport or framing. */
export class ChatCompletionStreamReader {
  readonly #context: ChatCompletionAnswerContext;
  readonly #warnings = new WarningList();
  readonly #calls = new Map<string, ToolCallInProgress>();
  #block: { readonly kind: BlockKind; readonly id: string } | undefined;
  #blocks = 0;
  #sources = 0;
  #lastCall: string | undefined;
  #text = '';
  #identity = '';
  #reason: string | undefined;
  #usage: unknown;

  constructor(context: ChatCompletionAnswerContext) {
    this.#context = context;
  }

  *start(): Generator<LLMStreamPart, void> {
    yield { type: 'start', warnings: this.#context.warnings ?? [] };
    const { requestId } = this.#context;
    if (requestId !== undefined) yield { type: 'metadata', requestId };
  }

  /**
   * The parts that one event brings.
   *
   * @throws {IntegrationError} the error that the event reports; `provider_error` when it is no completion chunk.
   */
  *read(event: unknown): Generator<LLMStreamPart, void> {
    if (this.#context.includeRaw === true) yield { type: 'raw', value: event };
    if (!isRecord(event)) throw unreadable('an event is not a JSON object');
    const error = errorFromEvent(event);
    if (error !== undefined) throw error;
    yield* this.#readIdentity(event);
    if (isRecord(event['usage'])) this.#usage = event['usage'];
    for (const choice of listAt(event, 'choices')) {
      if (!isRecord(choice)) throw unreadable('a choice is not a JSON object');
      if ((choice['index'] ?? 0) !== 0) throw severalChoices();
      yield* this.#readDelta(recordAt(choice, 'delta') ?? {});
      this.#reason = textAt(choice, 'finish_reason') ?? this.#reason;
    }
  }

  /**
   * The parts that follow the last event.
   *
   * @throws {IntegrationError} `unavailable` (transient) when no event said why the answer ended: it was cut off.
   */
  async end(): Promise<LLMStreamPart[]> {
    if (this.#reason === undefined) {
      throw new IntegrationError({
        code: 'unavailable',
        retry: 'transient',
        message: 'The stream ended before the answer did; repeat the call',
      });
    }
    const parts: LLMStreamPart[] = [...this.#endBlock(), ...this.#endCalls()];
    const usage = usageFromWire(this.#usage);
    const parsed = await parseObject(this.#text, this.#context.responseFormat);
    if (parsed !== undefined && 'warning' in parsed) {
      this.#warnings.other(parsed.warning.field ?? 'responseFormat', parsed.warning.message);
    }
    const warnings = this.#warnings.list();
    const finish: LLMFinishPart = {
      type: 'finish',
      ...finishReasonFromWire(this.#reason),
      ...(usage === undefined ? {} : { usage }),
      ...(parsed !== undefined && 'object' in parsed ? { object: parsed.object } : {}),
      ...(warnings.length === 0 ? {} : { warnings }),
    };
    parts.push(finish);
    return parts;
  }

  /** Every event repeats the identity; it is told when it changes. */
  *#readIdentity(event: UnknownRecord): Generator<LLMStreamPart, void> {
    const identity = identityOf(event);
    const key = JSON.stringify(identity);
    if (key === '{}' || key === this.#identity) return;
    this.#identity = key;
    yield { type: 'metadata', ...identity };
  }

  *#readDelta(delta: UnknownRecord): Generator<LLMStreamPart, void> {
    for (const piece of contentPieces(delta)) {
      if (piece.kind === 'unknown') {
        this.#warnings.other('content', `The answer holds content of type "${piece.type}", which is not read here`);
      } else if (piece.kind === 'source') {
        yield* this.#endBlock();
        const { kind: _, ...source } = piece;
        yield { type: 'source', id: `source-${this.#sources++}`, ...source };
      } else yield* this.#grow(piece.kind, piece.text);
    }
    for (const [position, call] of listAt(delta, 'tool_calls').entries()) {
      if (!isRecord(call)) throw unreadable('a tool call is not a JSON object');
      yield* this.#endBlock();
      yield* this.#readToolCall(call, position);
    }
  }

  *#grow(kind: BlockKind, delta: string): Generator<LLMStreamPart, void> {
    if (kind === 'text') this.#text += delta;
    if (this.#block?.kind !== kind) {
      yield* this.#endBlock();
      this.#block = { kind, id: `${kind}-${this.#blocks++}` };
      yield { type: `${kind}-start`, id: this.#block.id };
    }
    yield { type: `${kind}-delta`, id: this.#block.id, delta };
  }

  *#endBlock(): Generator<LLMStreamPart, void> {
    if (this.#block === undefined) return;
    const { kind, id } = this.#block;
    this.#block = undefined;
    yield { type: `${kind}-end`, id };
  }

  *#readToolCall(wire: UnknownRecord, position: number): Generator<LLMStreamPart, void> {
    const call = this.#callFor(wire, position);
    const definition = recordAt(wire, 'function');
    const value = definition?.['arguments'];
    const delta = value === undefined || value === null || value === '' ? '' : argumentsText(value);
    call.name ??= definition === undefined ? undefined : textAt(definition, 'name');
    call.arguments += delta;
    if (call.name === undefined) return;
    if (!call.started) {
      call.started = true;
      yield { type: 'tool-input-start', id: call.id, name: call.name };
      if (call.arguments !== '') yield { type: 'tool-input-delta', id: call.id, delta: call.arguments };
    } else if (delta !== '') yield { type: 'tool-input-delta', id: call.id, delta };
  }

  /**
   * The call that a fragment belongs to: by `index`; where a vendor sends none, a new id begins a new call and a
   * fragment without one goes on with the last.
   */
  #callFor(wire: UnknownRecord, position: number): ToolCallInProgress {
    const id = textAt(wire, 'id');
    const index = wire['index'];
    const key = typeof index === 'number' ? `index ${index}` : id === undefined ? this.#lastCall : `id ${id}`;
    const known = key === undefined ? undefined : this.#calls.get(key);
    if (known !== undefined) return known;
    const call: ToolCallInProgress = {
      id: id ?? `call-${typeof index === 'number' ? index : position}`,
      name: undefined,
      arguments: '',
      started: false,
    };
    const newKey = key ?? `position ${position}`;
    this.#calls.set(newKey, call);
    this.#lastCall = newKey;
    return call;
  }

  *#endCalls(): Generator<LLMStreamPart, void> {
    for (const { id, name, arguments: text } of this.#calls.values()) {
      if (name === undefined) throw unreadable('a tool call has no name');
      if (text === '') yield { type: 'tool-input-delta', id, delta: '{}' };
      yield { type: 'tool-input-end', id };
      if (isCutOff(text, this.#reason)) this.#warnings.truncated('tools', cutOffCall(name));
      else yield { type: 'tool-call', id, name, arguments: argumentsText(text) };
    }
  }
}

/** The error for a stream that does not hold what the format says. */
export function unreadable(what: string): IntegrationError {
  return new IntegrationError({
    code: 'provider_error',
    message: `Expected a stream of chat-completion chunks, but ${what}`,
  });
}
