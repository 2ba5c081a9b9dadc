import { IntegrationError, type JsonObject } from '@mortise/core';
import type { LLMContentPart, LLMToolResultPart } from '../model/content-part.ts';
import type { LLMMessage } from '../model/message.ts';
import { textOf } from '../model/message.ts';
import type { ChatCompletionDialect } from './dialect.ts';
import { fileToWire } from './file-to-wire.ts';
import type { WarningList } from './warning-list.ts';

interface Context {
  readonly dialect: ChatCompletionDialect;
  readonly warnings: WarningList;
  /** Place of the message, such as `messages[2]`. */
  readonly place: string;
}

/** One turn as messages of the wire: a tool turn with several results becomes several. */
export function messageToWire(message: LLMMessage, context: Context): JsonObject[] {
  if (message.content.some((part) => part.cache !== undefined)) {
    context.warnings.unsupported('cache', 'The format has no field for cache hints');
  }
  switch (message.role) {
    case 'system':
      return [{ role: 'system', content: systemText(message, context), ...nameOf(message, context) }];
    case 'user':
      return [{ role: 'user', content: userContent(message, context), ...nameOf(message, context) }];
    case 'assistant':
      return [{ role: 'assistant', ...assistantContent(message, context), ...nameOf(message, context) }];
    default:
      return toolMessages(message, context);
  }
}

function nameOf(message: LLMMessage, { dialect, warnings }: Context): JsonObject {
  if (message.name === undefined) return {};
  if (dialect.hasAuthorName) return { name: message.name };
  warnings.unsupported('name', `"${dialect.providerKey}" has no author names`);
  return {};
}

function systemText(message: LLMMessage, { place }: Context): string {
  for (const [index, part] of message.content.entries()) {
    if (part.type !== 'text') throw misplaced(part, 'system', `${place}.content[${index}]`);
  }
  return textOf(message);
}

/** Plain text stays a string, which every vendor of the format takes. */
function userContent(message: LLMMessage, { dialect, place }: Context): string | JsonObject[] {
  if (message.content.every((part) => part.type === 'text')) return textOf(message);
  return message.content.map((part, index) => {
    const field = `${place}.content[${index}]`;
    if (part.type === 'text') return { type: 'text', text: part.text };
    if (part.type === 'file') return fileToWire(part.file, dialect, field);
    throw misplaced(part, 'user', field);
  });
}

function assistantContent(message: LLMMessage, context: Context): JsonObject {
  const content: JsonObject[] = [];
  const calls: JsonObject[] = [];
  let reasoning = '';
  for (const part of message.content) {
    switch (part.type) {
      case 'text':
        content.push({ type: 'text', text: part.text });
        break;
      case 'refusal':
        content.push(refusalToWire(part.text, context));
        break;
      case 'reasoning':
        if (context.dialect.reasoningInput === 'thinking-part') {
          content.push({ type: 'thinking', thinking: [{ type: 'text', text: part.text }] });
        } else reasoning += part.text;
        break;
      case 'tool-call':
        if (part.execution === 'provider') warnLeftOut(part, context);
        else calls.push({ id: part.id, type: 'function', function: { name: part.name, arguments: part.arguments } });
        break;
      default:
        warnLeftOut(part, context);
    }
  }
  return {
    ...(content.length === 0 && calls.length > 0 ? {} : { content: compact(content) }),
    ...reasoningField(reasoning, context),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

function refusalToWire(text: string, { dialect, warnings }: Context): JsonObject {
  if (dialect.hasRefusalPart) return { type: 'refusal', refusal: text };
  warnings.compatibility('refusal', 'Sent back as plain text');
  return { type: 'text', text };
}

function reasoningField(reasoning: string, { dialect, warnings }: Context): JsonObject {
  if (reasoning === '') return {};
  if (dialect.reasoningInput === 'reasoning_content') return { reasoning_content: reasoning };
  warnings.unsupported('reasoning', `"${dialect.providerKey}" does not take reasoning back`);
  return {};
}

/** A list of nothing but text is sent as one string. */
function compact(content: readonly JsonObject[]): string | readonly JsonObject[] {
  let text = '';
  for (const part of content) {
    if (part['type'] !== 'text' || typeof part['text'] !== 'string') return content;
    text += part['text'];
  }
  return text;
}

function warnLeftOut(part: LLMContentPart, { warnings }: Context): void {
  warnings.unsupported(
    part.type,
    `The format has no place for a "${part.type}" part of this kind in an assistant turn`,
  );
}

function toolMessages(message: LLMMessage, context: Context): JsonObject[] {
  const results: JsonObject[] = [];
  let text = '';
  for (const [index, part] of message.content.entries()) {
    if (part.type === 'tool-result') {
      results.push({ role: 'tool', tool_call_id: part.toolCallId, content: toolOutput(part, context) });
    } else if (part.type === 'text') text += part.text;
    else throw misplaced(part, 'tool', `${context.place}.content[${index}]`);
  }
  if (text === '' && results.length > 0) return results;
  if (message.toolCallId === undefined) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: `${context.place}.toolCallId`,
      message: `${context.place}: a tool turn of plain text must name the call that it answers in toolCallId`,
    });
  }
  return [...results, { role: 'tool', tool_call_id: message.toolCallId, content: text }];
}

function toolOutput(part: LLMToolResultPart, { warnings }: Context): string {
  if (part.isError === true) {
    warnings.compatibility('isError', 'The format has no error flag; the output is sent as plain text');
  }
  if (part.content?.some((item) => item.type === 'file') === true) {
    warnings.unsupported('content', 'Tool results are text only; the text form in "output" is sent');
  }
  if (part.denied !== undefined && part.output === '') {
    warnings.compatibility('denied', 'The refusal is sent as plain text');
    return part.denied.reason ?? 'The tool call was denied';
  }
  return part.output;
}

function misplaced(part: LLMContentPart, role: string, field: string): IntegrationError {
  return new IntegrationError({
    code: 'unsupported',
    field,
    message: `${field}: a "${part.type}" part cannot stand in a ${role} turn`,
  });
}
