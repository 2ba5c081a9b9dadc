/** What stands in the place of everything that was removed. */
export const REDACTED = '[redacted]';

/** Collects stretches of one text that must not be shown, in any order and overlapping as they may. */
export class TextRanges {
  readonly #bounds: [start: number, end: number][] = [];

  get isEmpty(): boolean {
    return this.#bounds.length === 0;
  }

  /** Adds a stretch; `end` is not included. An empty one is ignored. */
  add(start: number, end: number): void {
    if (end > start) this.#bounds.push([start, end]);
  }

  /** The text with every stretch replaced once; stretches that overlap or touch become one. */
  applyTo(text: string): string {
    if (this.isEmpty) return text;
    this.#bounds.sort((left, right) => left[0] - right[0]);
    let result = '';
    let shownTo = 0;
    let hiddenTo = -1;
    for (const [start, end] of this.#bounds) {
      if (start > hiddenTo) {
        result += text.slice(shownTo, start) + REDACTED;
        hiddenTo = end;
      } else if (end > hiddenTo) {
        hiddenTo = end;
      }
      shownTo = hiddenTo;
    }
    return result + text.slice(shownTo);
  }
}
