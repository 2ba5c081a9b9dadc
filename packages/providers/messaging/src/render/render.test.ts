import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cardToText,
  richTextFromMarkdown,
  richTextFromPlain,
  type RichText,
  splitText,
  toPlainText,
  toSlackMrkdwn,
  toTelegramHtml,
  toWhatsAppText,
} from './index.ts';

const unescapeEntities = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const withoutJoiners = (text: string): string => text.replaceAll('\u2060', '');
const nasty = fc.array(
  fc.constantFrom(
    '<!here>',
    '@channel',
    '*b*',
    '_i_',
    '~s~',
    '`c`',
    '<',
    '>',
    '&',
    '&lt;',
    ' ',
    'é',
    '👋',
    'word',
    '"',
  ),
  { minLength: 1 },
);
const inOneLine = (text: string): RichText => [{ type: 'paragraph', children: [{ type: 'text', text }] }];

describe('text of users', () => {
  it('is inert on Slack: no entity of its own is left, and no mark stands free', () => {
    fc.assert(
      fc.property(nasty, (parts) => {
        const text = parts.join('');
        const rendered = toSlackMrkdwn(inOneLine(text));
        expect(rendered).not.toMatch(/[<>]/);
        expect(rendered).not.toMatch(/(?<!\u2060)[*_~`]/);
        expect(unescapeEntities(withoutJoiners(rendered))).toBe(text);
      }),
    );
  });

  it('is inert on Telegram, and comes back whole from its HTML', () => {
    fc.assert(
      fc.property(nasty, (parts) => {
        const text = parts.join('');
        const rendered = toTelegramHtml(inOneLine(text));
        expect(rendered).not.toMatch(/[<>]/);
        expect(unescapeEntities(rendered)).toBe(text);
      }),
    );
  });

  it('is inert on WhatsApp', () => {
    fc.assert(
      fc.property(nasty, (parts) => {
        const text = parts.join('');
        const rendered = toWhatsAppText(inOneLine(text));
        expect(rendered).not.toMatch(/(?<!\u2060)[*_~`]/);
        expect(withoutJoiners(rendered)).toBe(text);
      }),
    );
  });

  it('keeps its lines where it is plain', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '*b*', '\n', '# c', '> d', '\n\n'), { minLength: 1 }), (parts) => {
        const text = parts.join('').replace(/\n{2,}/g, '\n\n');
        expect(toPlainText(richTextFromPlain(text))).toBe(text);
      }),
    );
  });
});

const MARKDOWN = `# Release

**2.0** is *out*, ~not 1.9~: see [the notes](https://example.com/a?b=1&c=2).

> quoted
> twice

1. first
2. second \`x < y\`

- one
- two

\`\`\`ts
const a = 1 < 2;
\`\`\``;

