import { renderRichText, type RichTextSyntax } from './render-rich-text.ts';
import type { RichText } from './rich-text.ts';

/** Invisible, and no space: put before a mark, it keeps platforms without an escape from reading the mark. */
const WORD_JOINER = '\u2060';

const escapeEntities = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const before = (marks: RegExp) => (text: string) => text.replaceAll(marks, `${WORD_JOINER}$&`);
const lines = (prefix: string) => (content: string) =>
  content
    .split('\n')
    .map((line) => `${prefix}${line}`)
    .join('\n');
/** A fence inside code would end it. */
const withoutFences = (text: string): string => text.replaceAll('```', '``\u2060`');

const escapeMrkdwn = (text: string): string => before(/[*_~`]/g)(escapeEntities(text));

const SLACK: RichTextSyntax = {
  escape: escapeMrkdwn,
  strong: (content) => `*${content}*`,
  emphasis: (content) => `_${content}_`,
  strike: (content) => `~${content}~`,
  code: (text) => `\`${escapeEntities(text.replaceAll('`', `${WORD_JOINER}'`))}\``,
  codeBlock: (text) => `\`\`\`\n${escapeEntities(withoutFences(text))}\n\`\`\``,
  link: (label, url) => `<${escapeEntities(url)}|${label.replaceAll('|', '¦')}>`,
  quote: lines('> '),
};

const escapeAttribute = (text: string): string => escapeEntities(text).replaceAll('"', '&quot;');

const TELEGRAM: RichTextSyntax = {
  escape: escapeEntities,
  strong: (content) => `<b>${content}</b>`,
  emphasis: (content) => `<i>${content}</i>`,
  strike: (content) => `<s>${content}</s>`,
  code: (text) => `<code>${escapeEntities(text)}</code>`,
  codeBlock: (text, language) =>
    language === undefined
      ? `<pre>${escapeEntities(text)}</pre>`
      : `<pre><code class="language-${escapeAttribute(language)}">${escapeEntities(text)}</code></pre>`,
  link: (label, url) => `<a href="${escapeAttribute(url)}">${label}</a>`,
  quote: (content) => `<blockquote>${content}</blockquote>`,
};

const WHATSAPP: RichTextSyntax = {
  escape: before(/[*_~`]/g),
  strong: (content) => `*${content}*`,
  emphasis: (content) => `_${content}_`,
  strike: (content) => `~${content}~`,
  code: (text) => `\`${text.replaceAll('`', `${WORD_JOINER}'`)}\``,
  codeBlock: (text) => `\`\`\`${withoutFences(text)}\`\`\``,
  link: (label, url) => (label === url ? url : `${label} (${url})`),
  quote: lines('> '),
};

const asIs = (text: string): string => text;

const PLAIN: RichTextSyntax = {
  escape: asIs,
  strong: asIs,
  emphasis: asIs,
  strike: asIs,
  code: asIs,
  codeBlock: asIs,
  link: (label, url) => (label === url ? url : `${label} (${url})`),
  quote: lines('> '),
};

/**
 * For Slack's `mrkdwn`. `&`, `<` and `>` are escaped, so that no mention in the text fires; before `*`, `_`, `~` and
 * `` ` `` goes an invisible word joiner, since Slack has no escape for them.
 */
export function toSlackMrkdwn(text: RichText): string {
  return renderRichText(text, SLACK);
}

/** For Telegram with `parse_mode: 'HTML'`. */
export function toTelegramHtml(text: RichText): string {
  return renderRichText(text, TELEGRAM);
}

/** For WhatsApp. Before a mark in the text goes an invisible word joiner, since WhatsApp has no escape. */
export function toWhatsAppText(text: RichText): string {
  return renderRichText(text, WHATSAPP);
}

/** Without any formatting; links are followed by their address. */
export function toPlainText(text: RichText): string {
  return renderRichText(text, PLAIN);
}
