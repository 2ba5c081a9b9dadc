import { IntegrationError } from '@mortise/core';

/** Where one message is. */
export interface MessageRef {
  readonly channelId: string;
  /** Absent: not in a thread. */
  readonly threadId?: string;
  /** The provider's id of the message, which may be unique within its channel only. */
  readonly messageId: string;
}

/** A message, by its parts or by the text that `encodeMessageRef` makes of them. */
export type MessageAddress = string | MessageRef;

const SCHEME = 'msg';

/**
 * A reference as one text, `msg:<channel>:<thread>:<message>` with each part percent-encoded: the `id` of a
 * `MessagingSendResult`.
 *
 * @throws {IntegrationError} `invalid_request` for an empty part or one that is no Unicode text.
 */
export function encodeMessageRef({ channelId, threadId, messageId }: MessageRef): string {
  const parts = [encodePart('channelId', channelId), '', encodePart('messageId', messageId)];
  if (threadId !== undefined) parts[1] = encodePart('threadId', threadId);
  return [SCHEME, ...parts].join(':');
}

/**
 * The reference that a text stands for.
 *
 * @throws {IntegrationError} `invalid_request` for a text that `encodeMessageRef` does not make.
 */
export function decodeMessageRef(text: string): MessageRef {
  const [scheme, channel = '', thread, message = '', ...more] = text.split(':');
  const isWhole = scheme === SCHEME && channel !== '' && thread !== undefined && message !== '' && more.length === 0;
  const parts = isWhole ? [channel, thread, message].map(decodePart) : [];
  const [channelId, threadId, messageId] = parts;
  if (channelId === undefined || threadId === undefined || messageId === undefined) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'messageId',
      message: 'messageId: expected a reference as sendMessage gives it, msg:<channel>:<thread>:<message>',
    });
  }
  return threadId === '' ? { channelId, messageId } : { channelId, threadId, messageId };
}

/** The parts of an address, whichever way it is given. */
export function toMessageRef(address: MessageAddress): MessageRef {
  return typeof address === 'string' ? decodeMessageRef(address) : address;
}

function encodePart(field: string, text: string): string {
  if (text !== '') {
    try {
      return encodeURIComponent(text);
    } catch {
      // A lone surrogate; told below.
    }
  }
  const fault = text === '' ? 'must not be empty' : 'is no Unicode text';
  throw new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${fault}` });
}

function decodePart(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