describe('Markdown', () => {
  const text = richTextFromMarkdown(MARKDOWN);

  it('is written for Slack', () => {
    expect(toSlackMrkdwn(text)).toBe(`*Release*

*2.0* is _out_, ~not 1.9~: see <https://example.com/a?b=1&amp;c=2|the notes>.

> quoted
> twice

1. first
2. second \`x &lt; y\`

• one
• two

\`\`\`
const a = 1 &lt; 2;
\`\`\``);
  });

  it('is written for Telegram', () => {
    expect(toTelegramHtml(text)).toBe(`<b>Release</b>

<b>2.0</b> is <i>out</i>, <s>not 1.9</s>: see <a href="https://example.com/a?b=1&amp;c=2">the notes</a>.

<blockquote>quoted
twice</blockquote>

1. first
2. second <code>x &lt; y</code>

• one
• two

<pre><code class="language-ts">const a = 1 &lt; 2;</code></pre>`);
  });

  it('is written for WhatsApp', () => {
    const rendered = toWhatsAppText(text);
    expect(rendered).toContain('*2.0* is _out_, ~not 1.9~: see the notes (https://example.com/a?b=1&c=2).');
    expect(rendered).toContain('```const a = 1 < 2;```');
  });

  it('is written as plain text', () => {
    expect(toPlainText(text)).toContain('2.0 is out, not 1.9: see the notes (https://example.com/a?b=1&c=2).');
  });

  it('shows HTML as it is written, and never runs it', () => {
    const html = richTextFromMarkdown('a <b onclick="x()">b</b>\n\n<script>alert(1)</script>');
    expect(toTelegramHtml(html)).toBe('a &lt;b onclick="x()"&gt;b&lt;/b&gt;\n\n&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc'])('makes no link of %s', (url) => {
    const rendered = toSlackMrkdwn(richTextFromMarkdown(`[go](${url})`));
    expect(rendered).not.toContain('<');
    expect(rendered).toContain('go');
  });

  it('cannot break out of a code block', () => {
    const rendered = toSlackMrkdwn([{ type: 'code-block', text: 'a ``` <!here> *b*' }]);
    expect(rendered.match(/```/g)).toHaveLength(2);
    expect(rendered).not.toContain('<!here>');
  });

  it('is read whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (markdown) => {
        expect(toSlackMrkdwn(richTextFromMarkdown(markdown))).not.toMatch(/<!|<@|<#/);
      }),
    );
  });
});

describe('splitText', () => {
  it('gives back the text, in pieces that fit, and cuts no character', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('word', ' ', '\n', '\n\n', '👋', 'é', 'longer-word'), { maxLength: 80 }),
        fc.integer({ min: 16, max: 60 }),
        (parts, maxLength) => {
          const text = parts.join('');
          const pieces = splitText(text, maxLength);
          expect(pieces.join('')).toBe(text);
          for (const piece of pieces) {
            expect(piece.length).toBeLessThanOrEqual(maxLength);
            expect(() => encodeURIComponent(piece)).not.toThrow();
          }
        },
      ),
    );
  });

  it('cuts between paragraphs rather than between words', () => {
    expect(splitText('one two three\n\nfour five six', 20)).toEqual(['one two three\n\n', 'four five six']);
  });

  it('closes a code block where it is cut and opens it again', () => {
    const code = Array.from({ length: 20 }, (_, index) => `line ${index};`).join('\n');
    const pieces = splitText(`See:\n\`\`\`ts\n${code}\n\`\`\`\nDone.`, 80);
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(80);
      expect((piece.match(/^```/gm) ?? []).length % 2).toBe(0);
    }
    const seen = pieces.flatMap((piece) => piece.split('\n').filter((line) => line.startsWith('line')));
    expect(seen.join('\n')).toBe(code);
  });

  it('keeps a code block whole in every piece, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a;', '👋', 'a longer line of code', '', '  indented'), { maxLength: 30 }),
        fc.integer({ min: 40, max: 90 }),
        (codeLines, maxLength) => {
          const pieces = splitText(`\`\`\`\n${codeLines.join('\n')}\n\`\`\``, maxLength);
          for (const piece of pieces) {
            expect(piece.length).toBeLessThanOrEqual(maxLength);
            expect((piece.match(/^```/gm) ?? []).length % 2).toBe(0);
          }
        },
      ),
    );
  });

  it('leaves a short text alone and refuses a limit that nothing fits', () => {
    expect(splitText('', 20)).toEqual(['']);
    expect(splitText('short', 20)).toEqual(['short']);
    expect(() => splitText('text', 15)).toThrow(expect.objectContaining({ field: 'maxLength' }));
  });
});

it('says everything that a card says', () => {
  const text = cardToText({
    title: 'Deploy?',
    elements: [
      { type: 'text', text: 'Version 2' },
      { type: 'fields', fields: [{ label: 'Owner', value: 'Ada' }] },
      { type: 'image', url: 'https://example.com/a.png', alt: 'a chart' },
      { type: 'divider' },
      {
        type: 'actions',
        actions: [
          { type: 'button', id: 'go', label: 'Go' },
          { type: 'button', id: 'docs', label: 'Docs', url: 'https://example.com' },
          { type: 'select', id: 'env', label: 'Where', options: [{ label: 'Test', value: 't' }] },
        ],
      },
      { type: 'context', text: 'asked by CI' },
    ],
  });
  expect(text).toBe(
    'Deploy?\n\nVersion 2\n\nOwner: Ada\n\na chart (https://example.com/a.png)\n\n———\n\n[Go]\nDocs: https://example.com\nWhere: Test\n\nasked by CI',
  );
});
