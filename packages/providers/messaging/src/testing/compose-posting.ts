import { type FileInput, IntegrationError, type IntegrationWarning } from '@mortise/core';
import type { MessagingCapabilities, MessagingFeature } from '../model/capabilities.ts';
import { toMessageRef } from '../model/message-ref.ts';
import type { MessagingSendInput, MessagingUpdateInput } from '../model/send-input.ts';
import { cardToText } from '../render/card-to-text.ts';
import { toPlainText } from '../render/platform-text.ts';
import { richTextFromMarkdown } from '../render/rich-text-from-markdown.ts';
import type { ServiceMessage } from './messaging-service.ts';

/** What a message looks like on the platform, and what of the input it cannot show. */
export interface Composition extends Pick<ServiceMessage, 'text' | 'notified' | 'buttons'> {
  readonly warnings: readonly IntegrationWarning[];
}

const MASS_MENTION = '@channel';

/** Text, buttons and notifications of a message. */
export function composeMessage(
  input: MessagingSendInput | MessagingUpdateInput,
  { features }: Pick<MessagingCapabilities, 'features'>,
): Composition {
  const { content, allowMassMentions = false } = input;
  const text = textOf(input);
  const warnings: IntegrationWarning[] = [];
  const hasCards = features.includes('cards');
  if (content !== undefined && 'card' in content && !hasCards) {
    warnings.push({ type: 'compatibility', field: 'content', message: 'The card is sent as text' });
  }
  if (content !== undefined && 'native' in content) {
    warnings.push({ type: 'unsupported', field: 'content', message: 'This platform has no form of its own' });
  }
  const callsAll = allowMassMentions && text.includes(MASS_MENTION);
  const users = 'mentions' in input ? (input.mentions ?? []).map(({ userId }) => userId) : [];
  return {
    text,
    notified: callsAll ? [...users, MASS_MENTION] : users,
    buttons: hasCards ? buttonsOf(content) : [],
    warnings,
  };
}

/** A warning for each field that needs what this platform lacks, and a refusal where sending would do harm. */
export function warnOfLacks(input: MessagingSendInput, { features }: MessagingCapabilities): IntegrationWarning[] {
  if (input.ephemeralTo !== undefined && !features.includes('ephemeral')) {
    const message = 'ephemeralTo: this platform would show the message to everybody';
    throw new IntegrationError({ code: 'unsupported', field: 'ephemeralTo', message });
  }
  if (input.sendAt !== undefined && !features.includes('schedule')) {
    throw new IntegrationError({
      code: 'unsupported',
      field: 'sendAt',
      message: 'sendAt: this platform sends at once',
    });
  }
  const lacks: readonly (readonly [keyof MessagingSendInput, MessagingFeature | undefined])[] = [
    ['threadId', 'threads'],
    ['replyTo', 'threads'],
    ['attachments', 'files'],
    ['linkPreviews', undefined],
    ['template', undefined],
    ['fallbackText', undefined],
  ];
  return lacks
    .filter(([field, feature]) => input[field] !== undefined && (feature === undefined || !features.includes(feature)))
    .map(([field]) => ({ type: 'unsupported', field, message: `This platform has nothing for ${field}` }));
}

/** Size of a file; a stream is read chunk by chunk, and never held. */
export async function receiveFile(
  file: FileInput,
  onBytes: (count: number) => void,
): Promise<ServiceMessage['files'][number]> {
  let sizeBytes = 0;
  const add = (count: number): void => {
    sizeBytes += count;
    onBytes(count);
  };
  if ('bytes' in file) add(file.bytes.byteLength);
  else if ('base64' in file) add(atob(file.base64).length);
  else if ('stream' in file) for await (const chunk of file.stream) add(chunk.byteLength);
  else {
    const message = 'attachments: this platform takes bytes, not addresses or references';
    throw new IntegrationError({ code: 'unsupported', field: 'attachments', message });
  }
  return { mediaType: file.mediaType, sizeBytes, ...(file.filename === undefined ? {} : { name: file.filename }) };
}

/** The fields of a send input that name where it goes. */
export function replyTargetOf({ replyTo }: MessagingSendInput): Pick<ServiceMessage, 'replyTo'> {
  return replyTo === undefined ? {} : { replyTo: toMessageRef(replyTo) };
}

function textOf({ text, markdown, content }: MessagingSendInput | MessagingUpdateInput): string {
  if (content !== undefined) {
    if ('text' in content) return content.text;
    if ('markdown' in content) return toPlainText(richTextFromMarkdown(content.markdown));
    if ('card' in content) return cardToText(content.card);
  }
  return markdown === true ? toPlainText(richTextFromMarkdown(text)) : text;
}

function buttonsOf(content: MessagingSendInput['content']): ServiceMessage['buttons'] {
  if (content === undefined || !('card' in content)) return [];
  return content.card.elements.flatMap((element) =>
    element.type !== 'actions'
      ? []
      : element.actions.flatMap((action) =>
          action.type === 'button'
            ? [{ id: action.id, label: action.label, ...(action.value === undefined ? {} : { value: action.value }) }]
            : [],
        ),
  );
}
