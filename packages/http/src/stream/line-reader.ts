/** Takes text bit by bit, cut anywhere, and gives its lines without their line feeds. */
export class LineReader {
  readonly #maxLength: number;
  // Pieces of a line are joined once, when its end has come: joining at each piece would take quadratic time.
  #pieces: string[] = [];
  #pending = 0;
  #isTooLong = false;

  /** @param maxLength Characters that one line may have. */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** Whether a line was too long. Nothing is read after it. */
  get isTooLong(): boolean {
    return this.#isTooLong;
  }

  /** The lines that are complete now. */
  push(text: string): readonly string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      if (!this.#add(text.slice(start, end))) return lines;
      lines.push(this.#take());
      start = end + 1;
    }
    if (start < text.length) this.#add(text.slice(start));
    return lines;
  }

  /** The last line, which needs no line feed. */
  end(): string {
    return this.#take();
  }

  #add(piece: string): boolean {
    this.#pending += piece.length;
    this.#isTooLong ||= this.#pending > this.#maxLength;
    if (!this.#isTooLong) this.#pieces.push(piece);
    return !this.#isTooLong;
  }

  #take(): string {
    const [first = ''] = this.#pieces;
    const line = this.#pieces.length > 1 ? this.#pieces.join('') : first;
    this.#pieces = [];
    this.#pending = 0;
    return line;
  }
}
