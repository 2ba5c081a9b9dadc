import path from 'node:path';
import { parseArgs } from 'node:util';
import { compareFacts } from './compare-facts.ts';
import { vendorFacts } from './facts/index.ts';
import { formatOutcomes } from './format-outcomes.ts';
import { loadSpecs } from './load-specs.ts';
import { readSdk } from './read-sdk.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Folder with the packages that ship specs. */
    specs: { type: 'string', default: path.resolve(import.meta.dirname, '../../../packages/providers') },
  },
});
// Keys of specs: only their facts. None: all.
const wanted = new Set(positionals);
const facts = vendorFacts.filter(({ spec }) => wanted.size === 0 || wanted.has(spec));
const modules = path.resolve(import.meta.dirname, '../node_modules');
const outcomes = compareFacts(facts, await loadSpecs(values.specs), (place) => readSdk(place, modules));
console.log(formatOutcomes(outcomes));
process.exitCode = outcomes.length > 0 && outcomes.every(({ outcome }) => outcome === 'same') ? 0 : 1;
