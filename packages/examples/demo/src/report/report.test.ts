import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createCanary } from '@mortise/testing';
import { recordOutput } from './recorded-output.ts';
import { searchForSecrets } from './search-for-secrets.ts';
import { type Column, formatLine, widthOf } from './table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'a', width: 3, align: 'right' },
  { title: 'b', width: 5 },
];

describe('formatLine', () => {
  it('aligns, and cuts what does not fit', () => {
    expect(formatLine(COLUMNS, ['1', 'xyz'], 2)).toBe('  1  xyz');
    expect(formatLine(COLUMNS, ['12', 'too long'], 2)).toBe(' 12  too …');
  });

  it('does not count colours as width', () => {
    const green = '\u001B[32m✓ ok\u001B[39m';
    expect(formatLine(COLUMNS, ['\u001B[1m1\u001B[22m', green], 2)).toBe(`  \u001B[1m1\u001B[22m  ${green}`);
  });
});

describe('widthOf', () => {
  it('counts columns and the gaps between them', () => {
    expect(widthOf(COLUMNS, 2)).toBe(10);
  });
});

describe('searchForSecrets', () => {
  const secrets = { apiKey: createCanary(1), password: createCanary(2) };

  it('finds nothing where nothing is', () => {
    expect(
      searchForSecrets(secrets, { printed: 'all fine', results: [1, 2], events: [{ status: 'success' }] }),
    ).toEqual({
      secrets: 2,
      printedCharacters: 8,
      results: 2,
      events: 1,
      found: [],
    });
  });

  it('names the secret that was printed, and never shows it', () => {
    const { found } = searchForSecrets(secrets, {
      printed: `url=${encodeURIComponent(secrets.password)}`,
      results: [],
      events: [],
    });
    expect(found).toEqual(['password (percent-encoded)']);
  });

  it('finds one that hides in an event', () => {
    const { found } = searchForSecrets(secrets, {
      printed: '',
      results: [],
      events: [new Error('outer', { cause: { key: secrets.apiKey } })],
    });
    expect(found).toContain('apiKey (plain)');
  });
});

describe('recordOutput', () => {
  it('remembers text and bytes, and passes both on', () => {
    const written: string[] = [];
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        written.push(chunk.toString());
        done();
      },
    });
    const output = recordOutput([stream]);
    stream.write('one ');
    stream.write(Buffer.from('two'));
    expect([output.text(), written]).toEqual(['one two', ['one ', 'two']]);
  });
});
