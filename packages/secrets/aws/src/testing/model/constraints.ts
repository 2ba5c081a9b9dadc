import { ServiceError } from '../service-error.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Lengths and ranges of the request parameters, which the SDK's schemas do not carry. By name, since each name has one
 * meaning in this service.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html ("Request Parameters")
 */
const LENGTHS: Readonly<Record<string, Range>> = {
  SecretId: { min: 1, max: 2048 },
  Name: { min: 1, max: 512 },
  ClientRequestToken: { min: 32, max: 64 },
  VersionId: { min: 32, max: 64 },
  MoveToVersionId: { min: 32, max: 64 },
  RemoveFromVersionId: { min: 32, max: 64 },
  VersionStage: { min: 1, max: 256 },
  VersionStages: { min: 1, max: 20 },
  Description: { min: 0, max: 2048 },
  KmsKeyId: { min: 0, max: 2048 },
  SecretString: { min: 1, max: 65_536 },
  SecretBinary: { min: 1, max: 65_536 },
  SecretIdList: { min: 1, max: 20 },
  NextToken: { min: 1, max: 4096 },
  Filters: { min: 0, max: 10 },
  ExcludeCharacters: { min: 0, max: 4096 },
};
const ITEM_LENGTHS: Readonly<Record<string, Range>> = {
  VersionStages: { min: 1, max: 256 },
  SecretIdList: { min: 1, max: 2048 },
  TagKeys: { min: 1, max: 128 },
};
const RANGES: Readonly<Record<string, Range>> = {
  MaxResults: { min: 1, max: 100 },
  PasswordLength: { min: 1, max: 4096 },
};
const TAG: Readonly<Record<string, Range>> = { Key: { min: 1, max: 128 }, Value: { min: 0, max: 256 } };

/**
 * Checks what the documentation says about each parameter of a decoded input.
 *
 * @throws {ServiceError} `ValidationException`; its message names the parameter, never its value.
 */
export function checkConstraints(input: object): void {
  for (const [name, value] of Object.entries(input)) {
    checkLength(name, value, LENGTHS[name]);
    if (typeof value === 'number') checkRange(name, value, RANGES[name]);
    if (!Array.isArray(value)) continue;
    for (const item of value) {
      checkLength(name, item, ITEM_LENGTHS[name]);
      if (name === 'Tags') checkTag(item);
    }
  }
}

function checkTag(tag: unknown): void {
  if (typeof tag !== 'object' || tag === null) return;
  for (const [key, value] of Object.entries(tag)) checkLength(`Tags.${key}`, value, TAG[key]);
}

function checkLength(name: string, value: unknown, range: Range | undefined): void {
  if (range === undefined || (typeof value !== 'string' && !Array.isArray(value) && !(value instanceof Uint8Array)))
    return;
  if (value.length < range.min) throw violated(name, `length greater than or equal to ${range.min}`);
  if (value.length > range.max) throw violated(name, `length less than or equal to ${range.max}`);
}

function checkRange(name: string, value: number, range: Range | undefined): void {
  if (range === undefined) return;
  if (value < range.min) throw violated(name, `value greater than or equal to ${range.min}`);
  if (value > range.max) throw violated(name, `value less than or equal to ${range.max}`);
}

function violated(name: string, constraint: string): ServiceError {
  const parameter = name.charAt(0).toLowerCase() + name.slice(1);
  return new ServiceError(
    'ValidationException',
    `1 validation error detected: Value at '${parameter}' failed to satisfy constraint: Member must have ${constraint}`,
  );
}
