import type { JsonValue } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { AnalyticsConformanceTarget } from '../conformance-target.ts';
import { withSubject } from '../with-subject.ts';

/** `analytics.7` and `.8`: feature flags. */
export const flagCases: readonly ConformanceCase<AnalyticsConformanceTarget>[] = [
  {
    id: 'analytics.7',
    title:
      'a flag that is missing, of another type, off or out of reach gives the default, with reason and code, and no error',
    requires: 'flags',
    run: (target) =>
      withSubject(target, async ({ flags, answerNextWith }) => {
        const evaluate = async (key: string, defaultValue: JsonValue) => {
          const { value, reason, errorCode } =
            (await flags?.evaluate(key, defaultValue, { targetingKey: 'p' })) ?? fail('the target has no flags');
          return { value, reason, errorCode };
        };
        checkEqual((await evaluate('new-editor', false)).value, true, 'value of a flag');
        checkEqual(
          await evaluate('no-such-flag', 'x'),
          { value: 'x', reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' },
          'a missing flag',
        );
        checkEqual(
          await evaluate('new-editor', 'text'),
          { value: 'text', reason: 'ERROR', errorCode: 'TYPE_MISMATCH' },
          'a flag of another type',
        );
        checkEqual(await evaluate('retired', false), { value: false, reason: 'DISABLED' }, 'a flag that is off');
        answerNextWith(503);
        const down = await evaluate('new-editor', false);
        checkEqual([down.value, down.reason], [false, 'ERROR'], 'a flag out of reach');
        check(down.errorCode !== undefined, 'a flag out of reach: no code');
      }),
  },
  {
    id: 'analytics.8',
    title: 'the same person always gets the same variant, and people are spread over the variants',
    requires: 'flags',
    run: (target) =>
      withSubject(target, async ({ flags }) => {
        const variantOf = async (targetingKey: string): Promise<string> => {
          const evaluation = (await flags?.evaluate('price-test', 'none', { targetingKey })) ?? fail('no flags');
          return evaluation.value;
        };
        const people = Array.from({ length: 60 }, (_, index) => `person-${index}`);
        const first = await Promise.all(people.map(variantOf));
        const second = await Promise.all(people.map(variantOf));
        checkEqual(second, first, 'variants on a second look');
        checkEqual([...new Set(first)].sort(), ['high', 'low'], 'variants that were given');
      }),
  },
];
