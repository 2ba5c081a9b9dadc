import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { type Benchmark, median } from './benchmark.ts';

const ROUNDS = 31;
const OURS = ['@mortise/core', '@mortise/runtime', '@mortise/secrets', '@mortise/secrets-env'];
const PEERS = ['cockatiel', 'opossum', 'p-retry'];

export const benchmark: Benchmark = {
  title: `Cold import, ${ROUNDS} new processes each`,
  async run() {
    const times = { empty: [0], ours: [0], peers: [0] };
    for (const list of Object.values(times)) list.length = 0;
    // Taking turns spreads what else the machine does over all of them. The first round warms the file cache.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const measured = { empty: startMs([]), ours: startMs(OURS), peers: startMs(PEERS) };
      if (round === 0) continue;
      times.empty.push(measured.empty);
      times.ours.push(measured.ours);
      times.peers.push(measured.peers);
    }
    const empty = median(times.empty);
    return [
      { subject: 'core + runtime + secrets + secrets-env', value: median(times.ours) - empty, unit: 'ms', budget: 30 },
      { subject: PEERS.join(' + '), value: median(times.peers) - empty, unit: 'ms' },
      { subject: 'an empty script, subtracted above', value: empty, unit: 'ms' },
    ];
  },
};

/** Milliseconds from start to end of a process that imports these built packages and does nothing else. */
function startMs(specifiers: readonly string[]): number {
  const script = specifiers.map((specifier) => `import '${specifier}';`).join('');
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script || ';'], {
    cwd: path.resolve(import.meta.dirname, '..'),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`a process that imports ${specifiers.join(', ')} ended with ${status}: ${stderr}`);
  return performance.now() - started;
}
