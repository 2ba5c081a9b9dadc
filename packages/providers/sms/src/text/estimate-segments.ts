import { septetsOf } from './gsm-7.ts';

/** What a text comes to as messages. */
export interface SegmentEstimate {
  /** One character outside GSM-7 makes the whole text UCS-2. */
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** How many messages are billed; 0 for an empty text. */
  readonly segments: number;
  /** Room that is left in the last segment: septets in GSM-7, UTF-16 code units in UCS-2. */
  readonly charactersLeft: number;
  /** Characters that force UCS-2, each once, in the order in which they come. Absent: there are none. */
  readonly offending?: readonly string[];
}

/** Units of a message that is alone, and of one of several, where six bytes go to the header that joins them. */
const LIMITS = {
  'GSM-7': { alone: 160, joined: 153 },
  'UCS-2': { alone: 70, joined: 67 },
} as const;

/**
 * Encoding and number of segments of a text, by the default alphabet of GSM 03.38 and its extension table. A character of
 * two units, an escaped one or a surrogate pair, is never cut: where it does not fit, the next segment begins with it.
 * National alphabets are not looked at; a provider that uses them may need fewer segments.
 */
export function estimateSegments(text: string): SegmentEstimate {
  const offending = new Set<string>();
  let septets = 0;
  for (const character of text) {
    const units = septetsOf(character);
    if (units === undefined) offending.add(character);
    else septets += units;
  }
  const encoding = offending.size === 0 ? 'GSM-7' : 'UCS-2';
  const { alone, joined } = LIMITS[encoding];
  const total = encoding === 'GSM-7' ? septets : text.length;
  const found = offending.size === 0 ? {} : { offending: [...offending] };
  if (total <= alone) return { encoding, segments: total === 0 ? 0 : 1, charactersLeft: alone - total, ...found };
  let segments = 1;
  let used = 0;
  for (const character of text) {
    const units = encoding === 'GSM-7' ? (septetsOf(character) ?? 0) : character.length;
    if (used + units > joined) {
      segments += 1;
      used = 0;
    }
    used += units;
  }
  return { encoding, segments, charactersLeft: joined - used, ...found };
}
