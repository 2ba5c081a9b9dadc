import { GcpSecretServerError } from '../gcp-secret-server-error.ts';
import { gax, type MessageType, SERVICE_PROTOS, type ServiceMethod } from './sdk-modules.ts';

/** One way in which an RPC is reached over HTTP. */
export interface HttpRule {
  /** Upper case. */
  readonly method: string;
  /** Such as `/v1/{name=projects/*\/secrets/*}:access`. */
  readonly template: string;
  /** `*`: the whole request; else the field that the body is. Absent: everything stands in the path and query. */
  readonly body: string | undefined;
}

/** An RPC as Google's protos describe it. */
export interface RpcModel {
  /** Such as `AccessSecretVersion`. */
  readonly name: string;
  readonly request: MessageType;
  readonly response: MessageType;
  readonly rules: readonly HttpRule[];
}

export const SERVICE_NAME = 'google.cloud.secretmanager.v1.SecretManagerService';

let model: ReadonlyMap<string, RpcModel> | undefined;

/** Every RPC of the service by its name, read from the protos in the SDK's package at the first use. */
export function serviceModel(): ReadonlyMap<string, RpcModel> {
  model ??= readModel();
  return model;
}

function readModel(): ReadonlyMap<string, RpcModel> {
  const root = gax.protobuf.Root.fromJSON(SERVICE_PROTOS);
  root.resolveAll();
  const models = root.lookupService(SERVICE_NAME).methodsArray.map((method): RpcModel => {
    method.resolve();
    const { resolvedRequestType: request, resolvedResponseType: response } = method;
    if (request === null || response === null) {
      throw new GcpSecretServerError(
        'MODEL_VIOLATION',
        `The protos do not define what ${method.name} takes or answers`,
      );
    }
    return { name: method.name, request, response, rules: readRules(method) };
  });
  return new Map(models.map((rpc) => [rpc.name, rpc]));
}

const VERBS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface RawRule {
  readonly [key: string]: unknown;
  readonly body?: string;
  readonly additional_bindings?: RawRule | readonly RawRule[];
}

function readRules(method: ServiceMethod): HttpRule[] {
  const options: readonly Readonly<Record<string, RawRule | undefined>>[] = method.parsedOptions ?? [];
  return options.flatMap((option) => {
    const rule = option['(google.api.http)'];
    if (rule === undefined) return [];
    return [rule, ...[rule.additional_bindings ?? []].flat()].flatMap(toHttpRule);
  });
}

function toHttpRule(rule: RawRule): HttpRule[] {
  return VERBS.flatMap((verb) => {
    const template = rule[verb];
    return typeof template === 'string' ? [{ method: verb.toUpperCase(), template, body: rule.body }] : [];
  });
}
