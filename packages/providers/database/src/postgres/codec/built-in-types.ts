/** What each built-in type is read as; `text` is handed over as it comes. */
export type PostgresTypeKind =
  | 'bool'
  | 'bytea'
  | 'float'
  | 'int'
  | 'int8'
  | 'json'
  | 'numeric'
  | 'text'
  | 'timestamptz';

interface BuiltInType {
  readonly name: string;
  readonly kind: PostgresTypeKind;
  /** Number of the type, and of the array of it. */
  readonly ids: readonly [typeId: number, arrayTypeId: number];
}

function type(name: string, typeId: number, arrayTypeId: number, kind: PostgresTypeKind = 'text'): BuiltInType {
  return { name, kind, ids: [typeId, arrayTypeId] };
}

/** Taken from `pg_type` of PostgreSQL 18, whose numbers for built-in types never change. */
export const BUILT_IN_TYPES: readonly BuiltInType[] = [
  type('bool', 16, 1000, 'bool'),
  type('bytea', 17, 1001, 'bytea'),
  type('char', 18, 1002),
  type('name', 19, 1003),
  type('int8', 20, 1016, 'int8'),
  type('int2', 21, 1005, 'int'),
  type('int4', 23, 1007, 'int'),
  type('text', 25, 1009),
  type('oid', 26, 1028, 'int'),
  type('json', 114, 199, 'json'),
  type('float4', 700, 1021, 'float'),
  type('float8', 701, 1022, 'float'),
  type('money', 790, 791),
  type('cidr', 650, 651),
  type('macaddr', 829, 1040),
  type('inet', 869, 1041),
  type('bpchar', 1042, 1014),
  type('varchar', 1043, 1015),
  type('date', 1082, 1182),
  type('time', 1083, 1183),
  type('timestamp', 1114, 1115),
  type('timestamptz', 1184, 1185, 'timestamptz'),
  type('interval', 1186, 1187),
  type('timetz', 1266, 1270),
  type('bit', 1560, 1561),
  type('varbit', 1562, 1563),
  type('numeric', 1700, 1231, 'numeric'),
  type('uuid', 2950, 2951),
  type('jsonb', 3802, 3807, 'json'),
  type('int4range', 3904, 3905),
  type('numrange', 3906, 3907),
  type('tsrange', 3908, 3909),
  type('tstzrange', 3910, 3911),
  type('daterange', 3912, 3913),
  type('int8range', 3926, 3927),
];

const VOID_ID = 2278;

/** Names by number; an array is written like `int4[]`. */
const NAME_BY_ID: ReadonlyMap<number, string> = new Map([
  [VOID_ID, 'void'],
  ...BUILT_IN_TYPES.map(({ name, ids }): [number, string] => [ids[0], name]),
  ...BUILT_IN_TYPES.map(({ name, ids }): [number, string] => [ids[1], `${name}[]`]),
]);

/** Name of a built-in type; undefined for a type that was made in the database, such as an enum. */
export function builtInTypeName(typeId: number): string | undefined {
  return NAME_BY_ID.get(typeId);
}

/** Numbers of all built-in types that are known here, arrays included. */
export const BUILT_IN_TYPE_IDS: readonly number[] = BUILT_IN_TYPES.flatMap(({ ids }) => ids);
