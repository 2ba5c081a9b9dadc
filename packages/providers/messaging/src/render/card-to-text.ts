import type { MessagingButton, MessagingCard, MessagingCardElement, MessagingSelect } from '../model/card.ts';

/** A card for a platform that has none: everything that it says, as plain text. */
export function cardToText({ title, elements }: MessagingCard): string {
  const parts = elements.map(elementToText);
  return [...(title === undefined ? [] : [title]), ...parts].filter((part) => part !== '').join('\n\n');
}

function elementToText(element: MessagingCardElement): string {
  switch (element.type) {
    case 'text':
    case 'context':
      return element.text;
    case 'fields':
      return element.fields.map(({ label, value }) => `${label}: ${value}`).join('\n');
    case 'image':
      return `${element.alt} (${element.url})`;
    case 'divider':
      return '———';
    default:
      return element.actions.map(actionToText).join('\n');
  }
}

function actionToText(action: MessagingButton | MessagingSelect): string {
  if (action.type === 'select') return `${action.label}: ${action.options.map(({ label }) => label).join(' / ')}`;
  return action.url === undefined ? `[${action.label}]` : `${action.label}: ${action.url}`;
}
