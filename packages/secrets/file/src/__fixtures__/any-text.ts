import * as fc from 'fast-check';

const codePoint = fc.oneof(
  fc.integer({ min: 0x20, max: 0x7e }),
  fc.integer({ min: 0, max: 0xd7ff }),
  fc.integer({ min: 0xe000, max: 0x10ffff }),
);

/** Any well-formed text. Made from code points, because building `fc.string({ unit: 'binary' })` takes over a second. */
export function anyText(limits: { readonly minLength?: number; readonly maxLength: number }): fc.Arbitrary<string> {
  return fc.array(codePoint, limits).map((points) => String.fromCodePoint(...points));
}
