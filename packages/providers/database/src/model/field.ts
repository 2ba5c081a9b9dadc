/** A column of a result. */
export interface DatabaseField {
  readonly name: string;
  /** Type in the database's own words, such as `int8`. Absent: the driver knows only its number (see `typeId`). */
  readonly typeName?: string;
  /** Number of the type in the database's catalogue. */
  readonly typeId?: number;
  /** Absent: not told. */
  readonly nullable?: boolean;
}
