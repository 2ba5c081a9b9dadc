import { LLMock } from '@copilotkit/aimock';
import { type ProviderHandler, type ProviderServer, startProviderServer } from '@mortise/testing/server';
import type { Lifecycle } from '../lifecycle.ts';

export interface StartLlmServerOptions {
  readonly lifecycle: Lifecycle;
  /** Keys that the server accepts; anything else gets status 401. */
  readonly apiKeys: readonly string[];
}

const ANSWERS = [
  { question: /weather/iu, content: 'Dry until noon, then light rain; take the tram.' },
  {
    question: /haiku/iu,
    content: 'A joint without nails,\nthe tenon knows its mortise:\nthe house holds in storms.',
  },
  { question: /.*/u, content: 'All invoices of October are paid.' },
];

/**
 * A server that speaks the chat-completions format, streaming included, behind one that can fail on the wire. The rear
 * one checks the key and answers; the front one passes everything on until it is told to do something else.
 *
 * @returns The front server: `inject` makes faults, `kill` and `restart` do what they say.
 */
export async function startLlmServer({ lifecycle, apiKeys }: StartLlmServerOptions): Promise<ProviderServer> {
  const model = new LLMock({ host: '127.0.0.1', port: 0, auth: { apiKeys }, chunkSize: 6, logLevel: 'silent' });
  for (const { question, content } of ANSWERS) model.onMessage(question, { content });
  await model.start();
  lifecycle.onEnd(() => model.stop());
  const front = await startProviderServer({ handler: forwardTo(model.url) });
  lifecycle.onEnd(() => front.close());
  return front;
}

function forwardTo(origin: string): ProviderHandler {
  return ({ method, path, headers, body, signal }) => {
    const { host: _host, connection: _connection, 'content-length': _length, ...passed } = headers;
    return fetch(`${origin}${path}`, {
      method,
      headers: passed,
      body: body.length === 0 ? null : Buffer.from(body),
      signal,
    });
  };
}
