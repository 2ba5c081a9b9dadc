import { appendPointer } from '../../schema/json-pointer.ts';
import type { IntegrationSpec } from '../integration-spec.ts';

/** A spec of which each part that is present has the right form; parts with a wrong form have been left out. */
export type SoundParts = Partial<IntegrationSpec>;

/** Adds a problem. `rule` takes the place of the schema keyword. */
export type Report = (path: string, rule: string, message: string) => void;

/** A check that no schema can say: parts of a spec against each other. */
export type SpecRule = (spec: SoundParts, report: Report) => void;

/** Reports every item whose name was used by an earlier one. */
export function reportRepeated<Item>(
  items: readonly Item[],
  path: string,
  nameOf: (item: Item) => string,
  report: Report,
): void {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const name = nameOf(item);
    if (seen.has(name)) report(`${path}/${index}`, 'unique', `"${name}" is listed twice`);
    seen.add(name);
  }
}

/** Visits every text in plain data with the pointer to it; those of an object that stands there twice only once. */
export function visitTexts(data: unknown, path: string, visit: (path: string, text: string) => void): void {
  const visited = new Set<object>();
  const enter = (part: unknown, at: string): void => {
    if (typeof part === 'string') visit(at, part);
    if (typeof part !== 'object' || part === null || visited.has(part)) return;
    visited.add(part);
    for (const [name, inner] of Object.entries(part)) enter(inner, appendPointer(at, name));
  };
  enter(data, path);
}
