import type { ByteSource } from './byte-source.ts';

/**
 * The values of newline-delimited JSON, read as they are asked for. Empty lines are passed over; the last line needs no
 * line break.
 *
 * @param maxLength Characters that one line may have.
 */
export async function* readJsonLines(source: ByteSource, maxLength: number): AsyncGenerator<unknown, void> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let pending = 0;
  let number = 0;
  const take = (): string => {
    const line = pieces.length === 1 ? (pieces[0] ?? '') : pieces.join('');
    pieces = [];
    pending = 0;
    number += 1;
    return line;
  };
  // Pieces of a line are joined once, when its end has come: joining at each chunk would take quadratic time.
  const add = (piece: string): void => {
    pending += piece.length;
    if (pending > maxLength) throw source.tooLong(maxLength, 'line');
    pieces.push(piece);
  };
  for await (const chunk of source.chunks()) {
    const text = decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      add(text.slice(start, end));
      start = end + 1;
      yield* parseLine(take(), number, source);
    }
    if (start < text.length) add(text.slice(start));
  }
  add(decoder.decode());
  yield* parseLine(take(), number, source);
}

function* parseLine(line: string, number: number, source: ByteSource): Generator<unknown, void> {
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
