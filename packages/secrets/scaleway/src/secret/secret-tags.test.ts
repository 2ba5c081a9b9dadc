import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeTags, toTags } from './secret-tags.ts';

const SUBJECT = {
  provider: 'scaleway-secret-manager',
  operation: 'write',
  reference: 'scw://secret-manager/x',
} as const;

describe('toTags', () => {
  it('makes a tag of each label and of the content type', () => {
    const payload = { data: '', contentType: 'text/plain; charset=utf-8', labels: { team: 'a=b', empty: '' } };
    expect(toTags(payload, SUBJECT)).toEqual(['team=a=b', 'empty=', 'contentType=text/plain; charset=utf-8']);
    expect(toTags({ data: '' }, SUBJECT)).toEqual([]);
  });
});

describe('mergeTags', () => {
  it.each([
    [['a', 'team=x'], ['team=y'], ['a', 'team=y']],
    [['team'], ['team=y'], ['team', 'team=y']],
    [['team=x', 'team=z'], ['team=y'], ['team=y']],
    [['teams=x'], ['team=y'], ['teams=x', 'team=y']],
    [[], ['team=y'], ['team=y']],
  ])('%j and %j become %j', (present, added, expected) => {
    expect(mergeTags(present, added)).toEqual(expected);
  });

  it('changes nothing the second time, and keeps what has no label of its key', () => {
    const key = fc.stringMatching(/^[a-z]{1,3}$/);
    const labels = fc.dictionary(
      key,
      fc.string({ maxLength: 3 }).filter((text) => !/\p{Cc}/u.test(text)),
    );
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 4 })), labels, (present, added) => {
        const tags = toTags({ data: '', labels: added }, SUBJECT);
        const merged = mergeTags(present, tags);
        expect(mergeTags(merged, tags)).toEqual(merged);
        const others = present.filter((tag) => !tag.includes('=') || !(tag.slice(0, tag.indexOf('=')) in added));
        expect(merged.slice(0, others.length)).toEqual(others);
      }),
    );
  });
});
