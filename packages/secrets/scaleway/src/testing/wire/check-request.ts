import { TestingError } from '@mortise/testing';
import { Secretv1beta1 as sdk } from '@scaleway/sdk-secret';
import { isUuid } from '../../reference/scaleway-reference.ts';
import { invalidArgument } from '../store/api-refusal.ts';
import { SECRET_TYPES } from '../store/payload-type.ts';
import type { WireObject } from './to-wire.ts';

type Check = (value: unknown) => boolean;

interface Field {
  readonly isValid: Check;
  readonly isRequired?: boolean;
}

export type RequestShape = Readonly<Record<string, Field>>;

const text: Field = { isValid: (value) => typeof value === 'string' };
const flag: Field = { isValid: (value) => typeof value === 'boolean' };
const isName: Check = (value) => typeof value === 'string' && /^[A-Za-z0-9._-]{1,255}$/.test(value);
const isPath: Check = (value) =>
  typeof value === 'string' && (value === '/' || /^(?:\/[A-Za-z0-9._-]{1,255})+$/.test(value));
const isType: Check = (value) => SECRET_TYPES.some((type) => type === value) || value === 'unknown_type';
const isTags: Check = (value) => Array.isArray(value) && value.every((tag) => typeof tag === 'string');
const isDuration: Check = (value) => typeof value === 'string' && /^\d+(?:\.\d+)?s$/.test(value);
const isTime: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const isUint32: Check = (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffff_ffff;
const isBase64: Check = (value) =>
  typeof value === 'string' && /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value);
const ofShape =
  (shape: RequestShape): Check =>
  (value) => {
    assertRequest(value, shape);
    return true;
  };

const required = (isValid: Check): Field => ({ isValid, isRequired: true });
const action = required((value) => value === 'delete' || value === 'disable');

const POLICY: RequestShape = { action, expires_once_accessed: flag, time_to_live: { isValid: isDuration } };
const PROPERTIES: RequestShape = { action, expires_once_accessed: flag, expires_at: { isValid: isTime } };

export const CREATE_SECRET: RequestShape = {
  project_id: required(isUuid),
  name: required(isName),
  tags: { isValid: isTags },
  description: text,
  type: { isValid: isType },
  path: { isValid: isPath },
  ephemeral_policy: { isValid: ofShape(POLICY) },
  // The quickstart of the API leaves it out.
  protected: flag,
  key_id: { isValid: isUuid },
};

export const UPDATE_SECRET: RequestShape = {
  name: { isValid: isName },
  tags: { isValid: isTags },
  description: text,
  path: { isValid: isPath },
  ephemeral_policy: { isValid: ofShape(POLICY) },
};

export const CREATE_VERSION: RequestShape = {
  data: required(isBase64),
  description: text,
  disable_previous: flag,
  data_crc32: { isValid: isUint32 },
};

export const UPDATE_VERSION: RequestShape = {
  description: text,
  ephemeral_properties: { isValid: ofShape(PROPERTIES) },
};

export const ADD_OWNER: RequestShape = {
  product: { isValid: (value) => value === 'edge_services' || value === 's2s_vpn' },
};

export const EMPTY: RequestShape = {};

/** Every shape beside the SDK's own marshaller, whose keys are the fields of the API. */
const MARSHALLED: readonly (readonly [name: string, shape: RequestShape, fields: object])[] = [
  ['CreateSecret', CREATE_SECRET, sdk.marshalCreateSecretRequest({ name: '', protected: false }, {})],
  ['UpdateSecret', UPDATE_SECRET, sdk.marshalUpdateSecretRequest({ secretId: '' }, {})],
  ['CreateSecretVersion', CREATE_VERSION, sdk.marshalCreateSecretVersionRequest({ secretId: '', data: '' }, {})],
  ['UpdateSecretVersion', UPDATE_VERSION, sdk.marshalUpdateSecretVersionRequest({ secretId: '', revision: '' }, {})],
  ['AddSecretOwner', ADD_OWNER, sdk.marshalAddSecretOwnerRequest({ secretId: '' }, {})],
  [
    'EphemeralPolicy',
    POLICY,
    nested(sdk.marshalUpdateSecretRequest({ secretId: '', ephemeralPolicy: { action: 'delete' } }, {})),
  ],
  [
    'EphemeralProperties',
    PROPERTIES,
    nested(
      sdk.marshalUpdateSecretVersionRequest(
        { secretId: '', revision: '', ephemeralProperties: { action: 'delete' } },
        {},
      ),
    ),
  ],
];

function nested(request: Readonly<Record<string, unknown>>): object {
  return Object.values(request).find((value) => typeof value === 'object' && value !== null) ?? {};
}

/**
 * Fails where the installed SDK knows other fields than this server, so that neither drifts from the other unnoticed.
 *
 * @throws {TestingError} `SERVER_STATE`
 */
export function assertShapesMatchSdk(): void {
  for (const [name, shape, fields] of MARSHALLED) {
    const ours = Object.keys(shape).sort().join(', ');
    const theirs = Object.keys(fields).sort().join(', ');
    if (ours === theirs) continue;
    throw new TestingError('SERVER_STATE', `The installed SDK sends ${theirs} with ${name}; this server knows ${ours}`);
  }
}

/** @throws {ApiRefusal} As the service refuses an argument. Null stands for an absent field, as the Go SDK sends it. */
export function assertRequest(body: unknown, shape: RequestShape): asserts body is WireObject {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalidArgument('body', 'format');
  for (const [key, value] of Object.entries(body)) {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (field === undefined) throw invalidArgument(key, 'unknown', 'there is no such field');
    if (value !== null && !field.isValid(value)) throw invalidArgument(key, 'format');
  }
  for (const [key, { isRequired = false }] of Object.entries(shape)) {
    if (isRequired && (Reflect.get(body, key) ?? null) === null) throw invalidArgument(key, 'required');
  }
}
