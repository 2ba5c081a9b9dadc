export interface CodeBlock {
  /** The first word after the fence, in lower case; empty when there is none. */
  readonly language: string;
  /** The words after the language. */
  readonly flags: readonly string[];
  /** 1-based line of the first line of code. */
  readonly line: number;
  readonly code: string;
}

/** The fenced code blocks of a Markdown text, indented ones (in lists) and those inside HTML comments included. */
export function listCodeBlocks(markdown: string): CodeBlock[] {
  const lines = markdown.split('\n');
  const blocks: CodeBlock[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const opening = /^(\s*)(`{3,}|~{3,})\s*([^\s`]*)([^`]*)$/.exec(lines[index] ?? '');
    if (opening === null) continue;
    const [, indent = '', fence = '', language = '', rest = ''] = opening;
    const start = index + 1;
    index = lines.findIndex((line, at) => at >= start && isClosing(line, fence));
    if (index === -1) index = lines.length;
    const code = lines.slice(start, index).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    const flags = rest.split(/\s+/).filter((word) => word !== '');
    blocks.push({ language: language.toLowerCase(), flags, line: start + 1, code: code.join('\n') });
  }
  return blocks;
}

function isClosing(line: string, fence: string): boolean {
  const mark = line.trim();
  return mark.length >= fence.length && mark === fence.charAt(0).repeat(mark.length);
}
