import { Secretv1beta1 as sdk } from '@scaleway/sdk-secret';
import { SECRET_TYPES } from '../store/payload-type.ts';
import type { StoredSecret } from '../store/stored-secret.ts';
import { ADD_OWNER, CREATE_SECRET, EMPTY, UPDATE_SECRET } from './check-request.ts';
import { Fields } from './fields.ts';
import type { Operation, OperationInput } from './operation.ts';
import type { Query } from './query.ts';
import { toWireItem, toWireSecret } from './to-wire.ts';

const ORDERS = [
  'name_asc',
  'name_desc',
  'created_at_asc',
  'created_at_desc',
  'updated_at_asc',
  'updated_at_desc',
] as const;

/** The operations on secrets as a whole. */
export const secretOperations: readonly Operation[] = [
  {
    name: 'createSecret',
    method: 'POST',
    path: '/secrets',
    action: 'write',
    shape: CREATE_SECRET,
    unmarshal: sdk.unmarshalSecret,
    run: ({ store, region, body, now }) => {
      const fields = new Fields(body);
      const created = store.create(
        {
          region,
          projectId: fields.text('project_id') ?? '',
          name: fields.text('name') ?? '',
          path: fields.text('path') ?? '/',
          description: fields.text('description') ?? '',
          tags: fields.texts('tags') ?? [],
          type: fields.secretType(),
          isProtected: fields.flag('protected') ?? false,
          policy: fields.policy(),
          keyId: fields.text('key_id'),
        },
        now,
      );
      return toWireSecret(created);
    },
  },
  {
    name: 'listSecrets',
    method: 'GET',
    path: '/secrets',
    action: 'read',
    unmarshal: sdk.unmarshalListSecretsResponse,
    run: ({ store, region, query }) => {
      query.uuid('organization_id');
      const order = query.oneOf('order_by', ORDERS) ?? 'name_asc';
      const matches = store.inRegion(region).filter(secretFilter(query)).sort(compareBy(order));
      const { items, totalCount } = query.page(matches);
      return { secrets: items.map(toWireSecret), total_count: totalCount };
    },
  },
  {
    name: 'browseSecrets',
    method: 'GET',
    path: '/secrets/browse',
    action: 'read',
    unmarshal: sdk.unmarshalBrowseSecretsResponse,
    run: browse,
  },
  {
    name: 'getSecret',
    method: 'GET',
    path: '/secrets/{id}',
    action: 'read',
    unmarshal: sdk.unmarshalSecret,
    run: ({ store, region, secretId }) => toWireSecret(store.byId(region, secretId)),
  },
  {
    name: 'updateSecret',
    method: 'PATCH',
    path: '/secrets/{id}',
    action: 'write',
    shape: UPDATE_SECRET,
    unmarshal: sdk.unmarshalSecret,
    run: ({ store, region, secretId, body, now }) => {
      const secret = store.byId(region, secretId);
      secret.assertUsable();
      const { properties } = secret;
      const fields = new Fields(body);
      const { name = properties.name, path = properties.path } = {
        name: fields.text('name'),
        path: fields.text('path'),
      };
      store.move(secret, { name, path }, now);
      properties.tags = fields.texts('tags') ?? properties.tags;
      properties.description = fields.text('description') ?? properties.description;
      properties.policy = fields.policy() ?? properties.policy;
      return toWireSecret(secret);
    },
  },
  {
    name: 'deleteSecret',
    method: 'DELETE',
    path: '/secrets/{id}',
    action: 'delete',
    run: ({ store, region, secretId, now }) => {
      store.delete(store.byId(region, secretId), now);
      return undefined;
    },
  },
  {
    name: 'restoreSecret',
    method: 'POST',
    path: '/secrets/{id}/restore',
    action: 'write',
    shape: EMPTY,
    unmarshal: sdk.unmarshalSecret,
    run: ({ store, region, secretId, now }) => {
      const secret = store.byId(region, secretId);
      store.restore(secret, now);
      return toWireSecret(secret);
    },
  },
  protection('protectSecret', 'protect', true),
  protection('unprotectSecret', 'unprotect', false),
  {
    name: 'addSecretOwner',
    method: 'POST',
    path: '/secrets/{id}/add-owner',
    action: 'write',
    shape: ADD_OWNER,
    run: ({ store, region, secretId, body }) => {
      const secret = store.byId(region, secretId);
      secret.assertUsable();
      const product = new Fields(body).text('product');
      if (product !== undefined) secret.usedBy = [...new Set([...secret.usedBy, product])];
      return undefined;
    },
  },
  {
    name: 'listTags',
    method: 'GET',
    path: '/tags',
    action: 'read',
    unmarshal: sdk.unmarshalListTagsResponse,
    run: ({ store, region, query }) => {
      const projectId = query.uuid('project_id');
      const secrets = store.inRegion(region).filter(({ properties }) => isIn(projectId, properties.projectId));
      const tags = [...new Set(secrets.flatMap(({ properties }) => properties.tags))].sort();
      const { items, totalCount } = query.page(tags);
      return { tags: items, total_count: totalCount };
    },
  },
  {
    name: 'listSecretTypes',
    method: 'GET',
    path: '/secret-types',
    action: 'read',
    unmarshal: sdk.unmarshalListSecretTypesResponse,
    run: ({ query }) => {
      query.uuid('project_id');
      const { items, totalCount } = query.page(SECRET_TYPES);
      return { types: items, total_count: totalCount };
    },
  },
];

