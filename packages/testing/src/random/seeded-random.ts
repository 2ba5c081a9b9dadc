/**
 * A repeatable stand-in for `Math.random`: the same seed gives the same numbers on every platform. Numbers are at
 * least 0 and below 1. Good enough to shuffle and to jitter; never for keys.
 *
 * @param seed Any number; its lowest 32 bits count.
 * @see mulberry32 by Tommy Ettinger, public domain: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
