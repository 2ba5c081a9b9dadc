/** A piece of what is signed: fixed text, or a part of the delivery. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'body' | 'bodySha256Hex' | 'timestamp' | 'method' | 'url' | 'path' | 'form' }
  | { readonly kind: 'header'; readonly name: string };

const PLACES: Readonly<Record<string, TemplatePart>> = {
  body: { kind: 'body' },
  'body:sha256:hex': { kind: 'bodySha256Hex' },
  timestamp: { kind: 'timestamp' },
  method: { kind: 'method' },
  url: { kind: 'url' },
  path: { kind: 'path' },
  form: { kind: 'form' },
};

/** The parts of a `signed` template. Undefined where it has a place that does not exist, or is not closed. */
export function parseTemplate(template: string): TemplatePart[] | undefined {
  const parts: TemplatePart[] = [];
  let text = '';
  let index = 0;
  while (index < template.length) {
    const character = template.charAt(index);
    if (character !== '{') {
      text += character;
      index += 1;
    } else if (template.charAt(index + 1) === '{') {
      text += '{';
      index += 2;
    } else {
      const end = template.indexOf('}', index);
      const place = end === -1 ? undefined : placeOf(template.slice(index + 1, end));
      if (place === undefined) return undefined;
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
      parts.push(place);
      index = end + 1;
    }
  }
  if (text !== '') parts.push({ kind: 'text', text });
  return parts;
}

function placeOf(name: string): TemplatePart | undefined {
  if (name.startsWith('header:')) return { kind: 'header', name: name.slice('header:'.length) };
  return Object.hasOwn(PLACES, name) ? PLACES[name] : undefined;
}
