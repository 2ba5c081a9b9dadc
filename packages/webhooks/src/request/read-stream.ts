import { joinBytes, utf8 } from '../bytes/text-bytes.ts';
import { failure, type WebhookFailure } from '../verify/webhook-failure.ts';

export interface ReadRequestOptions {
  /** Largest body. Default 1,048,576. */
  readonly maxBodyBytes?: number;
  /** Ends the reading. */
  readonly signal?: AbortSignal;
}

export const DEFAULT_MAX_BODY_BYTES = 1024 * 1024;

/** Whether a body that is there has at most so many bytes. Text is encoded only where its length leaves that open. */
export function isWithin(body: string | Uint8Array, maxBytes: number): boolean {
  const isOpen = typeof body === 'string' && body.length <= maxBytes && body.length * 3 > maxBytes;
  return (isOpen ? utf8(body) : body).length <= maxBytes;
}

export interface StreamReader {
  next(): Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  stop(): void;
}

const ABORTED = failure('aborted', 'The request ended before its body was read');

/** All bytes of a stream. A failure where there are too many, where it breaks off, or where it does not give bytes. */
export async function readStream(
  reader: StreamReader,
  declaredLength: string | undefined,
  options: ReadRequestOptions,
): Promise<Uint8Array | WebhookFailure> {
  const { maxBodyBytes = DEFAULT_MAX_BODY_BYTES, signal } = options;
  const tooLarge = failure('too_large', `The body exceeds ${maxBodyBytes} bytes`);
  if (declaredLength !== undefined && Number(declaredLength) > maxBodyBytes) {
    reader.stop();
    return tooLarge;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const abort = watchAbort(signal);
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.next(), abort.aborted]);
      if (done === true) return joinBytes(chunks);
      if (!(value instanceof Uint8Array))
        return failure('malformed', 'The body was decoded before; its bytes are needed');
      length += value.length;
      if (!(length <= maxBodyBytes)) {
        reader.stop();
        return tooLarge;
      }
      chunks.push(value);
    }
  } catch {
    reader.stop();
    return ABORTED;
  } finally {
    abort.forget();
  }
}

/** A promise that rejects on abort and never resolves, and what takes the listener away again. */
function watchAbort(signal: AbortSignal | undefined): { readonly aborted: Promise<never>; forget(): void } {
  let forget = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    if (signal === undefined) return;
    const onAbort = (): void => reject(ABORTED);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    forget = () => signal.removeEventListener('abort', onAbort);
  });
  // Heard of by whoever races; otherwise of no interest.
  aborted.catch(() => undefined);
  return { aborted, forget: () => forget() };
}
