import { IntegrationError } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import type { LLMChatOptions } from '../../model/chat-options.ts';
import type { LLMMessage } from '../../model/message.ts';
import { textOf } from '../../model/message.ts';
import { ask, deepFreeze, describeError, drain, withSubject } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { LLMConformanceTarget, LLMSubject } from '../conformance-target.ts';
import type { LLMObservedRequest } from '../observed-request.ts';
import { SIMPLE_ANSWER, WEATHER_TOOL } from '../sample-answers.ts';

/** One input field, and the trace that it leaves in a request that carries it. */
interface Probe {
  readonly field: string;
  readonly options?: LLMChatOptions;
  readonly messages?: readonly LLMMessage[];
  readonly isCarried: (request: LLMObservedRequest) => boolean;
}

const holds =
  (evidence: string | RegExp) =>
  ({ text }: LLMObservedRequest): boolean =>
    typeof evidence === 'string' ? text.includes(evidence) : evidence.test(text);

const sendsHeader =
  (name: string, value: string) =>
  ({ headers }: LLMObservedRequest): boolean =>
    Object.entries(headers).some(([key, sent]) => key.toLowerCase() === name && sent === value);

const assistantWith = (...content: LLMMessage['content']): LLMMessage[] => [
  ...ask('go'),
  { role: 'assistant', content },
  ...ask('on'),
];

/** Fields with a check of their own (tools, toolChoice, schemas, files, reasoning parts) are not probed here. */
const PROBES: readonly Probe[] = [
  { field: 'model', options: { model: 'model-4711' }, isCarried: holds('model-4711') },
  { field: 'temperature', options: { temperature: 0.4711 }, isCarried: holds('0.4711') },
  { field: 'topP', options: { topP: 0.7411 }, isCarried: holds('0.7411') },
  { field: 'topK', options: { topK: 4713 }, isCarried: holds('4713') },
  { field: 'seed', options: { seed: 4717 }, isCarried: holds('4717') },
  { field: 'presencePenalty', options: { presencePenalty: 0.1471 }, isCarried: holds('0.1471') },
  { field: 'frequencyPenalty', options: { frequencyPenalty: 0.1741 }, isCarried: holds('0.1741') },
  { field: 'maxOutputTokens', options: { maxOutputTokens: 4719 }, isCarried: holds('4719') },
  { field: 'stopSequences', options: { stopSequences: ['stop-4711'] }, isCarried: holds('stop-4711') },
  { field: 'responseFormat', options: { responseFormat: 'json' }, isCarried: holds(/"json/) },
  {
    field: 'parallelToolCalls',
    options: { parallelToolCalls: false, tools: [WEATHER_TOOL] },
    isCarried: holds(/parallel\w*":false/i),
  },
  { field: 'reasoning', options: { reasoning: 'high' }, isCarried: holds('"high"') },
  { field: 'userId', options: { userId: 'user-4711' }, isCarried: holds('user-4711') },
  { field: 'metadata', options: { metadata: { label: 'label-4711' } }, isCarried: holds('label-4711') },
  {
    field: 'headers',
    options: { headers: { 'x-probe': 'header-4711' } },
    isCarried: sendsHeader('x-probe', 'header-4711'),
  },
  {
    field: 'traceparent',
    options: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    isCarried: sendsHeader('traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'),
  },
  {
    field: 'idempotencyKey',
    options: { idempotencyKey: 'key-4711' },
    isCarried: ({ text, headers }) => text.includes('key-4711') || Object.values(headers).includes('key-4711'),
  },
  {
    field: 'name',
    messages: [{ role: 'user', name: 'name-4711', content: [{ type: 'text', text: 'go' }] }],
    isCarried: holds('name-4711'),
  },
  {
    field: 'cache',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'go', cache: { ttlMs: 4723 } }] }],
    isCarried: holds('4723'),
  },
  {
    field: 'source',
    messages: assistantWith({ type: 'source', id: 's', url: 'https://example.com/source-4711' }),
    isCarried: holds('source-4711'),
  },
  {
    field: 'refusal',
    messages: assistantWith({ type: 'refusal', text: 'refusal-4711' }),
    isCarried: holds('refusal-4711'),
  },
];

/** A text that careless handling changes. */
const HOSTILE = `emoji 👩‍👩‍👧‍👦 🇪🇺, right-to-left שלום مرحبا, combining é e\u0301 ñ n\u0303, NUL \u0000, CRLF \r\n, tab \t, </script>, \u2028, ${'x'.repeat(1024 * 1024)}`;

