/** Text with a role. */
export type RichInline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'strong' | 'emphasis' | 'strike'; readonly children: readonly RichInline[] }
  | { readonly type: 'link'; readonly url: string; readonly children: readonly RichInline[] }
  | { readonly type: 'break' };

/** A block of text. */
export type RichBlock =
  | { readonly type: 'paragraph'; readonly children: readonly RichInline[] }
  /** 1 to 6. */
  | { readonly type: 'heading'; readonly level: number; readonly children: readonly RichInline[] }
  | { readonly type: 'code-block'; readonly text: string; readonly language?: string }
  | { readonly type: 'quote'; readonly children: readonly RichBlock[] }
  | {
      readonly type: 'list';
      /** Number of the first item. Absent: the list has bullets. */
      readonly start?: number;
      readonly items: readonly (readonly RichBlock[])[];
    }
  | { readonly type: 'divider' };

/** Formatted text, of which every platform's own form is made. */
export type RichText = readonly RichBlock[];

/** Plain text as rich text: paragraphs at empty lines, breaks at single ones, and nothing in it is formatting. */
export function richTextFromPlain(text: string): RichText {
  return text.split(/\n{2,}/).map((paragraph) => ({
    type: 'paragraph',
    children: paragraph.split('\n').flatMap((line, index): RichInline[] => {
      const words: RichInline[] = line === '' ? [] : [{ type: 'text', text: line }];
      return index === 0 ? words : [{ type: 'break' }, ...words];
    }),
  }));
}
