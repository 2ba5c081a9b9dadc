import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const MAIN = path.join(import.meta.dirname, 'main.ts');
/** Packages resolve each other's source, so that nothing has to be built. */
const SOURCES = ['--conditions=@mortise/source'];
const folders: string[] = [];
/** A process of its own takes a second or two, and longer on a machine that is busy. */
const LIMIT = { timeout: 60_000 };

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function run(...args: string[]) {
  const { status, stdout } = spawnSync(process.execPath, [...SOURCES, MAIN, ...args], { encoding: 'utf8' });
  return { status, stdout };
}

/** A folder of packages with the real language-model specs, one of which says something else. */
function driftedPackages(from: string, to: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'facts-'));
  folders.push(folder);
  const llm = path.join(folder, 'llm');
  mkdirSync(llm);
  cpSync(path.join(ROOT, 'packages/providers/llm/src/specs'), path.join(llm, 'src/specs'), { recursive: true });
  cpSync(path.join(ROOT, 'packages/providers/llm/package.json'), path.join(llm, 'package.json'));
  symlinkSync(path.join(ROOT, 'packages/providers/llm/node_modules'), path.join(llm, 'node_modules'));
  const file = path.join(llm, 'src/specs/anthropic.ts');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replaceAll(from, to));
  return folder;
}

describe('the script', () => {
  it('passes for specs that agree, with a table', LIMIT, () => {
    const { status, stdout } = run('ai-llm.anthropic', 'ai-llm.mistral');
    expect(stdout).toMatch(/ok +ai-llm\.anthropic +API version +2026-10-21 +@anthropic-ai\/sdk@/);
    expect(stdout).toMatch(/\d+ facts agree, 0 do not/);
    expect(status).toBe(0);
  });

  it('fails for a spec that has drifted, and says in what', LIMIT, () => {
    const specs = driftedPackages("'x-api-key'", "'x-key'");
    const { status, stdout } = run('--specs', specs, 'ai-llm.anthropic');
    expect(stdout).toMatch(
      /DRIFTED +ai-llm\.anthropic +credential header +x-key +@anthropic-ai\/sdk@\S+ says x-api-key/,
    );
    expect(stdout).toContain('1 do not');
    expect(status).toBe(1);
  });

  it('fails where there is nothing to compare', LIMIT, () => {
    expect(run('ai-llm.unheard-of').status).toBe(1);
  });
});
