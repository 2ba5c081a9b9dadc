/** Writes dist/catalog.json from the built package; runs before the package is packed. */
import { writeFileSync } from 'node:fs';

const { integrationCatalog } = await import('../dist/index.js');
writeFileSync(new URL('../dist/catalog.json', import.meta.url), `${JSON.stringify(integrationCatalog())}\n`);
