import { type FileInput, IntegrationError, type JsonObject } from '@mortise/core';
import type { ChatCompletionDialect } from './dialect.ts';

const AUDIO_FORMATS: Readonly<Record<string, string>> = {
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/wave': 'wav',
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
};

/**
 * A file as a content part of a user message.
 *
 * @param field Place of the part in the messages, for the error.
 * @throws {IntegrationError} `unsupported` where the format has no place for such a file: an answer that never saw the
 * file would be worth nothing.
 */
export function fileToWire(file: FileInput, dialect: ChatCompletionDialect, field: string): JsonObject {
  if (file.mediaType.startsWith('image/')) return { type: 'image_url', image_url: { url: urlOf(file, field) } };
  if (file.mediaType.startsWith('audio/')) return audio(file, dialect, field);
  return document(file, dialect, field);
}

function audio(file: FileInput, dialect: ChatCompletionDialect, field: string): JsonObject {
  const data = base64Of(file);
  if (data === undefined) throw refused(field, 'audio goes as bytes or base64 only');
  if (dialect.audioPart === 'base64') return { type: 'input_audio', input_audio: data };
  const format = AUDIO_FORMATS[file.mediaType];
  if (format === undefined) throw refused(field, `audio must be WAV or MP3, got ${file.mediaType}`);
  return { type: 'input_audio', input_audio: { data, format } };
}

function document(file: FileInput, dialect: ChatCompletionDialect, field: string): JsonObject {
  const name = file.filename;
  if ('reference' in file) {
    const id = file.reference[dialect.providerKey];
    if (id === undefined) throw refused(field, `the reference has no id for "${dialect.providerKey}"`);
    return dialect.documentPart === 'file' ? { type: 'file', file: { file_id: id } } : { type: 'file', file_id: id };
  }
  if (dialect.documentPart === 'document_url') {
    return {
      type: 'document_url',
      document_url: urlOf(file, field),
      ...(name === undefined ? {} : { document_name: name }),
    };
  }
  if ('url' in file) throw refused(field, 'documents go as bytes, base64 or reference, not as a URL');
  return { type: 'file', file: { file_data: urlOf(file, field), ...(name === undefined ? {} : { filename: name }) } };
}

/** The file's own URL, or a data URL that holds its bytes. */
function urlOf(file: FileInput, field: string): string {
  if ('url' in file) return file.url;
  const data = base64Of(file);
  if (data !== undefined) return `data:${file.mediaType};base64,${data}`;
  throw refused(
    field,
    'stream' in file
      ? 'a stream must be read first; see loadFileStreams'
      : `a ${file.mediaType} file cannot be sent by reference`,
  );
}

function base64Of(file: FileInput): string | undefined {
  if ('base64' in file) return file.base64;
  return 'bytes' in file ? bytesToBase64(file.bytes) : undefined;
}

/** In slices: one call with all bytes as arguments overflows the stack for a file of some 100 kB. */
function bytesToBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(binary);
}

function refused(field: string, why: string): IntegrationError {
  return new IntegrationError({ code: 'unsupported', field, message: `${field}: ${why}` });
}
