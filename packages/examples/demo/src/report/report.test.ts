import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createCanary } from '@mortise/testing';
import { recordOutput } from './recorded-output.ts';
import { searchForSecrets } from './search-for-secrets.ts';
import { type Column, fitColumn, formatLine } from './table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'a', width: 3, align: 'right' },
  { title: 'b', width: 5 },
];

describe('formatLine', () => {
  it('aligns, and cuts what does not fit', () => {
    expect(formatLine(COLUMNS, ['1', 'xyz'])).toBe('  1  xyz');
    expect(formatLine(COLUMNS, ['12', 'too long'])).toBe(' 12  too …');
  });

  it('does not count colours as width', () => {
    const green = '\u001B[32m✓ ok\u001B[39m';
    expect(formatLine(COLUMNS, ['\u001B[1m1\u001B[22m', green])).toBe(`  \u001B[1m1\u001B[22m  ${green}`);
  });
});

describe('fitColumn', () => {
  it('narrows the flexible column to the room there is, and no further than its minimum', () => {
    const widthIn = (room: number): number | undefined => fitColumn(COLUMNS, 'b', room, 2)[1]?.width;
    expect([widthIn(80), widthIn(9), widthIn(4)]).toEqual([5, 4, 2]);
  });
});

describe('searchForSecrets', () => {
  const secrets = { apiKey: createCanary(1), password: createCanary(2) };

  it('finds nothing where nothing is', () => {
    expect(searchForSecrets(secrets, 'all fine', [{ status: 'success' }])).toEqual({
      secrets: 2,
      characters: 8,
      events: 1,
      found: [],
    });
  });

  it('names the secret that was printed, and never shows it', () => {
    const { found } = searchForSecrets(secrets, `url=${encodeURIComponent(secrets.password)}`, []);
    expect(found).toEqual(['password (percent-encoded)']);
  });

  it('finds one that hides in an event', () => {
    const { found } = searchForSecrets(secrets, '', [new Error('outer', { cause: { key: secrets.apiKey } })]);
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
