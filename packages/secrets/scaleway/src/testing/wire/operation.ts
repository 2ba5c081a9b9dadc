import type { SecretStore } from '../store/secret-store.ts';
import type { Query } from './query.ts';
import type { RequestShape } from './check-request.ts';

/** Named as the methods of the SDK. */
export type ScalewaySecretOperation =
  | 'accessSecretVersion'
  | 'accessSecretVersionByPath'
  | 'addSecretOwner'
  | 'browseSecrets'
  | 'createSecret'
  | 'createSecretVersion'
  | 'deleteSecret'
  | 'deleteSecretVersion'
  | 'disableSecretVersion'
  | 'enableSecretVersion'
  | 'getSecret'
  | 'getSecretVersion'
  | 'listSecretTypes'
  | 'listSecretVersions'
  | 'listSecrets'
  | 'listTags'
  | 'protectSecret'
  | 'restoreSecret'
  | 'restoreSecretVersion'
  | 'unprotectSecret'
  | 'updateSecret'
  | 'updateSecretVersion';

/** What a request comes to once it is routed, let in and checked. */
export interface OperationInput {
  readonly store: SecretStore;
  readonly region: string;
  /** Ids and revisions in the path; empty where the path has none. */
  readonly secretId: string;
  readonly revision: string;
  readonly query: Query;
  /** Checked against the shape. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly now: number;
}

export interface Operation {
  readonly name: ScalewaySecretOperation;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/secret-manager/v1beta1/regions/{region}`; `{id}` and `{revision}` stand for one segment. */
  readonly path: string;
  /** What a denied permission is called. */
  readonly action: 'read' | 'write' | 'delete' | 'access';
  /** Absent: the request has no body. */
  readonly shape?: RequestShape;
  /** How the SDK reads the answer. Absent: status 204 without a body. */
  readonly unmarshal?: (data: unknown) => unknown;
  run(input: OperationInput): Readonly<Record<string, unknown>> | undefined;
}
