import type { LLMToolChoice } from '../../model/tool.ts';
import type { LLMObservedRequest } from '../../testing/observed-request.ts';
import { isRecord, listAt, recordAt, textAt, type UnknownRecord } from '../json-access.ts';

/** A chat-completions request in the terms of the kit. */
export function observeWireRequest(body: string, headers: Readonly<Record<string, string>>): LLMObservedRequest {
  const parsed: unknown = JSON.parse(body);
  const request = isRecord(parsed) ? parsed : {};
  const messages = listAt(request, 'messages').filter(isRecord);
  const lastUser = messages.findLast((message) => message['role'] === 'user');
  const toolChoice = readToolChoice(request['tool_choice']);
  const credential = headers['authorization']?.replace(/^Bearer /, '');
  return {
    text: body,
    prompt: lastUser === undefined ? '' : (textAt(lastUser, 'content') ?? ''),
    headers,
    tools: listAt(request, 'tools').map((tool) => readName(tool) ?? ''),
    ...(toolChoice === undefined ? {} : { toolChoice }),
    reasoning: messages.flatMap(readReasoning),
    toolResults: messages
      .filter((message) => message['role'] === 'tool')
      .map((message) => ({
        callId: textAt(message, 'tool_call_id') ?? '',
        output: textAt(message, 'content') ?? '',
      })),
    hasSchema: recordAt(request, 'response_format')?.['type'] === 'json_schema',
    ...(credential === undefined ? {} : { credential }),
  };
}

function readToolChoice(choice: unknown): LLMToolChoice | undefined {
  if (choice === 'auto' || choice === 'none' || choice === 'required') return choice;
  if (choice === 'any') return 'required';
  const tool = readName(choice);
  return tool === undefined ? undefined : { tool };
}

function readName(holder: unknown): string | undefined {
  const definition = isRecord(holder) ? recordAt(holder, 'function') : undefined;
  return definition === undefined ? undefined : textAt(definition, 'name');
}

function readReasoning(message: UnknownRecord): string[] {
  const plain = textAt(message, 'reasoning_content');
  const thinking = listAt(message, 'content')
    .filter(isRecord)
    .filter((chunk) => chunk['type'] === 'thinking')
    .map((chunk) =>
      listAt(chunk, 'thinking')
        .map((thought) => (isRecord(thought) ? (textAt(thought, 'text') ?? '') : ''))
        .join(''),
    );
  return plain === undefined ? thinking : [plain, ...thinking];
}
