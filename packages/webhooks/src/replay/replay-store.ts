/**
 * Remembers which deliveries were seen. Several servers need one that they share; it must pass the cases of
 * `@mortise/webhooks/testing`.
 */
export interface ReplayStore {
  /**
   * Notes a key, in one step that no two callers can both pass.
   *
   * @param ttlMs How long it is to be remembered.
   * @returns True for the first caller, false as long as the key is remembered.
   */
  remember(key: string, ttlMs: number): boolean | Promise<boolean>;
  /** Lets the next delivery with this key through, after the work for it failed. Unknown keys are no error. */
  forget(key: string): void | Promise<void>;
}
