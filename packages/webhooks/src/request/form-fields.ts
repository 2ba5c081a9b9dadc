/** More than any vendor sends; the limit keeps sorting short. */
const MAX_FIELDS = 10_000;

/** Names and values of a query or a form body, by name, in the order received. Undefined where there are too many. */
export function parseFields(text: string): Map<string, string[]> | undefined {
  const fields = new Map<string, string[]>();
  let count = 0;
  for (let start = 0, end = 0; end < text.length; start = end + 1) {
    end = text.indexOf('&', start);
    if (end === -1) end = text.length;
    if (end === start) continue;
    count += 1;
    if (count > MAX_FIELDS) return undefined;
    const pair = text.slice(start, end);
    const assign = pair.indexOf('=');
    const name = decodeText(assign === -1 ? pair : pair.slice(0, assign));
    const value = assign === -1 ? '' : decodeText(pair.slice(assign + 1));
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  return fields;
}

/** As the URL standard decodes forms; faster than its `URLSearchParams`, which is asked where it matters how. */
function decodeText(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return new URLSearchParams(`=${text}`).get('') ?? '';
  }
}

/**
 * The fields as Twilio signs them: sorted by name, each name directly followed by its value; a name with several
 * values is repeated for each, without repetitions and sorted.
 */
export function canonicalForm(fields: ReadonlyMap<string, readonly string[]>): string {
  let text = '';
  for (const name of [...fields.keys()].sort()) {
    const values = fields.get(name) ?? [];
    if (values.length === 1) text += name + (values[0] ?? '');
    else for (const value of [...new Set(values)].sort()) text += name + value;
  }
  return text;
}
