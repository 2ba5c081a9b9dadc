/** A request as text, which is what vendors' verifiers take. */
export interface TextRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const SCRAPS = [
  '',
  ' ',
  ',',
  '=',
  '.',
  '0',
  '1',
  'a',
  'A',
  'f',
  'G',
  '+',
  '/',
  '-',
  '_',
  '%',
  '~',
  '\t',
  '\u00e9',
  '\u{1F511}',

  'v0=',
  'v1=',
  'v1,',
  'v1a,',
  't=',
  'sha1=',
  'sha256=',
  't=0',
  'null',
  'NaN',
  '-1',
  '1e10',
  '0x10',
  '==',
  '&',
  '?',
  '#',
  '.5',
  '00',
  '9'.repeat(20),
  'a'.repeat(64),
  'A'.repeat(44),
  '%00',
  '%C3',
  'http:',
  ':443',
  ':80',
  '@',
  '\\u0000',
];

/** Changes a request a little, or not at all, the way in which attackers, proxies and mistakes do. */
export function mutateRequest(request: TextRequest, random: () => number): TextRequest {
  const roll = random();
  if (roll < 0.08) return request;
  const names = Object.keys(request.headers);
  const name = names[below(names.length, random)];
  if (roll < 0.7 && name !== undefined) {
    const value = mutateHeader(request.headers[name] ?? '', random);
    const others = Object.entries(request.headers).filter(([other]) => other !== name);
    return { ...request, headers: Object.fromEntries(value === undefined ? others : [...others, [name, value]]) };
  }
  if (roll < 0.8) return { ...request, url: mutateText(request.url, random) };
  const next = { ...request, body: mutateText(request.body, random) };
  return random() < 0.2 ? mutateRequest(next, random) : next;
}

function mutateHeader(value: string, random: () => number): string | undefined {
  const roll = random();
  if (roll < 0.05) return undefined;
  if (roll < 0.12) return value.toUpperCase();
  if (roll < 0.14) return value.slice(0, -40) + value.slice(-40).toUpperCase();
  if (roll < 0.18)
    return value.replaceAll(/(\d+)/g, (digits) => (random() < 0.5 ? String(Number(digits) + 1) : digits));
  if (roll < 0.24) return `${value},${value}`;
  if (roll < 0.3) return `${value} ${value}`;
  if (roll < 0.36)
    return value
      .split(/([, ])/)
      .reverse()
      .join('');
  if (roll < 0.42) return value.replaceAll(/[, ]/g, (separator) => `${separator} `);
  if (roll < 0.46) return value.slice(value.search(/[=,]/) + 1);
  if (roll < 0.5) return Array.from({ length: below(40, random) }, () => value).join(random() < 0.5 ? ' ' : ',');
  return mutateText(value, random);
}

export function mutateText(text: string, random: () => number): string {
  const at = below(text.length + 1, random);
  const until = Math.min(text.length, at + below(4, random));
  const scrap = SCRAPS[below(SCRAPS.length, random)] ?? '';
  const roll = random();
  if (roll < 0.3) return text.slice(0, at) + scrap + text.slice(at);
  if (roll < 0.6) return text.slice(0, at) + scrap + text.slice(until);
  if (roll < 0.7) return text.slice(0, at);
  if (roll < 0.8) return text.slice(at);
  if (roll < 0.9) return text + scrap;
  return text.slice(0, at) + text.slice(until) + text.slice(at, until);
}

export function below(limit: number, random: () => number): number {
  return Math.floor(random() * limit);
}
