import { isUuid } from '../../reference/scaleway-reference.ts';
import { invalidArgument } from '../store/api-refusal.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly totalCount: number;
}

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

/** The query of one request. Whatever an operation does not ask for is refused as unknown. */
export class Query {
  readonly #parameters: URLSearchParams;
  readonly #asked = new Set<string>();

  constructor(parameters: URLSearchParams) {
    this.#parameters = parameters;
  }

  text(name: string): string | undefined {
    this.#asked.add(name);
    return this.#parameters.get(name) ?? undefined;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') throw invalidArgument(name, 'required');
    return value;
  }

  uuid(name: string): string | undefined {
    const value = this.text(name);
    if (value !== undefined && !isUuid(value)) throw invalidArgument(name, 'format', 'must be a UUID');
    return value;
  }

  texts(name: string): readonly string[] {
    this.#asked.add(name);
    return this.#parameters.getAll(name);
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (value !== 'true' && value !== 'false') throw invalidArgument(name, 'format', 'must be true or false');
    return value === 'true';
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const value = this.text(name);
    const known = values.find((candidate) => candidate === value);
    if (value !== undefined && known === undefined) throw invalidArgument(name, 'format');
    return known;
  }

  page<Item>(items: readonly Item[]): Page<Item> {
    const page = this.#count('page', 1, Number.MAX_SAFE_INTEGER);
    const size = this.#count('page_size', DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
    return { items: items.slice((page - 1) * size, page * size), totalCount: items.length };
  }

  assertNothingElse(): void {
    const unknown = [...this.#parameters.keys()].find((name) => !this.#asked.has(name));
    if (unknown !== undefined) throw invalidArgument(unknown, 'unknown', 'there is no such parameter');
  }

  #count(name: string, fallback: number, max: number): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const count = /^\d+$/.test(value) ? Number(value) : 0;
    if (count < 1 || count > max) throw invalidArgument(name, 'constraint', `must be from 1 to ${max}`);
    return count;
  }
}
