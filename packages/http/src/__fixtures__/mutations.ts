import { seededRandom } from '@mortise/testing';

/** Texts that are made from good ones by the accidents and the malice that a parser meets. Repeatable. */
export function* mutations(seeds: readonly string[], alphabet: string, count: number): Generator<string, void> {
  const random = seededRandom(20_261);
  const below = (limit: number): number => Math.floor(random() * limit);
  const letters = Array.from(alphabet);
  const letter = (): string => letters[below(letters.length)] ?? '';
  for (let index = 0; index < count; index += 1) {
    let text = seeds[below(seeds.length)] ?? '';
    for (let change = below(4); change >= 0; change -= 1) {
      const at = below(text.length + 1);
      switch (below(6)) {
        case 0:
          text = text.slice(0, at) + letter() + text.slice(at);
          break;
        case 1:
          text = text.slice(0, at) + text.slice(at + 1 + below(3));
          break;
        case 2:
          text = text.slice(0, at) + letter() + text.slice(at + 1);
          break;
        case 3:
          text = text.slice(0, at) + text.slice(below(text.length + 1));
          break;
        case 4:
          text = text.slice(at) + text.slice(0, at);
          break;
        default:
          text = letter().repeat(1 + below(8)) + text;
      }
    }
    yield text.length > 400 ? text.slice(0, 400) : text;
  }
}
