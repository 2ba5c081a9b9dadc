import { seededRandom } from '../random/seeded-random.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `token`: letters, digits and `-`, as most API keys. `hostile`: also every character that some encoding changes. */
export type CanaryStyle = 'token' | 'hostile';

let made = 0;

/**
 * A secret to plant, unlike anything that could appear by chance. ASCII, so that it can travel in a header; in the
 * `hostile` style it looks different in JSON, in a URL, in HTML and in base64url, so that no encoded leak hides.
 *
 * @param seed Same seed and style, same canary. Absent: a new one each time.
 * @param style Default `hostile`.
 */
export function createCanary(seed?: number, style: CanaryStyle = 'hostile'): string {
  made += 1;
  const random = seededRandom(seed ?? Date.now() + made);
  const letters = (count: number): string =>
    Array.from({ length: count }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('');
  const middle = style === 'hostile' ? `"+/\\=%&<${letters(8)}?~'>` : '';
  return `sk-canary-${letters(10)}${middle}${letters(6)}`;
}
