import type { IncomingMessage } from 'node:http';
import type { RecordedRequest } from './recorded-request.ts';

/** The record, and the means to complete it once the connection is over. */
export interface OpenRequest {
  readonly record: RecordedRequest;
  /** The client closed the connection before the answer was complete. */
  markClosedByClient(): void;
  /** The connection is over before the answer was complete. */
  abort(): void;
}

export async function readRequest(message: IncomingMessage, index: number): Promise<OpenRequest> {
  const chunks: Uint8Array[] = [];
  const receivedAtMs = Date.now();
  for await (const chunk of message) {
    if (chunk instanceof Uint8Array) chunks.push(chunk);
  }
  const body = new Uint8Array(Buffer.concat(chunks));
  const text = (): string => new TextDecoder().decode(body);
  const controller = new AbortController();
  let isClosedByClient = false;
  const record: RecordedRequest = {
    index,
    method: message.method ?? '',
    path: message.url ?? '',
    headers: Object.fromEntries(
      Object.entries(message.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
    ),
    body,
    receivedAtMs,
    signal: controller.signal,
    get isClosedByClient() {
      return isClosedByClient;
    },
    text,
    json: () => JSON.parse(text()),
  };
  return {
    record,
    markClosedByClient: () => {
      isClosedByClient = true;
    },
    abort: () => controller.abort(),
  };
}
