import { LLMock } from '@copilotkit/aimock';
import {
  type EmbeddingObservedRequest,
  type ScriptedEmbeddingModel,
  scriptedVector,
} from '@mortise/provider-embedding/testing';
import type { LLMObservedRequest, ScriptedAnswer, ScriptedModel } from '@mortise/provider-llm/testing';
import { type RecordedRequest, startProviderServer } from '@mortise/testing/server';
import { completionBody, type Moment, serverSentEvent, type Speech, streamMoments } from './encode-chat.ts';
import { fixtureOf, isSayable } from './aimock-fixture.ts';
import { observeChat, observeEmbeddings } from './observe.ts';

export interface ScriptedServiceOptions {
  readonly chat?: ScriptedModel;
  readonly embeddings?: ScriptedEmbeddingModel;
  readonly speech: Speech;
}

/**
 * A service on loopback that answers as told. What aimock can say, aimock says, over HTTP; the service in front of it plays the
 * rest: endings that never come, broken connections, headers of refusals, facts left out, vectors of choice.
 */
export interface ScriptedService {
  /** Without a path. */
  readonly url: string;
  readonly chats: readonly LLMObservedRequest[];
  readonly embeddings: readonly EmbeddingObservedRequest[];
  /** Answers that aimock gave. */
  readonly byAimock: () => number;
  readonly openRequests: () => number;
  readonly close: () => Promise<void>;
}

/** Field of the request body by which aimock finds its answer. */
const TICKET = 'x_ticket';

export async function startScriptedService({
  chat,
  embeddings,
  speech,
}: ScriptedServiceOptions): Promise<ScriptedService> {
  const tickets = new Map<number, ScriptedAnswer>();
  const mock = new LLMock({ port: 0, logLevel: 'silent' });
  mock.on({ endpoint: 'chat' }, (request) => fixtureOf(tickets.get(Number(request[TICKET])) ?? { steps: [] }));
  const mockUrl = await mock.start();
  const chats: LLMObservedRequest[] = [];
  const embedded: EmbeddingObservedRequest[] = [];
  let open = 0;
  let byAimock = 0;

  /** Counts the request as open until its answer is complete or nobody waits for it. */
  const opened = (signal: AbortSignal): (() => void) => {
    open += 1;
    let isOpen = true;
    const close = (): void => {
      if (isOpen) open -= 1;
      isOpen = false;
    };
    signal.addEventListener('abort', close, { once: true });
    return close;
  };

  const askAimock = async (record: RecordedRequest, answer: ScriptedAnswer, done: () => void): Promise<Response> => {
    byAimock += 1;
    tickets.set(byAimock, answer);
    const upstream = await fetch(`${mockUrl}${record.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // Some services tell the usage of a stream unasked.
      body: JSON.stringify({ ...Object(record.json()), stream_options: { include_usage: true }, [TICKET]: byAimock }),
      signal: record.signal,
    });
    const { body, status, headers } = upstream;
    const type = headers.get('content-type') ?? '';
    if (speech === 'mistral' && type.startsWith('text/event-stream')) {
      const text = usageInLastEvent(await upstream.text());
      done();
      return new Response(text, { status, headers: { 'content-type': type } });
    }
    const watched = body?.pipeThrough(new TransformStream({ flush: done })) ?? null;
    return new Response(watched, { status, headers: { 'content-type': type } });
  };

  const server = await startProviderServer({
    routes: {
      'GET /v1/models': () => fetch(`${mockUrl}/v1/models`).then((answer) => Response.json(modelsFrom(answer))),
      'POST /v1/chat/completions': async (record) => {
        const request = observeChat(record);
        chats.push(request);
        const done = opened(record.signal);
        const answer = chat?.(request) ?? { steps: [] };
        if (isSayable(answer)) return askAimock(record, answer, done);
        const [first] = answer.steps;
        if (first?.type === 'fail') {
          done();
          return refusal(first.status, first.headers, request.credential);
        }
        const isStream = Object(record.json()).stream === true;
        return isStream
          ? streamAnswer(streamMoments(answer, speech), record.signal, done)
          : wholeAnswer(answer, speech, record.signal, done);
      },
      'POST /v1/embeddings': async (record) => {
        const request = observeEmbeddings(record);
        embedded.push(request);
        const answer = embeddings?.(request) ?? {};
        if (answer.fail !== undefined) return refusal(answer.fail.status, answer.fail.headers, request.credential);
        const done = opened(record.signal);
        if (answer.hangs === true) await aborted(record.signal);
        done();
        const vectors = answer.vectors ?? request.texts.map((text) => scriptedVector(text, request.dimensions));
        const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
        return Response.json({
          object: 'list',
          data: answer.isReversed === true ? data.toReversed() : data,
          model: answer.model ?? request.model,
          ...(answer.tokens === undefined
            ? {}
            : { usage: { prompt_tokens: answer.tokens, total_tokens: answer.tokens } }),
        });
      },
    },
  });
  return {
    url: server.url,
    chats,
    embeddings: embedded,
    byAimock: () => byAimock,
    openRequests: () => open,
    close: async () => {
      await server.close();
      await mock.stop();
    },
  };
}

/** aimock speaks as OpenAI does: here the event with the usage becomes part of the one before it. */
function usageInLastEvent(text: string): string {
  const events = text.split('\n\n').filter((event) => event.startsWith('data: {'));
  const parsed = events.map((event): Record<string, unknown> => JSON.parse(event.slice('data: '.length)));
  const told = parsed.find(({ choices }) => Array.isArray(choices) && choices.length === 0);
  const kept = parsed.filter((event) => event !== told);
  return kept
    .map((event, index) => (index === kept.length - 1 ? { ...event, usage: told?.['usage'] } : event))
    .map((event) => serverSentEvent(JSON.stringify(event)))
    .concat(serverSentEvent('[DONE]'))
    .join('');
}

/** What a service says that has models; aimock must be up for it. */
function modelsFrom({ ok }: Response): unknown {
  return { object: 'list', data: ok ? [{ id: 'model-a', object: 'model' }] : [] };
}

/** A careless service: it quotes the credential in its error text. */
function refusal(status: number, headers: Readonly<Record<string, string>> = {}, credential = ''): Response {
  const error = { message: `Bad key: ${credential}`, type: `bad ${credential}`, code: null };
  return Response.json({ error }, { status, headers });
}

async function wholeAnswer(
  answer: ScriptedAnswer,
  speech: Speech,
  signal: AbortSignal,
  done: () => void,
): Promise<Response> {
  if (answer.steps.some((step) => step.type === 'hang')) await aborted(signal);
  done();
  return Response.json(completionBody(answer, speech));
}

function streamAnswer(moments: Iterator<Moment, void>, signal: AbortSignal, done: () => void): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done: isOver } = moments.next();
      if (value === 'hang') await aborted(signal);
      if (value === 'hang' || value === 'break' || signal.aborted) {
        done();
        controller.error(new Error('The service breaks off'));
      } else if (isOver === true) {
        controller.enqueue(encoder.encode(serverSentEvent('[DONE]')));
        controller.close();
        done();
      } else controller.enqueue(encoder.encode(serverSentEvent(JSON.stringify(value))));
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
