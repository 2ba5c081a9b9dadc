import type { protos, SecretManagerServiceClient } from '@google-cloud/secret-manager';

type V1<Name extends keyof Messages> = Messages[Name];

/** Options of the SDK's client: `credentials`, `keyFilename`, `fallback`, `apiEndpoint` and so on. */
export type GcpClientOptions = NonNullable<ConstructorParameters<typeof SecretManagerServiceClient>[0]>;

/** Options of one call of the SDK. */
export type GcpCallOptions = NonNullable<Parameters<SecretManagerServiceClient['listSecretsAsync']>[1]>;

/** How a new global secret is replicated: `{ automatic: {} }` or `{ userManaged: { replicas: [{ location }] } }`. */
export type GcpReplication = protos.google.cloud.secretmanager.v1.IReplication;

export type GcpSecret = protos.google.cloud.secretmanager.v1.ISecret;
type GcpSecretVersion = protos.google.cloud.secretmanager.v1.ISecretVersion;

interface Messages {
  Access: protos.google.cloud.secretmanager.v1.IAccessSecretVersionRequest;
  Accessed: protos.google.cloud.secretmanager.v1.IAccessSecretVersionResponse;
  Add: protos.google.cloud.secretmanager.v1.IAddSecretVersionRequest;
  Create: protos.google.cloud.secretmanager.v1.ICreateSecretRequest;
  Get: protos.google.cloud.secretmanager.v1.IGetSecretRequest;
  Update: protos.google.cloud.secretmanager.v1.IUpdateSecretRequest;
  Delete: protos.google.cloud.secretmanager.v1.IDeleteSecretRequest;
  List: protos.google.cloud.secretmanager.v1.IListSecretVersionsRequest;
  Listed: protos.google.cloud.secretmanager.v1.IListSecretVersionsResponse;
  GetVersion: protos.google.cloud.secretmanager.v1.IGetSecretVersionRequest;
  Disable: protos.google.cloud.secretmanager.v1.IDisableSecretVersionRequest;
  Destroy: protos.google.cloud.secretmanager.v1.IDestroySecretVersionRequest;
}

/** What the provider uses of the SDK's `SecretManagerServiceClient`, which fits. */
export interface GcpSecretManagerClient {
  accessSecretVersion(
    request: V1<'Access'>,
    options?: GcpCallOptions,
  ): Promise<readonly [V1<'Accessed'>, ...unknown[]]>;
  addSecretVersion(request: V1<'Add'>, options?: GcpCallOptions): Promise<readonly [GcpSecretVersion, ...unknown[]]>;
  createSecret(request: V1<'Create'>, options?: GcpCallOptions): Promise<readonly [GcpSecret, ...unknown[]]>;
  getSecret(request: V1<'Get'>, options?: GcpCallOptions): Promise<readonly [GcpSecret, ...unknown[]]>;
  updateSecret(request: V1<'Update'>, options?: GcpCallOptions): Promise<readonly [GcpSecret, ...unknown[]]>;
  deleteSecret(request: V1<'Delete'>, options?: GcpCallOptions): Promise<readonly unknown[]>;
  listSecretVersions(
    request: V1<'List'>,
    options?: GcpCallOptions,
  ): Promise<readonly [GcpSecretVersion[], V1<'List'> | null, V1<'Listed'>]>;
  getSecretVersion(
    request: V1<'GetVersion'>,
    options?: GcpCallOptions,
  ): Promise<readonly [GcpSecretVersion, ...unknown[]]>;
  disableSecretVersion(
    request: V1<'Disable'>,
    options?: GcpCallOptions,
  ): Promise<readonly [GcpSecretVersion, ...unknown[]]>;
  destroySecretVersion(
    request: V1<'Destroy'>,
    options?: GcpCallOptions,
  ): Promise<readonly [GcpSecretVersion, ...unknown[]]>;
  /** The project of the credentials, for references that name none. */
  getProjectId?(): Promise<string>;
  /** Finds credentials. Called before the first call, because the SDK leaves a failure in it unhandled. */
  initialize?(): Promise<unknown>;
  close?(): Promise<void>;
}
