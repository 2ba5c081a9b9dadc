/** Nobody has more settings than this for one connection, unless each call makes up its own. */
const MAX_INSTANCES = 32;

/**
 * One instance for each set of options: calls with the same settings share it, calls with other settings do not disturb
 * it. The usual case, the very same options object as last time, is one comparison. Bounded: the oldest is forgotten, so
 * whoever uses an instance for a while holds on to it.
 */
export class ByOptions<Options extends object, Instance> {
  readonly #make: (options: Options) => Instance;
  readonly #instances = new Map<string, Instance>();
  #last: { readonly options: Options; readonly instance: Instance } | undefined;

  constructor(make: (options: Options) => Instance) {
    this.#make = make;
  }

  of(options: Options): Instance {
    if (this.#last?.options === options) return this.#last.instance;
    const key = JSON.stringify(Object.entries(options).sort(([left], [right]) => (left < right ? -1 : 1)));
    let instance = this.#instances.get(key);
    if (instance === undefined) {
      instance = this.#make(options);
      const oldest = this.#instances.size < MAX_INSTANCES ? undefined : this.#instances.keys().next().value;
      if (oldest !== undefined) this.#instances.delete(oldest);
      this.#instances.set(key, instance);
    }
    this.#last = { options, instance };
    return instance;
  }

  /** All of them, in the order in which they were made. */
  values(): IterableIterator<Instance> {
    return this.#instances.values();
  }
}
