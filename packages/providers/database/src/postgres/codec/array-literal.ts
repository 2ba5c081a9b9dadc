import type { PostgresParser } from '../driver.ts';

/** A value of an array, nested arrays included. */
export type PostgresArrayItem = string | null | readonly PostgresArrayItem[];

/** The text form of an array, such as `{1,NULL,"a b"}`. Every element is quoted, so that no element can be mistaken for another. */
export function formatArrayLiteral(items: readonly PostgresArrayItem[]): string {
  return `{${items.map(formatItem).join(',')}}`;
}

function formatItem(item: PostgresArrayItem): string {
  if (item === null) return 'NULL';
  if (typeof item === 'string') return `"${item.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  return formatArrayLiteral(item);
}

/** Bounds before the elements, such as `[0:2]=`, are left out: JavaScript's arrays start at 0 whatever they say. */
const BOUNDS = /^(?:\[[-+]?\d+:[-+]?\d+\])+=/;

/** One step of the text form: a bracket, a separator, a quoted element or a bare one. */
const STEP = /[{}]|,|"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^{},"]+)/gs;

/**
 * Reads the text form of an array. Elements are separated by commas, as for all types but `box`.
 *
 * @param parse Applied to each element that is not NULL.
 */
export function parseArrayLiteral(text: string, parse: PostgresParser): unknown[] {
  const root: unknown[] = [];
  const open: unknown[][] = [root];
  for (const { 0: step, groups } of text.replace(BOUNDS, '').matchAll(STEP)) {
    const top = open.at(-1) ?? root;
    if (step === '{') {
      const inner: unknown[] = [];
      top.push(inner);
      open.push(inner);
    } else if (step === '}') open.pop();
    else if (groups?.['quoted'] !== undefined) top.push(parse(groups['quoted'].replaceAll(/\\(.)/gs, '$1')));
    else if (groups?.['bare'] !== undefined) top.push(groups['bare'] === 'NULL' ? null : parse(groups['bare']));
  }
  return Array.isArray(root[0]) ? root[0] : [];
}
