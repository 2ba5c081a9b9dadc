import { IntegrationRequestError } from '../errors/integration-request-error.ts';
import type { ExchangeScope } from '../exchange/exchange-scope.ts';

const EMPTY = new Uint8Array(0);

/**
 * The whole body of an answer. Counted while it comes in, so that one that is too large is not read to its end.
 *
 * @throws {IntegrationRequestError} `response-too-large`. What the connection throws is passed on.
 */
export async function readBody(
  response: Response,
  { scope, maxBytes, subject }: { readonly scope: ExchangeScope; readonly maxBytes: number; readonly subject: string },
): Promise<Uint8Array> {
  const { body, headers } = response;
  if (body === null) return EMPTY;
  const announced = Number(headers.get('content-length') ?? Number.NaN);
  if (announced > maxBytes) {
    body.cancel().catch(() => undefined);
    throw tooLarge(subject, maxBytes);
  }
  // A compressed body may be larger than what its header announces.
  if (announced >= 0 && headers.get('content-encoding') === null) {
    const bytes = new Uint8Array(await scope.race(response.arrayBuffer()));
    if (bytes.length > maxBytes) throw tooLarge(subject, maxBytes);
    return bytes;
  }
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await scope.race(reader.read());
      if (done) return joinChunks(chunks, length);
      length += value.length;
      if (length > maxBytes) throw tooLarge(subject, maxBytes);
      chunks.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => undefined);
    throw error;
  }
}

/** The error of an answer, or a part of one, that is larger than allowed. */
export function tooLarge(subject: string, maxBytes: number): IntegrationRequestError {
  return new IntegrationRequestError({
    code: 'provider_error',
    reason: 'response-too-large',
    message: `${subject}: the answer is larger than ${maxBytes} bytes`,
  });
}

function joinChunks(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (chunks.length === 1 && first !== undefined) return first;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
