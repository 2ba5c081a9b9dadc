import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import type { RichBlock, RichInline, RichText } from './rich-text.ts';

type RootContent = ReturnType<typeof fromMarkdown>['children'][number];
type PhrasingContent = Extract<RootContent, { readonly type: 'paragraph' }>['children'][number];

/** Addresses that may be sent as links; any other, such as `javascript:`, is left as text. */
const SAFE_URL = /^(?:https?:\/\/|mailto:)[^\s<>"|]+$/i;

/**
 * Reads Markdown (CommonMark, with `~strike~`). HTML in it is shown as it is written, and images become links to
 * them, since no platform takes either inside a text.
 */
export function richTextFromMarkdown(markdown: string): RichText {
  const root = fromMarkdown(markdown, {
    extensions: [gfmStrikethrough()],
    mdastExtensions: [gfmStrikethroughFromMarkdown()],
  });
  return root.children.flatMap(toBlock);
}

function toBlock(node: RootContent): RichBlock[] {
  switch (node.type) {
    case 'paragraph':
      return [{ type: 'paragraph', children: node.children.flatMap(toInline) }];
    case 'heading':
      return [{ type: 'heading', level: node.depth, children: node.children.flatMap(toInline) }];
    case 'code': {
      const language = node.lang ?? undefined;
      return [{ type: 'code-block', text: node.value, ...(language === undefined ? {} : { language }) }];
    }
    case 'blockquote':
      return [{ type: 'quote', children: node.children.flatMap(toBlock) }];
    case 'list': {
      const items = node.children.map((item) => item.children.flatMap(toBlock));
      return [{ type: 'list', items, ...(node.ordered === true ? { start: node.start ?? 1 } : {}) }];
    }
    case 'thematicBreak':
      return [{ type: 'divider' }];
    case 'html':
      return [{ type: 'paragraph', children: [{ type: 'text', text: node.value }] }];
    default:
      // Definitions are used up by the references to them.
      return [];
  }
}

function toInline(node: PhrasingContent): RichInline[] {
  switch (node.type) {
    case 'text':
      return textWithBreaks(node.value);
    case 'html':
      return [{ type: 'text', text: node.value }];
    case 'inlineCode':
      return [{ type: 'code', text: node.value }];
    case 'strong':
    case 'emphasis':
      return [{ type: node.type, children: node.children.flatMap(toInline) }];
    case 'delete':
      return [{ type: 'strike', children: node.children.flatMap(toInline) }];
    case 'link':
      return toLink(node.url, node.children.flatMap(toInline));
    case 'image':
      return toLink(node.url, [{ type: 'text', text: node.alt ?? node.url }]);
    case 'break':
      return [{ type: 'break' }];
    case 'linkReference':
      return node.children.flatMap(toInline);
    default:
      return [];
  }
}

/** A line break in the source shows as one: messages are written line by line. */
function textWithBreaks(text: string): RichInline[] {
  return text.split('\n').flatMap((line, index): RichInline[] => {
    const words: RichInline[] = line === '' ? [] : [{ type: 'text', text: line }];
    return index === 0 ? words : [{ type: 'break' }, ...words];
  });
}

function toLink(url: string, children: readonly RichInline[]): RichInline[] {
  return SAFE_URL.test(url) ? [{ type: 'link', url, children }] : [...children, { type: 'text', text: ` (${url})` }];
}
