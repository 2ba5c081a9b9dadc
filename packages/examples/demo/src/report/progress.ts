const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;

/** Says what is going on while there is nothing to see yet. */
export interface Progress {
  /** Replaces what was shown before. */
  show(text: string): void;
  /** The same, but only where somebody is watching. */
  spin(text: string): void;
  /** Shows nothing any more, so that a row can be printed. */
  clear(): void;
}

/** A spinner where somebody is watching, plain lines where the output goes to a file or another program. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  if (stream.isTTY) return new Spinner(stream);
  return { show: (text) => void stream.write(`${text}\n`), spin: () => {}, clear: () => {} };
}

class Spinner implements Progress {
  readonly #stream: NodeJS.WriteStream;
  #timer: NodeJS.Timeout | undefined;
  #text = '';
  #frame = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  show(text: string): void {
    this.#text = text;
    this.#draw();
    // Unref'd: a spinner never keeps a program alive.
    this.#timer ??= setInterval(() => this.#draw(), FRAME_MS).unref();
  }

  spin(text: string): void {
    this.show(text);
  }

  clear(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stream.write('\r\u001B[K');
  }

  #draw(): void {
    const frame = FRAMES[this.#frame % FRAMES.length] ?? '';
    this.#frame += 1;
    const room = Math.max(0, this.#stream.columns - 3);
    this.#stream.write(`\r\u001B[K${frame} ${this.#text.slice(0, room)}`);
  }
}
