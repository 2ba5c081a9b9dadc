import type { RichBlock, RichInline, RichText } from './rich-text.ts';

/** How a platform writes what rich text means. */
export interface RichTextSyntax {
  /** Makes text mean nothing but itself. */
  readonly escape: (text: string) => string;
  readonly strong: (content: string) => string;
  readonly emphasis: (content: string) => string;
  readonly strike: (content: string) => string;
  /** Of text that is not escaped yet, as with the next. */
  readonly code: (text: string) => string;
  readonly codeBlock: (text: string, language: string | undefined) => string;
  /** `label` is rendered, `url` is not escaped yet. */
  readonly link: (label: string, url: string) => string;
  /** Of rendered lines. */
  readonly quote: (content: string) => string;
}

/** Writes rich text in a platform's own form. Blocks are parted by an empty line. */
export function renderRichText(text: RichText, syntax: RichTextSyntax): string {
  return text.map((block) => renderBlock(block, syntax)).join('\n\n');
}

function renderBlock(block: RichBlock, syntax: RichTextSyntax): string {
  switch (block.type) {
    case 'paragraph':
      return renderInlines(block.children, syntax);
    case 'heading':
      return syntax.strong(renderInlines(block.children, syntax));
    case 'code-block':
      return syntax.codeBlock(block.text, block.language);
    case 'quote':
      return syntax.quote(renderRichText(block.children, syntax));
    case 'list':
      return block.items
        .map((item, index) => {
          const mark = block.start === undefined ? '•' : `${block.start + index}.`;
          const content = item.map((part) => renderBlock(part, syntax)).join('\n');
          return `${mark} ${content.replaceAll('\n', '\n   ')}`;
        })
        .join('\n');
    default:
      return syntax.escape('———');
  }
}

function renderInlines(inlines: readonly RichInline[], syntax: RichTextSyntax): string {
  return inlines.map((inline) => renderInline(inline, syntax)).join('');
}

function renderInline(inline: RichInline, syntax: RichTextSyntax): string {
  switch (inline.type) {
    case 'text':
      return syntax.escape(inline.text);
    case 'code':
      return syntax.code(inline.text);
    case 'strong':
    case 'emphasis':
    case 'strike':
      return syntax[inline.type](renderInlines(inline.children, syntax));
    case 'link':
      return syntax.link(renderInlines(inline.children, syntax), inline.url);
    default:
      return '\n';
  }
}