/** Nothing dropped, invented, changed: `X5`, `X6`, `X8`, `X18`. */
export const fidelityCases: readonly ConformanceCase<LLMConformanceTarget>[] = [
  {
    id: 'X5',
    title: 'each input field is carried, or named in a warning, or refused',
    run: async (target) => {
      const dropped: string[] = [];
      for (const probe of PROBES) {
        await withSubject(target, SIMPLE_ANSWER, async (subject) => {
          if (!(await isAccountedFor(subject, probe))) dropped.push(probe.field);
        });
      }
      check(dropped.length === 0, `fields were dropped silently: ${dropped.join(', ')}`);
    },
  },
  {
    id: 'X6',
    title: 'a fact that the service does not report stays absent',
    run: (target) => {
      const told = new Set(target.alwaysTold);
      const facts = (['id', 'modelId', 'createdAt', 'usage'] as const).filter((fact) => told.has(fact));
      const answer = {
        steps: SIMPLE_ANSWER.steps,
        ...Object.fromEntries(facts.map((fact) => [fact, SIMPLE_ANSWER[fact]])),
      };
      return withSubject(target, answer, async ({ provider }) => {
        const { id, modelId, createdAt, usage, object, providerMetadata } = await provider.chat(ask('go'));
        const seen = { id, modelId, createdAt, usage, object, providerMetadata };
        const unreported = Object.entries(seen).filter(([fact]) => !facts.some((known) => known === fact));
        checkEqual(Object.fromEntries(unreported), {}, 'facts that nobody reported');
        if (told.has('usage')) return;
        const chunks = (await drain(provider.stream(ask('go')))).items;
        checkEqual(chunks.filter((chunk) => chunk.type === 'usage').length, 0, 'usage chunks that nobody reported');
      });
    },
  },
  {
    id: 'X8',
    title: 'inputs are not changed, not even where they could be',
    run: (target) =>
      withSubject(target, SIMPLE_ANSWER, async ({ provider }) => {
        const { messages, options } = everyInput();
        const before = JSON.stringify({ messages, options });
        try {
          await provider.chat(messages, options);
          const { error } = await drain(provider.stream(messages, options));
          if (error !== undefined) throw error;
        } catch (error) {
          fail(`frozen inputs: ${describeError(error)}`);
        }
        checkEqual(JSON.stringify({ messages, options }), before, 'inputs after the calls');
      }),
  },
  {
    id: 'X18',
    title: 'text of every kind passes unchanged in both directions, or is refused by name',
    run: (target) =>
      withSubject(
        target,
        ({ prompt }) => ({ ...SIMPLE_ANSWER, steps: [{ type: 'text', deltas: [prompt] }] }),
        async ({ provider, requests }) => {
          try {
            const { message } = await provider.chat(ask(HOSTILE));
            check(requests()[0]?.prompt === HOSTILE, 'the text reached the model changed');
            check(textOf(message) === HOSTILE, 'the text came back changed');
          } catch (error) {
            if (!IntegrationError.is(error) || error.code !== 'invalid_request' || error.field === undefined)
              throw error;
          }
        },
      ),
  },
];

async function isAccountedFor({ provider, requests }: LLMSubject, probe: Probe): Promise<boolean> {
  try {
    const { warnings = [] } = await provider.chat(probe.messages ?? ask('go'), probe.options ?? {});
    if (warnings.some((warning) => warning.field === probe.field)) return true;
    const [request] = requests();
    return request !== undefined && probe.isCarried(request);
  } catch (error) {
    if (IntegrationError.is(error) && (error.code === 'unsupported' || error.code === 'invalid_request')) return true;
    throw error;
  }
}

/** Inputs that use every kind of container, frozen to the bottom. */
function everyInput(): { messages: readonly LLMMessage[]; options: LLMChatOptions } {
  const messages: LLMMessage[] = [
    { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
    { role: 'user', content: [{ type: 'text', text: 'Weather?' }], metadata: { label: 'a' } },
    {
      role: 'assistant',
      content: [{ type: 'tool-call', id: 'call-a', name: 'get_weather', arguments: '{"city":"Paris"}' }],
    },
    { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'call-a', output: '21 degrees' }] },
  ];
  const options: LLMChatOptions = {
    tools: [WEATHER_TOOL],
    toolChoice: 'auto',
    stopSequences: ['END'],
    metadata: { label: 'b' },
    headers: { 'x-label': 'c' },
    providerOptions: { 'some-provider': { nested: { flag: true } } },
  };
  return { messages: deepFreeze(messages), options: deepFreeze(options) };
}
