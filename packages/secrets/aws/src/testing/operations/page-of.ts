import { ServiceError } from '../service-error.ts';

/** One page of a list; the token says where the next one begins. */
export function pageOf<Item>(
  all: readonly Item[],
  size: number,
  token: string | undefined,
): { items: readonly Item[]; nextToken?: string } {
  const start = token === undefined ? 0 : readToken(token);
  const items = all.slice(start, start + size);
  const end = start + items.length;
  return end < all.length ? { items, nextToken: Buffer.from(`from ${end}`).toString('base64url') } : { items };
}

function readToken(token: string): number {
  const start = /^from (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (start !== undefined) return Number(start);
  throw new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
}
