/** More than any vendor sends; the limit keeps sorting short. */
const MAX_FIELDS = 10_000;

/** Names and values of a query or a form body, by name, in the order received. Undefined where there are too many. */
export function parseFields(text: string): Map<string, string[]> | undefined {
  const fields = new Map<string, string[]>();
  if (text === '') return fields;
  let count = 1;
  for (let index = text.indexOf('&'); index !== -1; index = text.indexOf('&', index + 1)) count += 1;
  if (count > MAX_FIELDS) return undefined;
  for (const [name, value] of new URLSearchParams(text)) {
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  return fields;
}

/**
 * The fields as Twilio signs them: sorted by name, each name directly followed by its value; a name with several
 * values is repeated for each, without repetitions and sorted.
 */
export function canonicalForm(fields: ReadonlyMap<string, readonly string[]>): string {
  let text = '';
  for (const name of [...fields.keys()].toSorted())
    for (const value of [...new Set(fields.get(name))].toSorted()) text += name + value;
  return text;
}
