import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../__fixtures__/any-text.ts';
import { secretDirectoryName, secretPathOfDirectory } from './secret-directory-name.ts';

const anyPath = anyText({ minLength: 1, maxLength: 300 });
/** Texts that a careless encoding takes for each other. */
const trickyPath = fc
  .array(fc.constantFrom('a', 'A', '%', '2f', '/', 'é', 'e\u0301', '.', '..', '-', '_', ' ', 'con', '\u{1F511}', '~'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(''));

describe('secretDirectoryName', () => {
  it.each([
    ['mistral', 's-mistral'],
    ['tenants/acme/mistral', 's-tenants%2facme%2fmistral'],
    ['API_KEY-2', 's-%41%50%49_%4b%45%59-2'],
    ['a%2fb', 's-a%252fb'],
    ['..', 's-%2e%2e'],
    ['é', 's-%c3%a9'],
    ['con', 's-con'],
  ])('names %j %s', (path, name) => {
    expect(secretDirectoryName(path)).toBe(name);
  });

  it('hashes what would be too long for a file system', () => {
    expect(secretDirectoryName('a'.repeat(198))).toBe(`s-${'a'.repeat(198)}`);
    expect(secretDirectoryName('a'.repeat(199))).toMatch(/^h-[0-9a-f]{64}$/);
    expect(secretDirectoryName('é'.repeat(512)).length).toBeLessThan(256);
  });

  it('gives every path a name that gives the path back', () => {
    fc.assert(
      fc.property(fc.oneof(anyPath, trickyPath), (path) => {
        const name = secretDirectoryName(path);
        expect(secretPathOfDirectory(name)).toEqual(name.startsWith('h-') ? 'hashed' : { path });
      }),
      { numRuns: 500 },
    );
  });

  it('gives different paths different names, also where case and Unicode form do not count', () => {
    fc.assert(
      fc.property(fc.oneof(anyPath, trickyPath), fc.oneof(anyPath, trickyPath), (one, other) => {
        fc.pre(one !== other);
        const fold = (path: string): string => secretDirectoryName(path).normalize('NFKC').toLowerCase();
        expect(fold(one)).not.toBe(fold(other));
      }),
      { numRuns: 1000 },
    );
  });

  it('uses no character that a file system treats specially, and stays one path component', () => {
    fc.assert(
      fc.property(fc.oneof(anyPath, trickyPath), (path) => {
        expect(secretDirectoryName(path)).toMatch(/^(?:s-(?:[a-z0-9_-]|%[0-9a-f]{2})+|h-[0-9a-f]{64})$/);
      }),
    );
  });
});

describe('secretPathOfDirectory', () => {
  it.each(['lost+found', '.DS_Store', 's-A', 's-a%2Fb', 's-%zz', 's-%ff', 's-a b', 'h-123', 's-%61', ''])(
    'takes %j for no secret of ours',
    (name) => {
      expect(secretPathOfDirectory(name)).toBeUndefined();
    },
  );
});
