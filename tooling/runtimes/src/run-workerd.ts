import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { build, type Plugin } from 'esbuild';
import { WORKERD } from './runtimes.ts';
import { brokenRun, type Summary } from './summary.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const HARNESS = path.join(import.meta.dirname, 'workerd');
const TIMEOUT_MS = 240_000;

/** Workerd with its own globals only, or with what it has of Node's API beside them. */
export type WorkerdFlavour = 'plain' | 'nodejs_compat';

function configFor(flavour: WorkerdFlavour): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "tests", worker = .tests)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "tests")],
);
const tests :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-01-01",
  compatibilityFlags = [${flavour === 'nodejs_compat' ? '"nodejs_compat"' : ''}],
);
`;
}

/**
 * Bundles test files of one package, unchanged, into one worker and asks that worker on workerd for their results. Files
 * that import a Node built-in need `nodejs_compat`; all others run without it, so that no source can lean on it.
 *
 * @returns Undefined when the package has no test files of this flavour.
 */
export async function runWorkerd(packageDir: string, flavour: WorkerdFlavour): Promise<Summary | undefined> {
  const files = globSync('src/**/*.test.ts', { cwd: path.join(ROOT, packageDir) })
    .filter((file) => !/\.(?:node|long)\.test\.ts$/.test(file))
    .map((file) => path.join(ROOT, packageDir, file))
    .filter((file) => /from 'node:/.test(readFileSync(file, 'utf8')) === (flavour === 'nodejs_compat'))
    .toSorted();
  if (files.length === 0) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'mortise-workerd-'));
  try {
    await bundle(files, flavour, path.join(folder, 'worker.js'));
    writeFileSync(path.join(folder, 'config.capnp'), configFor(flavour));
    return await askWorker(folder);
  } catch (error) {
    return brokenRun(error instanceof Error ? error.message : String(error));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A test file that needs Node without saying so fails by itself when its turn comes, instead of all files with it. */
const NODE_FAILS_AT_IMPORT: Plugin = {
  name: 'node-fails-at-import',
  setup(builder) {
    builder.onResolve({ filter: /^node:/ }, (args) => ({ path: args.path, namespace: 'node' }));
    builder.onLoad({ filter: /.*/, namespace: 'node' }, (args) => {
      const message = `${args.path} does not exist here; a test that cannot do without it is named *.node.test.ts`;
      return { contents: `throw new Error(${JSON.stringify(message)});`, loader: 'js' };
    });
  },
};

async function bundle(files: readonly string[], flavour: WorkerdFlavour, outfile: string): Promise<void> {
  const hasNodeApi = flavour === 'nodejs_compat';
  const loaders = files.map((file) => {
    return `  ${JSON.stringify(path.relative(ROOT, file))}: () => import(${JSON.stringify(file)}),`;
  });
  const contents = [
    `import { createTestWorker } from ${JSON.stringify(path.join(HARNESS, 'test-worker.ts'))};`,
    `export default createTestWorker({\n${loaders.join('\n')}\n}, ${hasNodeApi});`,
  ].join('\n');
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2023',
    platform: 'browser',
    conditions: ['@mortise/source', 'workerd', 'worker'],
    alias: { vitest: path.join(HARNESS, 'vitest.ts') },
    ...(hasNodeApi ? { external: ['node:*'] } : { plugins: [NODE_FAILS_AT_IMPORT] }),
    keepNames: true,
    logLevel: 'silent',
  });
}

async function askWorker(folder: string): Promise<Summary> {
  const child = spawn(WORKERD, ['serve', 'config.capnp', '--control-fd=3'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => void (output += text.toString()));
  const ended = new Promise<never>((_, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`workerd ended with ${code}: ${output}`)));
  });
  try {
    const port = await Promise.race([listeningPort(child.stdio[3]), ended]);
    const answer = fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const response = await Promise.race([answer, ended]);
    if (!response.ok) return brokenRun(`the worker answered ${response.status}: ${await response.text()} ${output}`);
    const summary: Summary = await response.json();
    return summary.passed === 0 && summary.failed === 0 ? brokenRun('no test ran') : summary;
  } catch (error) {
    return brokenRun(`${error instanceof Error ? error.message : String(error)} ${output}`);
  } finally {
    ended.catch(() => undefined);
    child.kill('SIGKILL');
  }
}

/** Workerd tells on its control channel which port the system gave it: `{"event":"listen","socket":"http","port":…}`. */
async function listeningPort(control: unknown): Promise<number> {
  let text = '';
  // Node types every extra channel as readable or writable; this one was opened to be read.
  if (!(control instanceof Readable)) throw new Error('workerd has no control channel');
  for await (const chunk of control) {
    text += String(chunk);
    const port = /"port":\s*(\d+)/.exec(text)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error('workerd closed its control channel before it listened');
}
