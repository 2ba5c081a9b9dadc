import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExportMap } from '../scripts/export-map.ts';
import { renderExports, renderNames, renderSources, specifierOf } from '../scripts/render-entries.ts';

const root = path.resolve(import.meta.dirname, '..');
const readText = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const map: ExportMap = JSON.parse(readText('export-map.json'));
const subpaths = Object.keys(map.subpaths);
const names: Record<string, { values: string[]; types: string[] }> = JSON.parse(readText('exported-names.json'));

/** What a formatter may change: white space, and the comma behind the last name. */
const normalized = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/, (?=})/g, ' ')
    .trim();

describe('what is generated from the export map', () => {
  it('is checked in: run `node scripts/generate.ts` after a change', () => {
    const sources = renderSources(map);
    for (const [file, text] of sources) {
      expect([file, normalized(readText(file))]).toEqual([file, normalized(text)]);
    }
    expect(names).toEqual(renderNames(map));
    const manifest: { exports: Record<string, unknown> } = JSON.parse(readText('package.json'));
    expect(manifest.exports).toEqual(renderExports(map));
  });
});

describe('the export map', () => {
  it('has 126 subpaths, as ever', () => {
    expect(subpaths).toHaveLength(126);
  });

  it.each([
    ['.', 187],
    ['./integrations', 176],
    ['./integrations/providers', 103],
  ])('gives %s its %i values', (subpath, count) => {
    expect(names[subpath]?.values).toHaveLength(count);
  });

  it('keeps two models apart from the interfaces of their names', () => {
    for (const barrel of ['.', './integrations']) {
      expect(names[barrel]?.values).toEqual(
        expect.arrayContaining(['MeetingRecordModel', 'MeetingTranscriptRecordModel', 'MeetingParticipantRecord']),
      );
      expect(names[barrel]?.types).toEqual(expect.arrayContaining(['MeetingRecord', 'MeetingTranscriptRecord']));
    }
  });

  it.each([
    'verifyWebhookSignature',
    'IntegrationCallGuard',
    'EnvSecretProvider',
    'SecretProviderManager',
    'tech_contracts_integrations_DocBlocks',
    'MeetingRecorderCapability',
    'OpenBankingCapability',
    'healthActivityContracts',
    'registerHealthActivityContracts',
    'defineHealthProviderSpec',
    'seedCompat',
  ])('keeps %s out of the barrels', (name) => {
    expect(names['.']?.values).not.toContain(name);
    expect(names['./integrations']?.values).not.toContain(name);
  });

  it('leads `integrations/health` to the service that checks connections', () => {
    expect(names['./integrations/health']?.values).toEqual(['IntegrationHealthService']);
  });
});

describe.each(subpaths)('%s', (subpath) => {
  it('exports exactly the listed values', async () => {
    const entry: object = await import(specifierOf(subpath));
    expect(Object.keys(entry).sort()).toEqual(names[subpath]?.values);
  });
});
