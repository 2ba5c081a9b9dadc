import type { ConformanceCase } from '@mortise/testing';
import type { LLMChatOptions } from '../../model/chat-options.ts';
import type { LLMMessage } from '../../model/message.ts';
import { textOf } from '../../model/message.ts';
import type { LLMTokenUsage } from '../../model/usage.ts';
import { ask, drain, withSubject } from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { LLMConformanceTarget } from '../conformance-target.ts';
import type { LLMObservedRequest } from '../observed-request.ts';
import { SIMPLE_ANSWER, WEATHER_TOOL } from '../sample-answers.ts';
import type { ScriptedAnswer } from '../scripted-answer.ts';

const CITY_FORMAT = {
  type: 'json',
  schema: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
} as const satisfies LLMChatOptions['responseFormat'];

const OTHER_TOOL = { ...WEATHER_TOOL, name: 'get_time', description: 'Time of a city' };

/** What an answer must hold: `llm.8` to `llm.12`. */
export const answerCases: readonly ConformanceCase<LLMConformanceTarget>[] = [
  {
    id: 'llm.8',
    title: 'an answer that fits its schema arrives parsed; one that does not fit arrives with a warning',
    requires: 'json-schema',
    run: async (target) => {
      const answering = (text: string): ScriptedAnswer => ({
        ...SIMPLE_ANSWER,
        steps: [{ type: 'text', deltas: [text] }],
      });
      await withSubject(target, answering('{"city":"Paris"}'), async ({ provider, requests }) => {
        const { object } = await provider.chat(ask('go'), { responseFormat: CITY_FORMAT });
        checkEqual(object, { city: 'Paris' }, 'object of a fitting answer');
        check(requests()[0]?.hasSchema === true, 'the schema did not reach the model');
      });
      for (const text of ['{"city":7}', 'Paris', '{"city":"Paris"']) {
        await withSubject(target, answering(text), async ({ provider }) => {
          const { object, warnings = [] } = await provider.chat(ask('go'), { responseFormat: CITY_FORMAT });
          check(object === undefined, `the answer ${text} does not fit, but arrived as an object`);
          check(
            warnings.some((warning) => warning.field === 'responseFormat'),
            `the answer ${text} does not fit, and no warning says so`,
          );
        });
      }
    },
  },
  {
    id: 'llm.9',
    title: 'toolChoice none never calls, required always calls, a named tool calls that one',
    requires: 'tool-choice',
    run: (target) =>
      withSubject(target, obedientModel, async ({ provider }) => {
        const called = async (toolChoice: NonNullable<LLMChatOptions['toolChoice']>): Promise<string[]> => {
          const { message } = await provider.chat(ask('go'), { tools: [WEATHER_TOOL, OTHER_TOOL], toolChoice });
          return message.content.flatMap((part) => (part.type === 'tool-call' ? part.name : []));
        };
        checkEqual(await called('none'), [], 'calls with "none"');
        checkEqual(await called('required'), ['get_weather'], 'calls with "required"');
        checkEqual(await called({ tool: 'get_time' }), ['get_time'], 'calls with a named tool');
      }),
  },
  {
    id: 'llm.10',
    title: 'a tool round trip works, also with a result that is an error',
    requires: 'tools',
    run: (target) =>
      withSubject(
        target,
        (request) => echoResults(request),
        async ({ provider }) => {
          const { message } = await provider.chat(roundTrip());
          // How a failed result is wrapped is the wire's to say.
          const seen = /^call-a=21 degrees;call-b=.*city unknown/.test(textOf(message));
          check(seen, `what the model saw of the results: got ${textOf(message)}`);
        },
      ),
  },
  {
    id: 'llm.11',
    title: 'usage adds up, details stay within it, and a stream reports what chat() reports',
    requires: 'usage',
    run: (target) => {
      const usage = { promptTokens: 100, completionTokens: 40, cacheReadTokens: 60, reasoningTokens: 25 };
      const isHidden = (detail: 'cacheReadTokens' | 'reasoningTokens') => target.neverTold?.includes(detail) === true;
      const expected = {
        prompt: 100,
        completion: 40,
        total: 140,
        ...(isHidden('cacheReadTokens') ? {} : { cacheRead: 60 }),
        ...(isHidden('reasoningTokens') ? {} : { reasoning: 25 }),
      };
      return withSubject(target, { ...SIMPLE_ANSWER, usage }, async ({ provider }) => {
        const answer = await provider.chat(ask('go'));
        const chunks = (await drain(provider.stream(ask('go')))).items;
        const streamed = chunks.flatMap((chunk) => (chunk.type === 'usage' ? chunk.usage : []));
        checkEqual(streamed.length, 1, 'usage chunks');
        for (const [where, counts] of [
          ['chat()', answer.usage],
          ['stream()', streamed[0]],
        ] as const) {
          checkEqual(counts === undefined ? undefined : countsOf(counts), expected, `usage of ${where}`);
        }
      });
    },
  },
  {
    id: 'llm.12',
    title: 'endings are told truthfully: stop, length, content_filter, tool_call, and other with the raw word',
    run: async (target) => {
      for (const finish of ['stop', 'length', 'content_filter', 'tool_call'] as const) {
        await withSubject(target, { ...SIMPLE_ANSWER, finish }, async ({ provider }) => {
          const { finishReason, rawFinishReason } = await provider.chat(ask('go'));
          // A vendor without a word for its filter has no place for one.
          const isUnknownWord = finish === 'content_filter' && finishReason === 'other' && rawFinishReason === finish;
          if (!isUnknownWord) checkEqual(finishReason, finish, 'finishReason');
        });
      }
      await withSubject(target, { ...SIMPLE_ANSWER, finish: { unknown: 'wandered_off' } }, async ({ provider }) => {
        const { finishReason, rawFinishReason } = await provider.chat(ask('go'));
        checkEqual(finishReason, 'other', 'an ending in a word that nobody knows');
        if (target.neverTold?.includes('rawFinishReason') === true) return;
        checkEqual(rawFinishReason, 'wandered_off', 'the word that nobody knows');
      });
    },
  },
];

