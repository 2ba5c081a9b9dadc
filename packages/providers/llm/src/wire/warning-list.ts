import type { IntegrationWarning } from '@mortise/core';

/** Collects warnings, one per field and kind: a long conversation must not repeat the same one for each message. */
export class WarningList {
  readonly #byKey = new Map<string, IntegrationWarning>();

  /** What the caller asked for in `field` and will not get. */
  unsupported(field: string, message: string): void {
    this.#add({ type: 'unsupported', field, message });
  }

  /** What the caller asked for in `field` and will get in another form. */
  compatibility(field: string, message: string): void {
    this.#add({ type: 'compatibility', field, message });
  }

  /** What came incomplete. */
  truncated(field: string, message: string): void {
    this.#add({ type: 'truncated', field, message });
  }

  other(field: string, message: string): void {
    this.#add({ type: 'other', field, message });
  }

  list(): IntegrationWarning[] {
    return [...this.#byKey.values()];
  }

  #add(warning: IntegrationWarning): void {
    const key = `${warning.type} ${warning.field}`;
    if (!this.#byKey.has(key)) this.#byKey.set(key, warning);
  }
}
