import { RpcError } from './rpc-error.ts';

export interface ListRequest {
  readonly pageSize?: number | null;
  readonly pageToken?: string | null;
  readonly filter?: string | null;
}

export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly nextPageToken: string;
  /** 0 where a filter is set. */
  readonly totalSize: number;
}

/** Values of an item that a filter may compare: `state`, `name`, `labels.environment`. */
export type FieldsOf<Item> = (item: Item) => Readonly<Record<string, string>>;

const MAX_PAGE_SIZE = 25_000;
const TERM = /^(?<field>[A-Za-z_]+(?:\.[A-Za-z0-9_-]+)?)\s*(?<operator>[:=])\s*"?(?<value>[^"]*)"?$/;

/**
 * One page of what a filter leaves. Of Google's filter language this server knows terms such as `state:ENABLED` and
 * `labels.environment=test`, joined by `AND`.
 *
 * @see https://cloud.google.com/secret-manager/docs/filtering (read 2026-11-25)
 */
export function listPage<Item>(all: readonly Item[], request: ListRequest, fieldsOf: FieldsOf<Item>): ListPage<Item> {
  const filter = request.filter ?? '';
  const pageSize = request.pageSize ?? 0;
  if (pageSize < 0) throw new RpcError('INVALID_ARGUMENT', 'The page size must not be negative.');
  const start = readToken(request.pageToken ?? '');
  const matches = filter === '' ? all : all.filter(toPredicate(filter, fieldsOf));
  const end = start + (pageSize === 0 ? MAX_PAGE_SIZE : Math.min(pageSize, MAX_PAGE_SIZE));
  return {
    items: matches.slice(start, end),
    nextPageToken: end < matches.length ? Buffer.from(`page ${end}`).toString('base64url') : '',
    totalSize: filter === '' ? all.length : 0,
  };
}

function readToken(token: string): number {
  if (token === '') return 0;
  const start = /^page ([0-9]{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (start === undefined) throw new RpcError('INVALID_ARGUMENT', 'The page token is invalid.');
  return Number(start);
}

function toPredicate<Item>(filter: string, fieldsOf: FieldsOf<Item>): (item: Item) => boolean {
  const terms = filter.split(/\s+AND\s+/).map((text) => TERM.exec(text.trim())?.groups);
  if (terms.includes(undefined)) throw new RpcError('INVALID_ARGUMENT', 'The filter cannot be read.');
  return (item) => {
    const fields = fieldsOf(item);
    return terms.every((term) => {
      const { field = '', operator, value = '' } = term ?? {};
      const present = Object.hasOwn(fields, field) ? fields[field] : undefined;
      if (present === undefined) return false;
      return operator === '=' || field === 'state' ? present === value : present.includes(value);
    });
  };
}
