import type { FileInput } from '@mortise/core';
import type { LLMContentPart } from '../model/content-part.ts';
import type { LLMMessage } from '../model/message.ts';

/**
 * The messages with every streamed file read into memory, since a JSON body has no place for a stream. Messages
 * without such a file are passed on as they are.
 */
export async function loadFileStreams(messages: readonly LLMMessage[]): Promise<readonly LLMMessage[]> {
  return Promise.all(
    messages.map(async (message) =>
      message.content.some(isStreamed)
        ? { ...message, content: await Promise.all(message.content.map(loadPart)) }
        : message,
    ),
  );
}

function isStreamed(part: LLMContentPart): boolean {
  return part.type === 'file' && 'stream' in part.file;
}

async function loadPart(part: LLMContentPart): Promise<LLMContentPart> {
  if (part.type !== 'file' || !('stream' in part.file)) return part;
  const { stream, ...rest } = part.file;
  return { ...part, file: { ...rest, bytes: await readAll(stream) } };
}

async function readAll(stream: Extract<FileInput, { stream: unknown }>['stream']): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
