import { type ParseResult, parseSync, Visitor } from 'oxc-parser';

export interface SourceImport {
  readonly specifier: string;
  /** 1-based. */
  readonly line: number;
}

/** Every module that a TypeScript or JavaScript text names: imports, re-exports, `import()` and types by `import('…')`. */
export function listImports(fileName: string, text: string): SourceImport[] {
  const result = parseSync(fileName, text);
  const found: { specifier: string; start: number }[] = [];
  const add = (specifier: string, start: number): void => void found.push({ specifier, start });
  const { staticImports, staticExports } = result.module;
  for (const item of staticImports) add(item.moduleRequest.value, item.start);
  for (const item of staticExports) {
    for (const entry of item.entries) if (entry.moduleRequest !== null) add(entry.moduleRequest.value, item.start);
  }
  visitNestedImports(result, add);
  const lines = lineStarts(text);
  const unique = new Map(found.map((item) => [`${item.start} ${item.specifier}`, item]));
  return [...unique.values()].map(({ specifier, start }) => ({ specifier, line: lineAt(lines, start) }));
}

function visitNestedImports(result: ParseResult, add: (specifier: string, start: number) => void): void {
  const visitor = new Visitor({
    ImportExpression(node) {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string') add(node.source.value, node.start);
    },
    TSImportType(node) {
      add(node.source.value, node.start);
    },
    TSExternalModuleReference(node) {
      add(node.expression.value, node.start);
    },
  });
  visitor.visit(result.program);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  return starts.findLastIndex((start) => start <= offset) + 1;
}
