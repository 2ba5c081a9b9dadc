import { assertNoCanary, type ConformanceCase, createCanary } from '@mortise/testing';
import { IntegrationError } from '@mortise/core';
import { textOf } from '../../model/message.ts';
import type { LLMMethod } from '../../model/capabilities.ts';
import type { LLMProvider } from '../../llm-provider.ts';
import { ask, describeError, drain, rejectionOf, withSubject } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { LLMConformanceTarget } from '../conformance-target.ts';
import { SIMPLE_ANSWER } from '../sample-answers.ts';
import type { ScriptedModel } from '../scripted-answer.ts';

const PARALLEL_CALLS = 50;

const echo: ScriptedModel = ({ prompt }) => ({ ...SIMPLE_ANSWER, steps: [{ type: 'text', deltas: [prompt] }] });

/** Secrets, parallel calls and honesty: `X13`, `X15`, `X20`. */
export const isolationCases: readonly ConformanceCase<LLMConformanceTarget>[] = [
  {
    id: 'X13',
    title: 'the credential appears in no result and no error, in whatever encoding',
    run: async (target) => {
      const credential = createCanary(undefined, 'token');
      await withSubject(
        target,
        SIMPLE_ANSWER,
        async ({ provider, requests }) => {
          assertNoCanary(await provider.chat(ask('go'), { includeRaw: true }), credential);
          assertNoCanary((await drain(provider.stream(ask('go')))).items, credential);
          checkEqual(requests()[0]?.credential, credential, 'credential that reached the model');
        },
        credential,
      );
      for (const status of [401, 500]) {
        await withSubject(
          target,
          { steps: [{ type: 'fail', status }] },
          async ({ provider }) => {
            assertNoCanary(await rejectionOf(provider.chat(ask('go')), `chat() against status ${status}`), credential);
            assertNoCanary((await drain(provider.stream(ask('go')))).error, credential);
          },
          credential,
        );
      }
    },
  },
  {
    id: 'X15',
    title: 'calls in parallel get their own answers, and two instances their own credentials',
    run: (target) =>
      withSubject(
        target,
        echo,
        async (first) => {
          const calls = Array.from({ length: PARALLEL_CALLS }, (_, index) => `question ${index}`);
          const answers = await Promise.all(calls.map((text) => first.provider.chat(ask(text))));
          checkEqual(
            answers.map(({ message }) => textOf(message)),
            calls,
            'answers to parallel calls',
          );
          await withSubject(
            target,
            echo,
            async (second) => {
              await second.provider.chat(ask('two'));
              await first.provider.chat(ask('one'));
              checkEqual(
                second.requests().map((request) => request.credential),
                ['second'],
                'credentials of the second',
              );
              checkEqual(first.requests().at(-1)?.credential, 'first', 'credential of the first');
            },
            'second',
          );
        },
        'first',
      ),
  },
  {
    id: 'X20',
    title: 'a declared method works, and one declared as missing rejects with "unsupported"',
    run: (target) =>
      withSubject(target, SIMPLE_ANSWER, async ({ provider }) => {
        const methods = provider.capabilities?.methods ?? fail('the provider declares no methods');
        for (const [name, call] of METHODS) {
          const support = methods[name];
          if (support === undefined) continue;
          const error = await call(provider).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          if (support !== 'none') {
            check(error === undefined, `${name} is declared "${support}" but failed: ${describeError(error)}`);
            continue;
          }
          check(
            error === ABSENT || (IntegrationError.is(error) && error.code === 'unsupported'),
            `${name} is declared "none": expected "unsupported", got ${error === undefined ? 'a result' : describeError(error)}`,
          );
        }
      }),
  },
];

/** Stands for a method that is not there at all, which says "unsupported" as clearly as a rejection. */
const ABSENT = new IntegrationError({ code: 'unsupported', message: 'The method is not there' });

const METHODS: readonly (readonly [LLMMethod, (provider: LLMProvider) => Promise<unknown>])[] = [
  ['stream', (provider) => readAll(provider.stream(ask('go')))],
  ['streamParts', (provider) => readAll(provider.streamParts?.(ask('go')))],
  ['countTokens', (provider) => provider.countTokens(ask('go'))],
  ['listModels', (provider) => provider.listModels?.() ?? Promise.reject(ABSENT)],
  [
    'batch',
    (provider) =>
      provider.batch === undefined ? Promise.reject(ABSENT) : provider.batch.get('no-such-batch').catch(ignoreNotFound),
  ],
];

async function readAll(items: AsyncIterable<unknown> | undefined): Promise<void> {
  if (items === undefined) throw ABSENT;
  const { error } = await drain(items);
  if (error !== undefined) throw error;
}

function ignoreNotFound(error: unknown): void {
  if (!IntegrationError.is(error) || error.code !== 'not_found') throw error;
}
