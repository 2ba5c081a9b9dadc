import { createRedactor } from '@mortise/core';
import { isHealthPiiField } from './pii-fields.ts';

/** What stands in the place of everything that was left out. Says nothing of its length or its end. */
export const REDACTED = '[redacted]';

const EMAIL = /[\p{L}\p{N}._%+-]{1,64}(?:@|%40)[\p{L}\p{N}.-]{1,255}\.[\p{L}]{2,24}/gu;
/** International numbers, and national ones with separators. Neither dates nor instants. */
const PHONE =
  /(?<![\w.:-])(?:\+\d[\d\s().-]{6,20}\d|\(\d{2,5}\)[\d\s.-]{5,15}\d|0\d{1,4}[\s/.-]\d{2,4}[\s.-]?\d{2,9}|\d{3}[\s.-]\d{3}[\s.-]\d{4})(?![\w:])/g;
/** A name and what it is set to, as in `heartRate=72`, `weight: 80 kg` or `"email":"…"`. */
const SETTING =
  /(?<name>[\p{L}\p{N}_.-]{2,64})(?<sign>["']?\s?[=:]\s?)(?:"[^"]{0,1024}"|'[^']{0,1024}'|[^\s,;&|"']{1,256}(?:\s(?:kg|lb|lbs|bpm|cm|%))?)/gu;
/** A figure with a unit of the body, as in `72 bpm` or `5.4 mmol/L`. */
const FIGURE =
  /(?<![\w.])\d{1,6}(?:[.,]\d{1,6})?\s?(?:bpm|mm\s?hg|mg\/dl|mmol\/l|kg|lbs?|kcal|kj|°\s?[cf]|breaths?)(?![\p{L}\p{N}])/giu;
/** A pair of degrees with decimals, as in `48.8566, 2.3522`. */
const PLACE = /-?\d{1,3}\.\d{3,},\s*-?\d{1,3}\.\d{3,}/g;
const ADDRESS = /\bhttps?:\/\/[^\s"'<>]+/gi;
/** An instant or a day is no telephone number. */
const TIME = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?$/;

const secrets = createRedactor();

/** A text without e-mail addresses, telephone numbers, places, settings of personal fields, figures of the body, queries and credentials. */
export function redactText(text: string): string {
  if (TIME.test(text)) return text;
  return secrets
    .text(text)
    .replaceAll(ADDRESS, (url) => {
      const end = url.search(/[?#]/);
      return end === -1 ? url : `${url.slice(0, end)}?${REDACTED}`;
    })
    .replaceAll(SETTING, (whole: string, name: string, sign: string) =>
      isHealthPiiField(name) ? `${name}${sign}${REDACTED}` : whole,
    )
    .replaceAll(FIGURE, REDACTED)
    .replaceAll(EMAIL, REDACTED)
    .replaceAll(PLACE, REDACTED)
    .replaceAll(PHONE, REDACTED);
}
