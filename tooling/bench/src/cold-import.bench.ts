import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { type Benchmark, median } from './benchmark.ts';

const ROUNDS = 31;
const OURS = ['@mortise/core', '@mortise/runtime', '@mortise/secrets', '@mortise/secrets-env'];
const PEERS = ['cockatiel', 'opossum', 'p-retry'];

export const benchmark: Benchmark = {
  title: `Cold import, ${ROUNDS} new processes each`,
  async run() {
    const ours: number[] = [];
    const peers: number[] = [];
    // Taking turns spreads what else the machine does over both. The first round warms the file cache.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const measured = { ours: importMs(OURS), peers: importMs(PEERS) };
      if (round === 0) continue;
      ours.push(measured.ours);
      peers.push(measured.peers);
    }
    return [
      { subject: 'core + runtime + secrets + secrets-env', value: median(ours), unit: 'ms', budget: 30 },
      { subject: PEERS.join(' + '), value: median(peers), unit: 'ms' },
    ];
  },
};

/** Milliseconds that a new process takes to import these built packages: what a start-up pays for them. */
function importMs(specifiers: readonly string[]): number {
  const imports = specifiers.map((specifier) => `import('${specifier}')`).join(', ');
  const script = `const from = performance.now(); await Promise.all([${imports}]); console.log(performance.now() - from);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: path.resolve(import.meta.dirname, '..'),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`a process that imports ${specifiers.join(', ')} ended with ${status}: ${stderr}`);
  return Number(stdout);
}
