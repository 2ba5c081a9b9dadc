/**
 * Fails every test file that does not run where it is said to run. Vitest starts workers of its own, and a worker on
 * another runtime than its parent would make the whole exercise worthless.
 */
const expected = process.env['MORTISE_RUNTIME'];
const actual = nameRuntime();
if (actual !== expected) throw new Error(`These tests should run on ${expected}, but run on ${actual}`);

function nameRuntime(): string {
  if ('Bun' in globalThis) return 'bun';
  if ('Deno' in globalThis) return 'deno';
  return `node-${process.versions.node.split('.')[0]}`;
}
