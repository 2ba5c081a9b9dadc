import { findSecretShapes } from './secret-shapes.ts';
import { TextRanges } from './text-ranges.ts';

/**
 * A URL that can be logged: user info and the values of signature, token, key, code and password parameters are
 * replaced by `[redacted]`, their names kept. Works on text that is no valid URL, too.
 */
export function redactUrl(url: string | URL): string {
  const text = String(url);
  const ranges = new TextRanges();
  findSecretShapes(text, ranges);
  return ranges.applyTo(text);
}
