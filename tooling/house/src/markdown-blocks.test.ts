import { describe, expect, it } from 'vitest';
import { listCodeBlocks } from './markdown-blocks.ts';

describe('code blocks', () => {
  it('carry their language, flags, code and the line of their code', () => {
    expect(listCodeBlocks('# Title\n\n```ts no-run\nconst a = 1;\n\nconst b = 2;\n```\ntext\n')).toEqual([
      { language: 'ts', flags: ['no-run'], line: 4, code: 'const a = 1;\n\nconst b = 2;' },
    ]);
  });

  it('are found in lists, in comments and with other fences', () => {
    const markdown =
      '- item\n  ```ts\n  a();\n  ```\n\n<!--\n```TypeScript\nb();\n```\n-->\n\n~~~js\nc();\n~~~\n\n````\n```\nd\n````\n';
    expect(listCodeBlocks(markdown).map(({ language, code }) => [language, code])).toEqual([
      ['ts', 'a();'],
      ['typescript', 'b();'],
      ['js', 'c();'],
      ['', '```\nd'],
    ]);
  });

  it('end with the text when nobody closes them', () => {
    expect(listCodeBlocks('```ts\na();')).toEqual([{ language: 'ts', flags: [], line: 2, code: 'a();' }]);
  });
});
