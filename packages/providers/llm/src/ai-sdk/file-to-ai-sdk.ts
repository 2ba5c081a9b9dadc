import type { SharedV4FileData, SharedV4FileDataData, SharedV4FileDataUrl } from '@ai-sdk/provider';
import { type FileInput, IntegrationError } from '@mortise/core';

/** A file that a model made, or undefined where the AI SDK has no form for it. */
export function madeFileToAiSdk(file: FileInput): SharedV4FileDataData | SharedV4FileDataUrl | undefined {
  if ('bytes' in file) return { type: 'data', data: file.bytes };
  if ('base64' in file) return { type: 'data', data: file.base64 };
  return 'url' in file ? { type: 'url', url: new URL(file.url) } : undefined;
}

/**
 * A file of a prompt.
 *
 * @throws {IntegrationError} `unsupported` for a stream, which has to be read first.
 */
export function fileToAiSdk(file: FileInput): SharedV4FileData {
  if ('reference' in file) return { type: 'reference', reference: { ...file.reference } };
  const made = madeFileToAiSdk(file);
  if (made !== undefined) return made;
  throw new IntegrationError({
    code: 'unsupported',
    field: 'file',
    message: 'file: the AI SDK takes no streams; read the file into bytes first',
  });
}

/** A file of the AI SDK in any of its versions. */
export function fileFromAiSdk(
  data: SharedV4FileData | Uint8Array | string | URL,
  mediaType: string,
  filename?: string,
): FileInput {
  const rest = { mediaType, ...(filename === undefined ? {} : { filename }) };
  if (data instanceof URL) return { url: data.href, ...rest };
  if (typeof data === 'string') return { base64: data, ...rest };
  if (data instanceof Uint8Array) return { bytes: data, ...rest };
  switch (data.type) {
    case 'data':
      return fileFromAiSdk(data.data, mediaType, filename);
    case 'url':
      return { url: data.url.href, ...rest };
    case 'reference':
      return { reference: { ...data.reference }, ...rest };
    default:
      return { bytes: new TextEncoder().encode(data.text), ...rest };
  }
}
