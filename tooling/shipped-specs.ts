import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'esbuild';

/**
 * Puts in the place of each shipped spec of a built `./specs` entry its JSON text: an engine reads it several times as fast
 * as the same data written as code, which is what a program that loads fifty specs waits for. What only made the specs goes.
 */
export async function writeSpecsAsJson(file: string): Promise<void> {
  const before: Record<string, unknown> = await import(pathToFileURL(path.resolve(file)).href);
  let code = await readFile(file, 'utf8');
  for (const [name, spec] of Object.entries(before)) {
    if (isSpec(spec)) code = replaceInitializer(code, name, `defineShippedIntegration(JSON.parse(${literalOf(spec)}))`);
  }
  if (!/import \{[^}]*\bdefineShippedIntegration\b/.test(code)) {
    code = `import { defineShippedIntegration } from '@mortise/core';\n${code}`;
  }
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: path.dirname(file) },
    bundle: true,
    packages: 'external',
    external: ['../*'],
    format: 'esm',
    target: 'es2023',
    platform: 'neutral',
    treeShaking: true,
    minifySyntax: true,
    write: false,
    logLevel: 'error',
  });
  await writeFile(file, outputFiles[0]?.text ?? '');
  // It would lead to lines that are not there any more.
  await rm(`${file}.map`, { force: true });
  const after: Record<string, unknown> = await import(`${pathToFileURL(path.resolve(file)).href}?json`);
  for (const [name, value] of Object.entries(before)) {
    const isSame =
      typeof value === 'function' ? typeof after[name] === 'function' : isDeepStrictEqual(after[name], value);
    if (!isSame) throw new TypeError(`${file}: "${name}" is not what it was before its specs were written as JSON`);
  }
}

function isSpec(value: unknown): value is { readonly meta: { readonly key: string } } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'secretSchema' in value;
}

/** JSON in a string literal with as few escapes as can be. */
function literalOf(value: unknown): string {
  const json = JSON.stringify(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `'${json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}

function replaceInitializer(code: string, name: string, initializer: string): string {
  const start = new RegExp(`^(?:var|const|let) ${name} = `, 'm').exec(code);
  if (start === null) return code;
  const from = start.index + start[0].length;
  return code.slice(0, from) + initializer + code.slice(endOfExpression(code, from));
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Where the expression that begins at `from` ends: at the semicolon outside all brackets, strings and comments. */
function endOfExpression(code: string, from: number): number {
  const open: string[] = [];
  for (let index = from; index < code.length; index += 1) {
    const character = code[index] ?? '';
    if (character === '"' || character === "'" || character === '`') index = endOfString(code, index);
    else if (code.startsWith('//', index)) index = code.indexOf('\n', index);
    else if (code.startsWith('/*', index)) index = code.indexOf('*/', index) + 1;
    else if (character in CLOSING) open.push(CLOSING[character] ?? '');
    else if (character === open.at(-1)) open.pop();
    else if (character === ';' && open.length === 0) return index;
  }
  throw new TypeError('An initializer of a built spec has no end');
}

function endOfString(code: string, from: number): number {
  const quote = code[from] ?? '';
  for (let index = from + 1; index < code.length; index += 1) {
    if (code[index] === '\\') index += 1;
    else if (quote === '`' && code.startsWith('${', index)) index = endOfTemplateExpression(code, index + 2);
    else if (code[index] === quote) return index;
  }
  throw new TypeError('A string of a built spec has no end');
}

function endOfTemplateExpression(code: string, from: number): number {
  let depth = 1;
  for (let index = from; index < code.length; index += 1) {
    const character = code[index] ?? '';
    if (character === '"' || character === "'" || character === '`') index = endOfString(code, index);
    else if (character === '{') depth += 1;
    else if (character === '}' && (depth -= 1) === 0) return index;
  }
  throw new TypeError('A template of a built spec has no end');
}
