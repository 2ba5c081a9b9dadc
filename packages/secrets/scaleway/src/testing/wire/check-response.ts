import { isUuid } from '../../reference/scaleway-reference.ts';

type Unmarshal = (data: unknown) => unknown;

const isText = (value: unknown): boolean => typeof value === 'string';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isTime = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isList = (value: unknown): boolean => Array.isArray(value) && value.every(isObject);
const orNull =
  (isValid: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === null || isValid(value);

/** Types of every field of every answer, by the SDK's declarations. A name means the same wherever it stands. */
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  action: isText,
  created_at: orNull(isTime),
  current_path: isText,
  data: isText,
  data_crc32: orNull(isCount),
  deleted_at: orNull(isTime),
  deletion_requested_at: orNull(isTime),
  description: orNull(isText),
  ephemeral_policy: orNull(isObject),
  ephemeral_properties: orNull(isObject),
  expires_at: orNull(isTime),
  expires_once_accessed: orNull(isFlag),
  folder: orNull(isObject),
  id: isUuid,
  items: isList,
  key_id: orNull(isText),
  latest: isFlag,
  managed: isFlag,
  name: isText,
  path: isText,
  project_id: isUuid,
  protected: isFlag,
  region: isText,
  revision: isCount,
  secret: orNull(isObject),
  secret_id: isUuid,
  secrets: isList,
  status: isText,
  tags: isTexts,
  time_to_live: orNull(isText),
  total_count: isCount,
  type: isText,
  types: isTexts,
  updated_at: orNull(isTime),
  used_by: isTexts,
  version_count: isCount,
  versions: isList,
};

/**
 * What is wrong with an answer of the server, by the SDK: it is read with the SDK's own unmarshaller, which tells the
 * fields that the API has (it reads no others) from those that it has not.
 */
export function findResponseFaults(body: unknown, unmarshal: Unmarshal): string[] {
  const faults: string[] = [];
  /** By object, since an unmarshaller may look at one twice. */
  const watched = new Map<object, { readonly path: string; readonly read: Set<string>; readonly proxy: object }>();
  const watch = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown, index) => watch(item, `${path}[${index}]`));
    if (typeof value !== 'object' || value === null) return value;
    const known = watched.get(value);
    if (known !== undefined) return known.proxy;
    const read = new Set<string>();
    const proxy = new Proxy(value, {
      get: (target, key): unknown => {
        if (typeof key !== 'string') return Reflect.get(target, key);
        read.add(key);
        return watch(Reflect.get(target, key), `${path}.${key}`);
      },
    });
    watched.set(value, { path, read, proxy });
    return proxy;
  };
  try {
    unmarshal(watch(body, '$'));
  } catch (error) {
    return [`the SDK cannot read it: ${error instanceof Error ? error.message : String(error)}`];
  }
  for (const [source, { path, read }] of watched) {
    for (const [key, value] of Object.entries(source)) {
      if (!read.has(key)) faults.push(`${path}.${key} is no field of the API`);
      else if (TYPES[key]?.(value) !== true) faults.push(`${path}.${key} has the wrong type`);
    }
    for (const key of read) if (!(key in source)) faults.push(`${path}.${key} is missing`);
  }
  return faults;
}
