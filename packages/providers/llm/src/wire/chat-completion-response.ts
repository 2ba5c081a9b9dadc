import { IntegrationError, type IntegrationWarning } from '@mortise/core';
import type { LLMChatOptions } from '../model/chat-options.ts';
import type { LLMContentPart, LLMToolCallPart } from '../model/content-part.ts';
import { textOf } from '../model/message.ts';
import type { LLMResponse } from '../model/response.ts';
import { parseObject } from '../structured/parse-object.ts';
import { contentPieces } from './content-pieces.ts';
import { errorFromEvent } from './error-from-wire.ts';
import { finishReasonFromWire } from './finish-reason-from-wire.ts';
import { isRecord, listAt, numberAt, recordAt, textAt, type UnknownRecord } from './json-access.ts';
import { argumentsText, cutOffCall, isCutOff } from './tool-arguments.ts';
import { usageFromWire } from './usage-from-wire.ts';
import { WarningList } from './warning-list.ts';

/** What is known of an answer besides its body. */
export interface ChatCompletionAnswerContext extends Pick<LLMChatOptions, 'responseFormat' | 'includeRaw'> {
  /** Warnings of the request that was answered. */
  readonly warnings?: readonly IntegrationWarning[];
  readonly requestId?: string;
}

/**
 * The parsed body of a chat-completions answer as our response. What it holds of a kind that is not known becomes a
 * warning; a fact that it lacks stays absent.
 *
 * @throws {IntegrationError} `provider_error` when the body is no chat completion, or is an error sent as a success;
 * `unsupported` when it holds several choices.
 */
export async function fromChatCompletionResponse(
  body: unknown,
  context: ChatCompletionAnswerContext = {},
): Promise<LLMResponse> {
  if (!isRecord(body)) throw notACompletion();
  const error = errorFromEvent(body);
  if (error !== undefined) throw error;
  const choices = listAt(body, 'choices');
  const [choice] = choices;
  const message = isRecord(choice) ? recordAt(choice, 'message') : undefined;
  if (!isRecord(choice) || message === undefined) throw notACompletion();
  if (choices.length > 1) throw severalChoices();

  const warnings = new WarningList();
  const reason = textAt(choice, 'finish_reason');
  const content = [...contentOf(message, warnings), ...toolCalls(message, reason, warnings)];
  const answer: LLMResponse = { message: { role: 'assistant', content }, ...identityOf(body) };
  const usage = usageFromWire(body['usage']);
  const parsed = await parseObject(textOf(answer.message), context.responseFormat);
  const all = [
    ...(context.warnings ?? []),
    ...warnings.list(),
    ...(parsed !== undefined && 'warning' in parsed ? [parsed.warning] : []),
  ];
  return {
    ...answer,
    ...(reason === undefined ? {} : finishReasonFromWire(reason)),
    ...(usage === undefined ? {} : { usage }),
    ...(parsed !== undefined && 'object' in parsed ? { object: parsed.object } : {}),
    ...(context.requestId === undefined ? {} : { requestId: context.requestId }),
    ...(all.length === 0 ? {} : { warnings: all }),
    ...(context.includeRaw === true ? { raw: body } : {}),
  };
}

/** Id, model and time of an answer or of a stream event, as far as it tells them. */
export function identityOf(body: UnknownRecord): Pick<LLMResponse, 'id' | 'modelId' | 'createdAt'> {
  const id = textAt(body, 'id');
  const modelId = textAt(body, 'model');
  const created = numberAt(body, 'created');
  // Zero is what proxies send when they do not know.
  const createdAt = created !== undefined && created > 0 ? isoInstant(created) : undefined;
  return {
    ...(id === undefined ? {} : { id }),
    ...(modelId === undefined ? {} : { modelId }),
    ...(createdAt === undefined ? {} : { createdAt }),
  };
}

function isoInstant(epochSeconds: number): string | undefined {
  const instant = new Date(epochSeconds * 1000);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

function* contentOf(message: UnknownRecord, warnings: WarningList): Generator<LLMContentPart, void> {
  let pending: { type: 'text' | 'reasoning' | 'refusal'; text: string } | undefined;
  let sources = 0;
  for (const piece of contentPieces(message)) {
    if (piece.kind === 'unknown') {
      warnings.other('content', `The answer holds content of type "${piece.type}", which is not read here`);
      continue;
    }
    if (piece.kind === pending?.type) {
      pending.text += piece.text;
      continue;
    }
    if (pending !== undefined) yield pending;
    pending = undefined;
    if (piece.kind === 'source') {
      const { kind: _, ...source } = piece;
      yield { type: 'source', id: `source-${sources++}`, ...source };
    } else pending = { type: piece.kind, text: piece.text };
  }
  if (pending !== undefined) yield pending;
}

function* toolCalls(
  message: UnknownRecord,
  reason: string | undefined,
  warnings: WarningList,
): Generator<LLMToolCallPart, void> {
  for (const [index, call] of listAt(message, 'tool_calls').entries()) {
    const definition = isRecord(call) ? recordAt(call, 'function') : undefined;
    const name = definition === undefined ? undefined : textAt(definition, 'name');
    if (!isRecord(call) || definition === undefined || name === undefined) throw notACompletion();
    const text = argumentsText(definition['arguments']);
    if (isCutOff(text, reason)) warnings.truncated('tools', cutOffCall(name));
    else yield { type: 'tool-call', id: textAt(call, 'id') ?? `call-${index}`, name, arguments: text };
  }
}

function notACompletion(): IntegrationError {
  return new IntegrationError({
    code: 'provider_error',
    message: 'Expected a chat completion with a choice and its message; the answer is something else',
  });
}

export function severalChoices(): IntegrationError {
  return new IntegrationError({
    code: 'unsupported',
    message: 'Expected one choice, got several; do not set "n" in providerOptions',
  });
}
