import { isRecord, listAt, recordAt, textAt, type UnknownRecord } from './json-access.ts';

/** What a message or a delta of the wire says, one step at a time. */
export type ContentPiece =
  | { readonly kind: 'text' | 'reasoning' | 'refusal'; readonly text: string }
  | { readonly kind: 'source'; readonly url: string; readonly title?: string }
  /** A piece of a type that is not known here. */
  | { readonly kind: 'unknown'; readonly type: string };

/**
 * The content of a whole message or of one delta, in reading order: reasoning, content, refusal, sources. Reads the
 * plain string, Mistral's list of chunks and the separate reasoning fields of other vendors alike.
 */
export function* contentPieces(message: UnknownRecord): Generator<ContentPiece, void> {
  const reasoning = textAt(message, 'reasoning_content') ?? textAt(message, 'reasoning');
  if (reasoning !== undefined) yield { kind: 'reasoning', text: reasoning };
  const text = textAt(message, 'content');
  if (text !== undefined) yield { kind: 'text', text };
  for (const chunk of listAt(message, 'content')) yield* chunkPieces(chunk);
  const refusal = textAt(message, 'refusal');
  if (refusal !== undefined) yield { kind: 'refusal', text: refusal };
  for (const annotation of listAt(message, 'annotations')) yield annotationPiece(annotation);
  if (isRecord(message['audio'])) yield { kind: 'unknown', type: 'audio' };
}

function* chunkPieces(chunk: unknown): Generator<ContentPiece, void> {
  if (!isRecord(chunk)) return;
  switch (chunk['type']) {
    case 'text': {
      const text = textAt(chunk, 'text');
      if (text !== undefined) yield { kind: 'text', text };
      return;
    }
    case 'thinking':
      for (const thought of listAt(chunk, 'thinking')) {
        const text = isRecord(thought) ? textAt(thought, 'text') : undefined;
        if (text !== undefined) yield { kind: 'reasoning', text };
      }
      return;
    case 'refusal': {
      const text = textAt(chunk, 'refusal');
      if (text !== undefined) yield { kind: 'refusal', text };
      return;
    }
    default:
      yield { kind: 'unknown', type: textAt(chunk, 'type') ?? 'untyped' };
  }
}

function annotationPiece(annotation: unknown): ContentPiece {
  const citation = isRecord(annotation) ? recordAt(annotation, 'url_citation') : undefined;
  const url = citation === undefined ? undefined : textAt(citation, 'url');
  if (citation === undefined || url === undefined) return { kind: 'unknown', type: 'annotation' };
  const title = textAt(citation, 'title');
  return { kind: 'source', url, ...(title === undefined ? {} : { title }) };
}
