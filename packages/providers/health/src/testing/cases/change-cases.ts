import { supports } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import type { HealthProvider } from '../../health-provider.ts';
import { listHealthPage } from '../../list-page.ts';
import { HEALTH_ENTITY_TYPES } from '../../model/entity.ts';
import { readAll, rejectsWith, SCOPED, withSubject } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { HealthConformanceTarget } from '../conformance-target.ts';
import { hourlyActivities, sampleSleep } from '../sample-records.ts';

const LISTS = {
  activity: 'listActivities',
  workout: 'listWorkouts',
  sleep: 'listSleep',
  biometric: 'listBiometrics',
  nutrition: 'listNutrition',
} as const;

const syncActivities = (provider: HealthProvider, cursor?: string) =>
  provider.syncActivities?.({ ...SCOPED, ...(cursor === undefined ? {} : { cursor }) }) ??
  fail('syncActivities is declared but missing');

const listChanges = (provider: HealthProvider, cursor?: string) =>
  provider.listChanges?.({ ...SCOPED, ...(cursor === undefined ? {} : { cursor }) }) ??
  fail('listChanges is declared but missing');

/** How records change and are pulled: `health.6` to `health.8`, `health.13`, `X20`. */
export const changeCases: readonly ConformanceCase<HealthConformanceTarget>[] = [
  {
    id: 'health.6',
    title: 'a record that comes again under its id takes the place of the earlier one',
    run: (target) =>
      withSubject(target, [sampleSleep('night', { sleepScore: 70, revision: '1' })], async ({ provider, vendor }) => {
        vendor.put(sampleSleep('night', { sleepScore: 81, revision: '2' }));
        const nights = await readAll(provider, 'sleep');
        checkEqual(
          nights.map(({ sleepScore, revision }) => [sleepScore, revision]),
          [[81, '2']],
          'nights after a correction',
        );
      }),
  },
  {
    id: 'health.7',
    title: 'a deletion reaches the changes, by the id of the record',
    requires: 'changes',
    run: (target) =>
      withSubject(target, [sampleSleep('night')], async ({ provider, vendor }) => {
        const first = await listChanges(provider);
        const [entity] = first.upserted;
        checkEqual(entity?.record.externalId, 'night', 'the record that is new');
        vendor.remove(sampleSleep('night'));
        const next = await listChanges(provider, first.nextCursor);
        checkEqual(
          [next.upserted.length, next.removed.map(({ id }) => id)],
          [0, [entity?.record.id]],
          'changes after the deletion',
        );
        const quiet = await listChanges(provider, next.nextCursor);
        checkEqual([quiet.upserted.length, quiet.removed.length, quiet.hasMore], [0, 0, false], 'changes after that');
      }),
  },
  {
    id: 'health.8',
    title: 'a sync stores every page, and goes on where it broke off',
    requires: 'sync',
    run: async (target) => {
      const wanted = hourlyActivities(5).map(({ record }) => record.externalId);
      const ids = (stored: readonly { readonly record: { readonly externalId: string } }[]): string[] =>
        [...new Set(stored.map(({ record }) => record.externalId))].sort();
      await withSubject(target, hourlyActivities(5), async ({ provider, stored }) => {
        const { synced, failed } = await syncActivities(provider);
        checkEqual([synced, failed], [5, 0], 'counts of a sync of five records');
        checkEqual(ids(stored()), wanted, 'what was stored');
      });
      await withSubject(target, hourlyActivities(5), async ({ provider, vendor, stored }) => {
        vendor.failFrom(2);
        const broken = await syncActivities(provider);
        check(broken.nextCursor !== undefined && broken.hasMore === true, 'a sync that broke off has no cursor');
        check((broken.failures ?? []).length > 0, 'a sync that broke off does not say why');
        vendor.failFrom(undefined);
        const rest = await syncActivities(provider, broken.nextCursor);
        checkEqual([rest.synced + broken.synced, rest.hasMore ?? false], [5, false], 'counts of both runs');
        checkEqual(ids(stored()), wanted, 'what was stored by both');
      });
    },
  },
  {
    id: 'health.13',
    title: 'a kind that the vendor does not have is refused as "unsupported", in the capabilities and in the call',
    run: (target) =>
      withSubject(
        target,
        [],
        async ({ provider }) => {
          for (const entityType of HEALTH_ENTITY_TYPES) {
            const declared = provider.capabilities?.methods?.[LISTS[entityType]];
            const page = listHealthPage(provider, entityType, SCOPED);
            if (declared === 'none') await rejectsWith(page, 'unsupported', LISTS[entityType]);
            else checkEqual((await page).items, [], `${LISTS[entityType]} of a vendor without records`);
          }
          checkEqual(provider.capabilities?.methods?.listNutrition, 'none', 'what is declared of listNutrition');
        },
        { without: ['nutrition'] },
      ),
  },
  {
    id: 'X20',
    title: 'optional methods that are declared are there, and those declared "none" reject with "unsupported"',
    run: (target) =>
      withSubject(target, [], async ({ provider }) => {
        for (const [method, support] of Object.entries(provider.capabilities?.methods ?? {})) {
          const call: unknown = Reflect.get(provider, method);
          if (support !== 'none') {
            check(typeof call === 'function', `${method} is declared ${support} but missing`);
          } else if (typeof call === 'function') {
            await rejectsWith(Promise.resolve(Reflect.apply(call, provider, [SCOPED])), 'unsupported', method);
          }
        }
        check(!supports(provider, 'listChanges') || provider.listChanges !== undefined, 'listChanges');
      }),
  },
];
