/** The fields of a record that are there; `undefined` ones are left out, so that absence stays absence. */
export function pickDefined<Source extends object, Name extends keyof Source>(
  source: Source,
  names: readonly Name[],
): { [Key in Name]?: Exclude<Source[Key], undefined> } {
  const picked: { [Key in Name]?: Exclude<Source[Key], undefined> } = {};
  for (const name of names) {
    const value = source[name];
    if (isDefined(value)) picked[name] = value;
  }
  return picked;
}

function isDefined<Value>(value: Value): value is Exclude<Value, undefined> {
  return value !== undefined;
}
