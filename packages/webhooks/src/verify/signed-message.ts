import { parseTemplate, type TemplatePart } from '../contract/parse-template.ts';
import { createValueReader, type ValueReader } from '../contract/read-value.ts';
import type { Message } from '../crypto/digests.ts';
import type { HeaderNames } from '../request/read-headers.ts';
import type { RequestView } from '../request/request-view.ts';
import { type ProofFailure, type Prover, refuse } from './proof.ts';
import { requireValue } from './require-value.ts';

/** What a template takes from one delivery. */
export interface MessageParts {
  readonly view: RequestView;
  /** Timestamp as received. */
  readonly stamp: string;
  /** Digest of the body in hex; empty where the template has none. */
  readonly bodyHash: string;
  /** False: the form is empty, whatever the body. */
  readonly isForm: boolean;
}

export interface MessageBuilder {
  readonly hasUrl: boolean;
  readonly hasTimestamp: boolean;
  readonly hasBodyHash: boolean;
  readonly covers: Prover['covers'];
  /** What is signed, with text in as few pieces as possible. */
  build(parts: MessageParts, url: string): Message | ProofFailure;
}

/** Makes a `signed` template ready. A text instead says what in it does not exist. */
export function createMessageBuilder(template: string, headers: HeaderNames): MessageBuilder | string {
  const parts = parseTemplate(template);
  if (parts === undefined) return `The template "${template}" has a place that does not exist`;
  const pieces = parts.map((part, index) => createPiece(part, parts[index + 1], headers));
  const has = (kind: TemplatePart['kind']): boolean => parts.some((part) => part.kind === kind);
  const signedHeaders = new Set(parts.flatMap((part) => (part.kind === 'header' ? [part.name.toLowerCase()] : [])));
  return {
    hasUrl: has('url'),
    hasTimestamp: has('timestamp'),
    hasBodyHash: has('bodySha256Hex'),
    covers: (part) => {
      if (part === 'body') return has('body') || has('bodySha256Hex') || has('form');
      return part === 'url' ? has('url') || has('path') : signedHeaders.has(part.header.toLowerCase());
    },
    build(values, url) {
      const message: (string | Uint8Array)[] = [];
      let text = '';
      for (const piece of pieces) {
        const value = piece(values, url);
        if (typeof value === 'string') text += value;
        else if (value instanceof Uint8Array) {
          if (text !== '') message.push(text);
          text = '';
          message.push(value);
        } else return value;
      }
      if (text !== '') message.push(text);
      return message;
    },
  };
}

type Piece = (values: MessageParts, url: string) => string | Uint8Array | ProofFailure;

function createPiece(part: TemplatePart, next: TemplatePart | undefined, headers: HeaderNames): Piece {
  switch (part.kind) {
    case 'text':
      return () => part.text;
    case 'body':
      return ({ view }) => view.rawBody;
    case 'bodySha256Hex':
      return ({ bodyHash }) => bodyHash;
    case 'timestamp':
      return ({ stamp }) => stamp;
    case 'method':
      return ({ view }) => view.method;
    case 'url':
      // A fragment never reaches the sender's signature.
      return (_values, url) => (url.includes('#') ? url.slice(0, url.indexOf('#')) : url);
    case 'path':
      return ({ view }) => view.path ?? refuse('missing_url', 'The path is signed and the request has no url');
    case 'form':
      return ({ view, isForm }) => (isForm ? view.canonicalForm : '');
    default:
      return headerPiece(createValueReader({ header: part.name }, headers), next?.kind === 'text' ? next.text : '');
  }
}

/** A header may not hold the text that ends it: the same signature would then fit another split of the message. */
function headerPiece(reader: ValueReader, end: string): Piece {
  return ({ view }) => {
    const value = requireValue(reader, view);
    if (end === '' || typeof value !== 'string' || !value.includes(end)) return value;
    return refuse('malformed', `Holds "${end.trim()}", which ends it in what is signed: ${reader.where}`);
  };
}
