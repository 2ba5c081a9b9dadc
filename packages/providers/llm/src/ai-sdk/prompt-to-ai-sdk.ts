import type {
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultOutput,
  LanguageModelV4ToolResultPart,
  SharedV4ProviderOptions,
} from '@ai-sdk/provider';
import { IntegrationError } from '@mortise/core';
import type { LLMContentPart, LLMFilePart, LLMToolResultPart } from '../model/content-part.ts';
import type { LLMMessage } from '../model/message.ts';
import { textOf } from '../model/message.ts';
import type { WarningList } from '../wire/warning-list.ts';
import { fileToAiSdk } from './file-to-ai-sdk.ts';
import { aiSdkJson } from './json.ts';

type AssistantContent = Extract<LanguageModelV4Message, { role: 'assistant' }>['content'];
type UserContent = Extract<LanguageModelV4Message, { role: 'user' }>['content'];

/**
 * Our messages as a prompt of the AI SDK. What has no place in it becomes a warning.
 *
 * @throws {IntegrationError} `unsupported` for a part that cannot stand in its turn.
 */
export function promptToAiSdk(messages: readonly LLMMessage[], warnings: WarningList): LanguageModelV4Prompt {
  const toolNames = new Map<string, string>();
  for (const { content } of messages) {
    for (const part of content) if (part.type === 'tool-call') toolNames.set(part.id, part.name);
  }
  return messages.map((message) => {
    if (message.name !== undefined) warnings.unsupported('name', 'The AI SDK has no author names');
    if (message.content.some((part) => part.cache !== undefined)) {
      warnings.unsupported('cache', 'The AI SDK takes cache hints in providerMetadata of the part only');
    }
    switch (message.role) {
      case 'system':
        return { role: 'system', content: textOf(message) };
      case 'user':
        return { role: 'user', content: message.content.map(userPart) };
      case 'assistant':
        return {
          role: 'assistant',
          content: message.content.flatMap((part) => assistantPart(part, toolNames, warnings)),
        };
      default:
        return { role: 'tool', content: toolResults(message, toolNames) };
    }
  });
}

function userPart(part: LLMContentPart): UserContent[number] {
  if (part.type === 'text') return { type: 'text', text: part.text, ...options(part) };
  if (part.type === 'file') return filePart(part);
  throw new IntegrationError({
    code: 'unsupported',
    field: part.type,
    message: `A "${part.type}" part cannot stand in a user turn`,
  });
}

function assistantPart(
  part: LLMContentPart,
  toolNames: ReadonlyMap<string, string>,
  warnings: WarningList,
): AssistantContent {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return [{ type: part.type, text: part.text, ...options(part) }];
    case 'refusal':
      warnings.compatibility('refusal', 'Sent back as plain text');
      return [{ type: 'text', text: part.text, ...options(part) }];
    case 'file':
      return [filePart(part)];
    case 'tool-call':
      return [
        {
          type: 'tool-call',
          toolCallId: part.id,
          toolName: part.name,
          input: parsedArguments(part.arguments),
          ...(part.execution === 'provider' ? { providerExecuted: true } : {}),
          ...options(part),
        },
      ];
    case 'tool-result':
      return [toolResult(part, toolNames)];
    default:
      warnings.unsupported(part.type, `The AI SDK takes no "${part.type}" parts back`);
      return [];
  }
}

function toolResults(message: LLMMessage, toolNames: ReadonlyMap<string, string>): LanguageModelV4ToolResultPart[] {
  const results = message.content.filter((part) => part.type === 'tool-result');
  if (results.length > 0) return results.map((part) => toolResult(part, toolNames));
  if (message.toolCallId === undefined) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'toolCallId',
      message: 'A tool turn of plain text must name the call that it answers in toolCallId',
    });
  }
  return [toolResult({ type: 'tool-result', toolCallId: message.toolCallId, output: textOf(message) }, toolNames)];
}

function toolResult(part: LLMToolResultPart, toolNames: ReadonlyMap<string, string>): LanguageModelV4ToolResultPart {
  return {
    type: 'tool-result',
    toolCallId: part.toolCallId,
    // A result whose call is not in the conversation has no name; models match by id.
    toolName: toolNames.get(part.toolCallId) ?? 'unknown',
    output: toolOutput(part),
    ...options(part),
  };
}

function toolOutput({ output, content, denied, isError }: LLMToolResultPart): LanguageModelV4ToolResultOutput {
  if (denied !== undefined) return { type: 'execution-denied', ...denied };
  if (isError === true) return { type: 'error-text', value: output };
  if (content === undefined) return { type: 'text', value: output };
  return {
    type: 'content',
    value: content.map((part) => (part.type === 'text' ? { type: 'text', text: part.text } : filePart(part))),
  };
}

function filePart(part: LLMFilePart): LanguageModelV4FilePart {
  const { mediaType, filename } = part.file;
  return {
    type: 'file',
    data: fileToAiSdk(part.file),
    mediaType,
    ...(filename === undefined ? {} : { filename }),
    ...options(part),
  };
}

function options({ providerMetadata }: LLMContentPart): { providerOptions?: SharedV4ProviderOptions } {
  return providerMetadata === undefined ? {} : { providerOptions: aiSdkJson(providerMetadata) };
}

/** Broken arguments are the model's own text; it is shown them as such. */
function parsedArguments(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
