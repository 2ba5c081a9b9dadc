import type { ScriptedAnswer } from './scripted-answer.ts';

/** Names in the answers, so that a mistake shows where it came from. */
export const WEATHER_TOOL = {
  name: 'get_weather',
  description: 'Weather of a city',
  inputSchema: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
};

export const SIMPLE_ANSWER: ScriptedAnswer = {
  steps: [{ type: 'text', deltas: ['Hel', 'lo', ' world'] }],
  usage: { promptTokens: 7, completionTokens: 3 },
  id: 'answer-1',
  modelId: 'model-served',
  createdAt: 1_790_000_000,
};

/** Text, then two calls at once. */
export const TOOL_ANSWER: ScriptedAnswer = {
  ...SIMPLE_ANSWER,
  steps: [
    { type: 'text', deltas: ['Let me', ' look.'] },
    { type: 'tool-call', id: 'call-a', name: 'get_weather', deltas: ['{"ci', 'ty":"Par', 'is"}'] },
    { type: 'tool-call', id: 'call-b', name: 'get_weather', deltas: ['{"city":"', 'Rome"}'] },
  ],
  finish: 'tool_call',
};

/** As many kinds of content as a chat wire knows, with two blocks of text that must not be mixed up. */
export const RICH_ANSWER: ScriptedAnswer = {
  ...SIMPLE_ANSWER,
  steps: [
    { type: 'text', deltas: ['First', ' block.'] },
    { type: 'source', url: 'https://example.com/a', title: 'A' },
    { type: 'text', deltas: ['Second ', 'block.', ' Done.'] },
    { type: 'tool-call', id: 'call-a', name: 'get_weather', deltas: ['{"city":', '"Paris"}'] },
  ],
  finish: 'tool_call',
};
