/** One link of a `Link` header. */
export interface HeaderLink {
  /** As written; may be relative. */
  readonly target: string;
  /** Relation types, in lower case. */
  readonly rel: readonly string[];
}

const MAX_LENGTH = 16_384;
const SPACE = /[ \t]*/y;
const TARGET = /<([^<>"\s\\]*)>/y;
const PARAMETER = /([!#$%&'*+.^_`|~\w-]+)[ \t]*(?:=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]*)))?/y;

/**
 * Reads a `Link` header (RFC 8288). Undefined when it is not well-formed or longer than 16,384 characters. Takes time
 * linear in its length.
 */
export function parseLinkHeader(text: string): HeaderLink[] | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const links: HeaderLink[] = [];
  let position = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    position = pattern.lastIndex;
    return match;
  };
  const skip = (character: string): boolean => {
    take(SPACE);
    if (text[position] !== character) return false;
    position += 1;
    take(SPACE);
    return true;
  };
  do {
    take(SPACE);
    const target = take(TARGET);
    if (target === undefined) return undefined;
    let rel: readonly string[] | undefined;
    while (skip(';')) {
      const parameter = take(PARAMETER);
      // An empty parameter, as in `<…>; ; rel=next`, is seen in the wild and harmless.
      if (parameter === undefined) continue;
      const [, name = '', quoted, token] = parameter;
      if (name.toLowerCase() === 'rel') rel ??= relationsOf(quoted?.replaceAll(/\\(.)/g, '$1') ?? token ?? '');
    }
    links.push({ target: target[1] ?? '', rel: rel ?? [] });
  } while (skip(','));
  return position === text.length ? links : undefined;
}

/** The target of the first link with a relation; undefined when there is none. */
export function findLink(header: string | null, relation: string): string | undefined {
  return header === null ? undefined : parseLinkHeader(header)?.find(({ rel }) => rel.includes(relation))?.target;
}

function relationsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[ \t]+/)
    .filter((name) => name !== '');
}