function protection(name: 'protectSecret' | 'unprotectSecret', verb: string, isProtected: boolean): Operation {
  return {
    name,
    method: 'POST',
    path: `/secrets/{id}/${verb}`,
    action: 'write',
    shape: EMPTY,
    unmarshal: sdk.unmarshalSecret,
    run: ({ store, region, secretId }) => {
      const secret = store.byId(region, secretId);
      secret.assertUsable();
      secret.properties.isProtected = isProtected;
      return toWireSecret(secret);
    },
  };
}

function browse({ store, region, query }: OperationInput): Readonly<Record<string, unknown>> {
  const prefix = query.text('prefix') ?? '/';
  const order = query.oneOf('order_by', ORDERS) ?? 'name_asc';
  const projectId = query.uuid('project_id');
  const tags = query.texts('tags');
  const type = query.oneOf('type', ['unknown_type', ...SECRET_TYPES]);
  const below = prefix === '/' ? '/' : `${prefix}/`;
  const visible = store
    .inRegion(region)
    .filter(({ deletionRequestedAt }) => deletionRequestedAt === undefined)
    .filter(({ properties }) => isIn(projectId, properties.projectId) && isOfType(type, properties.type))
    .filter(({ properties }) => tags.every((tag) => properties.tags.includes(tag)));
  const folders = visible
    .filter(({ properties }) => properties.path !== prefix && properties.path.startsWith(below))
    .map(({ properties }) => properties.path.slice(below.length).split('/', 1)[0] ?? '');
  const secrets = visible.filter(({ properties }) => properties.path === prefix).sort(compareBy(order));
  const { items, totalCount } = query.page([...[...new Set(folders)].sort(), ...secrets]);
  return { items: items.map(toWireItem), current_path: prefix, total_count: totalCount };
}

function secretFilter(query: Query): (secret: StoredSecret) => boolean {
  const [name, path] = [query.text('name'), query.text('path')];
  const projectId = query.uuid('project_id');
  const tags = query.texts('tags');
  const type = query.oneOf('type', ['unknown_type', ...SECRET_TYPES]);
  const isEphemeral = query.flag('ephemeral');
  const isScheduled = query.flag('scheduled_for_deletion') ?? false;
  return ({ properties, deletionRequestedAt }) =>
    isIn(name, properties.name) &&
    isIn(path, properties.path) &&
    isIn(projectId, properties.projectId) &&
    isOfType(type, properties.type) &&
    tags.every((tag) => properties.tags.includes(tag)) &&
    (isEphemeral === undefined || isEphemeral === (properties.policy !== undefined)) &&
    isScheduled === (deletionRequestedAt !== undefined);
}

function isIn(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted === value;
}

/** The Go SDK sends `unknown_type` for no filter. */
function isOfType(wanted: string | undefined, type: string): boolean {
  return wanted === 'unknown_type' || isIn(wanted, type);
}

function compareBy(order: (typeof ORDERS)[number]): (one: StoredSecret, other: StoredSecret) => number {
  const sign = order.endsWith('_desc') ? -1 : 1;
  const keyOf = (secret: StoredSecret): string | number =>
    order.startsWith('name')
      ? secret.properties.name
      : order.startsWith('created')
        ? secret.properties.createdAt
        : secret.updatedAt;
  return (one, other) => {
    const [left, right] = [keyOf(one), keyOf(other)];
    return left === right ? 0 : left < right ? -sign : sign;
  };
}
