import type { ByteSource } from './byte-source.ts';
import { LineReader } from './line-reader.ts';

/**
 * The values of newline-delimited JSON, read as they are asked for. Empty lines are passed over; the last line needs no
 * line break.
 *
 * @param maxLength Characters that one line may have.
 */
export async function* readJsonLines(source: ByteSource, maxLength: number): AsyncGenerator<unknown, void> {
  const decoder = new TextDecoder();
  const reader = new LineReader(maxLength);
  let number = 0;
  for await (const chunk of source.chunks()) {
    for (const line of reader.push(decoder.decode(chunk, { stream: true }))) {
      number += 1;
      yield* valuesIn(line, number, source);
    }
    if (reader.isTooLong) throw source.tooLong(maxLength, 'line');
  }
  yield* valuesIn(reader.end() + decoder.decode(), number + 1, source);
}

function* valuesIn(line: string, number: number, source: ByteSource): Generator<unknown, void> {
  const text = line.trim();
  if (text === '') return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw source.malformed(`line ${number} is no JSON (${text.length} characters)`);
  }
  yield value;
}
