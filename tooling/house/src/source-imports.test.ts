import { describe, expect, it } from 'vitest';
import { listImports } from './source-imports.ts';

const specifiers = (text: string): string[] => listImports('file.ts', text).map(({ specifier }) => specifier);

describe('the imports of a text', () => {
  it.each([
    ["import { a } from 'a';", 'a'],
    ["import type { A } from 'a';", 'a'],
    ["import 'a';", 'a'],
    ["import * as a from 'a';", 'a'],
    ["export { a } from 'a';", 'a'],
    ["export type { A } from 'a';", 'a'],
    ["export * from 'a';", 'a'],
    ["const a = await import('a');", 'a'],
    ["type A = import('a').A;", 'a'],
    ["type A = typeof import('a');", 'a'],
    ["import a = require('a');", 'a'],
  ])('include that of %s', (text, specifier) => {
    expect(specifiers(text)).toEqual([specifier]);
  });

  it('do not include what only looks like one', () => {
    expect(specifiers("// import 'a';\nconst text = \"import 'b'\";\nexport const c = 1;")).toEqual([]);
  });

  it('carry the line they stand on', () => {
    const imports = listImports('file.ts', "// first\n\nimport 'a';\nexport const b = import('c');\n");
    expect(imports).toEqual([
      { specifier: 'a', line: 3 },
      { specifier: 'c', line: 4 },
    ]);
  });
});
