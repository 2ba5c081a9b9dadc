import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItemStore } from './item-store.ts';

const action = fc.oneof(
  fc.record({ type: fc.constant('add' as const), at: fc.nat(20) }),
  fc.record({ type: fc.constantFrom('change' as const, 'delete' as const), at: fc.nat(20) }),
);
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

/** Does what is asked to one of the items that are there. */
function act(store: ItemStore, { type, at }: Action): void {
  const items = store.all();
  const item = items[at % Math.max(1, items.length)];
  if (type === 'add' || item === undefined) store.add({ title: `Item ${at}` });
  else if (type === 'change') store.change(item.id, (facts) => ({ ...facts, title: `${facts.title}!` }));
  else store.delete(item.id);
}

describe('the items of the in-memory tracker', () => {
  it('can be followed by changes: whoever applies them holds what is there', () => {
    fc.assert(
      fc.property(fc.array(fc.array(action, { maxLength: 8 }), { maxLength: 8 }), (rounds) => {
        const store = new ItemStore(() => 0);
        const copy = new Map<string, unknown>();
        let cursor: string | undefined;
        for (const round of rounds) {
          for (const one of round) act(store, one);
          const { upserted, removed, nextCursor } = store.changes(cursor);
          for (const item of upserted) copy.set(item.id, item);
          for (const { id } of removed) copy.delete(id);
          cursor = nextCursor;
          expect([...copy.values()]).toEqual(expect.arrayContaining(store.all()));
          expect(copy.size).toBe(store.all().length);
        }
      }),
    );
  });

  it('are listed once each, whatever the page size', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (actions, pageSize) => {
        const store = new ItemStore(() => 0);
        for (const one of actions) act(store, one);
        for (const orderBy of ['created', 'updated'] as const) {
          const seen: string[] = [];
          let cursor: string | undefined;
          do {
            const page = store.list({ pageSize, orderBy, ...(cursor === undefined ? {} : { cursor }) });
            expect(page.items.length).toBeLessThanOrEqual(pageSize);
            expect(page.hasMore).toBe(page.nextCursor !== undefined);
            seen.push(...page.items.map(({ id }) => id));
            cursor = page.nextCursor;
          } while (cursor !== undefined);
          expect(seen.toSorted()).toEqual(
            store
              .all()
              .map(({ id }) => id)
              .toSorted(),
          );
        }
      }),
    );
  });

  it.each([
    [{ statusCategory: 'started' as const }, ['b']],
    [{ labels: ['docs'] }, ['a', 'b']],
    [{ labels: ['docs', 'urgent-fix'] }, ['b']],
    [{ assigneeId: 'ada' }, ['a']],
    [{ text: 'SECOND' }, ['b']],
    [{ dueBefore: '2026-12-02' }, ['a']],
    [{ updatedSince: new Date(1) }, []],
    [{ createdSince: new Date(0) }, ['a', 'b']],
    [{ parentId: 'nowhere' }, []],
  ])('that match %j are %j', (query, expected) => {
    const store = new ItemStore(() => 0);
    const started = { id: 'doing', name: 'Doing', category: 'started' as const };
    store.add({ title: 'First', tags: ['docs'], assignees: [{ id: 'ada' }], dueOn: '2026-12-01' }, 'a');
    store.add({ title: 'Second', tags: ['docs', 'urgent-fix'], statusDetail: started, dueOn: '2026-12-02' }, 'b');
    expect(store.list(query).items.map(({ id }) => id)).toEqual(expected);
  });

  it('are not given for a cursor of another list', () => {
    const store = new ItemStore(() => 0);
    store.add({ title: 'First' });
    store.add({ title: 'Second' });
    const { nextCursor = '' } = store.list({ pageSize: 1 });
    expect(store.list({ pageSize: 1, cursor: nextCursor }).items.map(({ title }) => title)).toEqual(['Second']);
    for (const call of [
      () => store.list({ text: 'x', cursor: nextCursor }),
      () => store.changes(nextCursor),
      () => store.list({ cursor: 'é' }),
    ]) {
      expect(call).toThrow(expect.objectContaining({ code: 'invalid_request', field: 'cursor' }));
    }
  });
});
