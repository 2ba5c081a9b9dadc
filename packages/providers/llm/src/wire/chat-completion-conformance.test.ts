import { FakeClock, formatReport } from '@mortise/testing';
import { startProviderServer } from '@mortise/testing/server';
import { describe, expect, it } from 'vitest';
import { checkLLMProvider } from '../testing/check-llm-provider.ts';
import type { LLMConformanceTarget, LLMSubjectSetup } from '../testing/conformance-target.ts';
import type { LLMObservedRequest } from '../testing/observed-request.ts';
import type { ScriptedAnswer } from '../testing/scripted-answer.ts';
import { completionBody, encodeStream, sse, streamMoments } from './__fixtures__/encode-answer.ts';
import { observeWireRequest } from './__fixtures__/observe-wire-request.ts';
import { createChatCompletionProvider } from './chat-completion-provider.ts';
import { decodeChatCompletionStream } from './chat-completion-stream.ts';
import { type ChatCompletionDialect, MISTRAL_DIALECT, OPENAI_DIALECT } from './dialect.ts';

/** The provider in front of a real server on loopback that answers in the chat-completions format. */
function wireTarget(dialect: ChatCompletionDialect): LLMConformanceTarget {
  return {
    speaksHttp: true,
    byteStream: { encode: encodeStream, decode: (body) => decodeChatCompletionStream(body) },
    open: async ({ model, credential }: LLMSubjectSetup) => {
      const clock = new FakeClock();
      const requests: LLMObservedRequest[] = [];
      let open = 0;
      const server = await startProviderServer({
        routes: {
          'GET /v1/models': () => Response.json({ object: 'list', data: [{ id: 'model-a', object: 'model' }] }),
          'POST /v1/chat/completions': (record) => {
            const request = observeWireRequest(record.text(), record.headers);
            requests.push(request);
            open += 1;
            const closed = (): void => {
              open -= 1;
            };
            const answer = model(request);
            const [first] = answer.steps;
            if (first?.type === 'fail') {
              closed();
              // A careless service: it quotes the credential in its error text.
              return errorAnswer(first.status, first.headers ?? {}, request.credential ?? '');
            }
            return /"stream":true/.test(request.text)
              ? streamAnswer(answer, record.signal, closed)
              : wholeAnswer(answer, record.signal, closed);
          },
        },
      });
      const provider = createChatCompletionProvider({
        baseUrl: `${server.url}/v1/`,
        model: 'model-a',
        dialect,
        headers: { authorization: `Bearer ${credential}` },
        now: () => 0,
        sleep: clock.sleep,
      });
      return {
        provider,
        requests: () => requests,
        openRequests: () => open,
        advance: (ms) => clock.advance(ms),
        close: async () => {
          await provider.close?.();
          await server.close();
          expect(clock.pendingTimers).toBe(0);
        },
      };
    },
  };
}

function errorAnswer(status: number, headers: Readonly<Record<string, string>>, credential: string): Response {
  const body = { error: { message: `Bad key: ${credential}`, type: `bad ${credential}`, code: null } };
  return Response.json(body, { status, headers });
}

async function wholeAnswer(answer: ScriptedAnswer, signal: AbortSignal, closed: () => void): Promise<Response> {
  if (answer.steps.some((step) => step.type === 'hang')) await aborted(signal);
  closed();
  return Response.json(completionBody(answer));
}

function streamAnswer(answer: ScriptedAnswer, signal: AbortSignal, closed: () => void): Response {
  const moments = streamMoments(answer);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = moments.next();
      if (value === 'hang') await aborted(signal);
      if (value === 'hang' || value === 'break' || signal.aborted) {
        closed();
        controller.error(new Error('The service breaks off'));
      } else if (done === true) {
        controller.enqueue(encoder.encode(sse('[DONE]')));
        controller.close();
        closed();
      } else controller.enqueue(encoder.encode(sse(JSON.stringify(value))));
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** The whole kit over real sockets takes a second, and several on a machine that is busy. */
const LIMIT = { timeout: 60_000 };

describe('the chat-completions provider', () => {
  it.each([
    ['OpenAI', OPENAI_DIALECT, ['llm.13']],
    ['Mistral', MISTRAL_DIALECT, []],
  ] as const)('passes every check that applies over HTTP in the form of %s', LIMIT, async (_name, dialect, skipped) => {
    const outcomes = await checkLLMProvider(wireTarget(dialect));
    expect(formatReport(outcomes.filter(({ status }) => status === 'failed'))).toBe('0 passed, 0 failed, 0 skipped');
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual(skipped);
  });

  it('llm.15 alone finds an adapter that decodes each chunk of bytes on its own', LIMIT, async () => {
    const byteStream = { encode: encodeStream, decode: decodeChunkwise };
    const outcomes = await checkLLMProvider({ ...wireTarget(MISTRAL_DIALECT), byteStream });
    expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual(['llm.15']);
  });

  it('X11 alone finds an adapter that does not read Retry-After', LIMIT, async () => {
    const honest = wireTarget(MISTRAL_DIALECT);
    const outcomes = await checkLLMProvider({
      ...honest,
      open: async (setup) => honest.open({ ...setup, model: (request) => withoutHeaders(setup.model(request)) }),
    });
    expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual(['X11']);
  });
});

/** To the adapter, a header that is not there is one that it does not read. */
function withoutHeaders(answer: ScriptedAnswer): ScriptedAnswer {
  const steps = answer.steps.map((step) => (step.type === 'fail' ? { type: step.type, status: step.status } : step));
  return { ...answer, steps };
}

/** Turns each chunk into text for itself, so that a character cut in two is lost. */
function decodeChunkwise(body: ReadableStream<Uint8Array>): ReturnType<typeof decodeChatCompletionStream> {
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => controller.enqueue(new TextEncoder().encode(new TextDecoder().decode(chunk))),
  });
  return decodeChatCompletionStream(body.pipeThrough(cut));
}
