export { cardToText } from './card-to-text.ts';
export { toPlainText, toSlackMrkdwn, toTelegramHtml, toWhatsAppText } from './platform-text.ts';
export type { RichBlock, RichInline, RichText } from './rich-text.ts';
export { richTextFromPlain } from './rich-text.ts';
export { richTextFromMarkdown } from './rich-text-from-markdown.ts';
export { splitText } from './split-text.ts';
