import { IntegrationError } from '@mortise/core';

/**
 * An iterable over one source that cannot be started again. A second iteration throws, where a bare generator would
 * look like an empty answer.
 */
export function iterateOnce<Item>(start: () => AsyncGenerator<Item, void>): AsyncIterable<Item> {
  let started = false;
  return {
    [Symbol.asyncIterator]() {
      if (started) {
        throw new IntegrationError({
          code: 'invalid_request',
          message: 'This stream was iterated already; call the method again for another answer',
        });
      }
      started = true;
      return start();
    },
  };
}
