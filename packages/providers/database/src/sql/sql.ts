import type { DatabaseStatement, DatabaseStatementParam } from '../model/statement.ts';
import { quoteIdentifier } from './identifier.ts';
import { invalidSql } from './invalid-sql.ts';
import { scanPlaceholders } from './placeholders.ts';

/**
 * A statement or a part of one. Can only be made by the `sql` tag from text that stands in the program, so no value that came from
 * outside can be one.
 */
export class SqlFragment implements DatabaseStatement {
  /** Text with placeholders `$1`, `$2`, … */
  readonly statement: string;
  readonly params: readonly DatabaseStatementParam[];
  /** Text around the values: one more than `params`. Private fields cannot be faked by parsed JSON. */
  readonly #texts: readonly string[];

  private constructor(texts: readonly string[], params: readonly DatabaseStatementParam[]) {
    this.#texts = texts;
    this.params = Object.freeze(params);
    this.statement = texts.map((text, index) => (index === 0 ? text : `$${index}${text}`)).join('');
    checkPlaceholders(this.statement, params.length);
    Object.freeze(this);
  }

  static is(value: unknown): value is SqlFragment {
    return typeof value === 'object' && value !== null && #texts in value;
  }

  /** Joins constant texts with the parts that stand between them; nested fragments are numbered anew. */
  static #build(constants: readonly string[], parts: readonly SqlPart[]): SqlFragment {
    const texts: string[] = [constants[0] ?? ''];
    const params: DatabaseStatementParam[] = [];
    const append = (text: string) => texts.push(`${texts.pop() ?? ''}${text}`);
    for (const [index, part] of parts.entries()) {
      if (SqlFragment.is(part)) {
        append(part.#texts[0] ?? '');
        texts.push(...part.#texts.slice(1));
        params.push(...part.params);
      } else {
        params.push(checkParam(part, index));
        texts.push('');
      }
      append(constants[index + 1] ?? '');
    }
    return new SqlFragment(texts, params);
  }

  /** @internal The only ways to a fragment; kept inside of the class for the sake of its private state. */
  static readonly make = {
    tag: (strings: TemplateStringsArray, parts: readonly SqlPart[]): SqlFragment => {
      const isTemplate = Array.isArray(strings) && Object.isFrozen(strings) && Object.isFrozen(strings.raw);
      if (!isTemplate) throw invalidSql('sql must be used as a template tag: sql`…`');
      return SqlFragment.#build(strings, parts);
    },
    id: (parts: readonly string[]): SqlFragment => SqlFragment.#build([quoteIdentifier(...parts)], []),
    join: (parts: readonly SqlPart[], separator: SqlFragment): SqlFragment => {
      const separated = parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
      return SqlFragment.#build(
        Array.from({ length: separated.length + 1 }, () => ''),
        separated,
      );
    },
  };
}

/** What may stand in `${…}`: a fragment, or a value that becomes a parameter. */
export type SqlPart = SqlFragment | DatabaseStatementParam;

/**
 * Makes a statement whose values are parameters, whatever they hold.
 *
 * ```ts
 * const { statement, params } = sql`select * from ${sql.id('users')} where id = ${id} and ${condition}`;
 * ```
 *
 * There is deliberately no way to turn a string into SQL: choose between fragments instead (`descending ? sql`desc` : sql`asc```).
 *
 * @throws {DatabaseError} `invalid_request`: a value stands inside of a literal, a comment or a quoted name, the text holds a
 *   placeholder of its own, or a value cannot be a parameter.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly SqlPart[]): SqlFragment {
  return SqlFragment.make.tag(strings, parts);
}

/** A name, quoted: `sql.id('public', 'users')` is `"public"."users"`. See `quoteIdentifier` for what is refused. */
sql.id = (...parts: readonly string[]): SqlFragment => SqlFragment.make.id(parts);

/**
 * Fragments or values with a separator between them, by default a comma.
 *
 * @throws {DatabaseError} `invalid_request`: the list is empty, which is valid hardly anywhere in SQL.
 */
sql.join = (parts: readonly SqlPart[], separator: SqlFragment = sql`, `): SqlFragment => {
  if (parts.length === 0) throw invalidSql('sql.join needs at least one part');
  return SqlFragment.make.join(parts, separator);
};

function checkPlaceholders(statement: string, count: number): void {
  const found = scanPlaceholders(statement);
  const isInOrder = found.length === count && found.every(({ index }, position) => index === position + 1);
  if (!isInOrder) {
    throw invalidSql(
      'each ${value} must stand where SQL takes a value, not inside of a literal, comment or name, and the text must hold no $n of its own',
    );
  }
}

function checkParam(value: unknown, index: number): DatabaseStatementParam {
  if (isParam(value)) return value;
  throw invalidSql(`value ${index + 1} of the sql tag cannot be a parameter: got ${typeof value}`);
}

function isParam(value: unknown): value is DatabaseStatementParam {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}
