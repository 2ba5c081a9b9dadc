import { IntegrationError } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import type { LLMContentPart } from '../../model/content-part.ts';
import type { LLMStreamPart } from '../../stream/stream-part.ts';
import { ask, describeError, drain, withSubject } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { LLMConformanceTarget, LLMSubject } from '../conformance-target.ts';
import { SIMPLE_ANSWER } from '../sample-answers.ts';
import type { ScriptedAnswer } from '../scripted-answer.ts';

/** Text in which every careless step leaves a trace: spaces, line ends, escapes, characters of several bytes. */
const REASONING = '  First,\r\n\t"quoted" \\ thoughts — 思考 🧠 é\u0301 \n\n';

/** A picture of one pixel; its base64 holds a run that nothing else does. */
const PIXEL = Uint8Array.from(
  atob('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs='),
  (character) => character.codePointAt(0) ?? 0,
);

const IMAGES: readonly (readonly [how: string, part: LLMContentPart, evidence: string])[] = [
  ['bytes', { type: 'file', file: { bytes: PIXEL, mediaType: 'image/gif' } }, 'R0lGODlhAQABAIAAAP'],
  ['a URL', { type: 'file', file: { url: 'https://example.com/cat-17.png', mediaType: 'image/png' } }, 'cat-17.png'],
  [
    'a reference',
    { type: 'file', file: { reference: { any: 'file-id-4711' }, mediaType: 'image/png' } },
    'file-id-4711',
  ],
];

/** Characters of two to four bytes and a tool call, in as few bytes as possible: each position is a stream of its own. */
const SPLIT_ANSWER: ScriptedAnswer = {
  steps: [
    { type: 'text', deltas: ['né', '東 🗼'] },
    { type: 'tool-call', id: 'a', name: 't', deltas: ['{"é":', '1}'] },
  ],
  finish: 'tool_call',
};

/** What must reach the model, and how the answer is read: `llm.13` to `llm.15`. */
export const inputCases: readonly ConformanceCase<LLMConformanceTarget>[] = [
  {
    id: 'llm.13',
    title: 'a reasoning part that is sent back is the same to the byte',
    requires: 'reasoning',
    run: (target) =>
      withSubject(
        target,
        { ...SIMPLE_ANSWER, steps: [{ type: 'reasoning', deltas: [REASONING] }, ...SIMPLE_ANSWER.steps] },
        async ({ provider, requests }) => {
          const { message } = await provider.chat(ask('go'));
          const thoughts = message.content.flatMap((part) => (part.type === 'reasoning' ? part.text : []));
          checkEqual(thoughts, [REASONING], 'reasoning in the answer');
          await provider.chat([...ask('go'), message, ...ask('and now?')]);
          checkEqual(requests()[1]?.reasoning, [REASONING], 'reasoning that reached the model');
        },
      ),
  },
  {
    id: 'llm.14',
    title: 'an image as bytes, by URL and by reference reaches the model, or a warning or refusal names it',
    requires: 'files',
    run: async (target) => {
      for (const [how, part, evidence] of IMAGES) {
        await withSubject(target, SIMPLE_ANSWER, (subject) => checkImage(subject, how, part, evidence));
      }
    },
  },
  {
    id: 'llm.15',
    title: 'a stream whose bytes are split at any position gives the same parts',
    requires: 'byte-stream',
    run: async ({ byteStream }) => {
      if (byteStream === undefined) fail('the target declares a byte stream and has none');
      const bytes = byteStream.encode(SPLIT_ANSWER);
      const whole = await partsFrom(byteStream.decode(bodyOf(bytes)));
      check(
        whole.some((part) => part.type === 'finish'),
        'the unsplit stream has no finish part',
      );
      for (let position = 1; position < bytes.length; position += 1) {
        const split = byteStream.decode(bodyOf(bytes.subarray(0, position), bytes.subarray(position)));
        checkEqual(await partsFrom(split), whole, `parts when split at byte ${position}`);
      }
    },
  },
];

async function checkImage(
  { provider, requests }: LLMSubject,
  how: string,
  part: LLMContentPart,
  evidence: string,
): Promise<void> {
  const messages = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'What is this?' }, part] }];
  try {
    const { warnings = [] } = await provider.chat(messages);
    if (warnings.some((warning) => /file|image|content/i.test(`${warning.field} ${warning.message}`))) return;
    check(
      requests()[0]?.text.includes(evidence) === true,
      `an image by ${how} neither reached the model nor was warned of`,
    );
  } catch (error) {
    if (IntegrationError.is(error) && ['unsupported', 'invalid_request'].includes(error.code)) return;
    if (IntegrationError.is(error)) fail(`an image by ${how}: expected a refusal by name, got ${describeError(error)}`);
    throw error;
  }
}

function bodyOf(...pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

async function partsFrom(parts: AsyncIterable<LLMStreamPart>): Promise<LLMStreamPart[]> {
  const { items, error } = await drain(parts);
  if (error !== undefined) fail(`the stream could not be read: ${describeError(error)}`);
  return items;
}