/** Calls what it is told to call; left to itself it answers in words. */
function obedientModel({ toolChoice, tools }: LLMObservedRequest): ScriptedAnswer {
  const [first = 'no tool was offered'] = tools;
  const name = typeof toolChoice === 'object' ? toolChoice.tool : toolChoice === 'required' ? first : undefined;
  if (name === undefined) return toolChoice === 'none' ? SIMPLE_ANSWER : callOf(first);
  return callOf(name);
}

function callOf(name: string): ScriptedAnswer {
  const step = { type: 'tool-call', id: 'call-a', name, deltas: ['{"city":"Paris"}'] } as const;
  return { ...SIMPLE_ANSWER, steps: [step], finish: 'tool_call' };
}

function echoResults({ toolResults }: LLMObservedRequest): ScriptedAnswer {
  const text = toolResults.map(({ callId, output }) => `${callId}=${output}`).join(';');
  return { ...SIMPLE_ANSWER, steps: [{ type: 'text', deltas: [text] }] };
}

function roundTrip(): LLMMessage[] {
  const call = (id: string, city: string) =>
    ({ type: 'tool-call', id, name: 'get_weather', arguments: JSON.stringify({ city }) }) as const;
  return [
    ...ask('Weather in Paris and Atlantis?'),
    {
      role: 'assistant',
      content: [{ type: 'text', text: 'Let me look.' }, call('call-a', 'Paris'), call('call-b', 'Atlantis')],
    },
    {
      role: 'tool',
      content: [
        { type: 'tool-result', toolCallId: 'call-a', output: '21 degrees' },
        { type: 'tool-result', toolCallId: 'call-b', output: 'city unknown', isError: true },
      ],
    },
  ];
}

function countsOf({
  promptTokens,
  completionTokens,
  totalTokens,
  inputDetails,
  outputDetails,
}: LLMTokenUsage): unknown {
  return {
    prompt: promptTokens,
    completion: completionTokens,
    total: totalTokens,
    cacheRead: inputDetails?.cacheReadTokens,
    reasoning: outputDetails?.reasoningTokens,
  };
}
