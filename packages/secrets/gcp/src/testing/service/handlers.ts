import { protos } from '@google-cloud/secret-manager';
import { getIamPolicy, setIamPolicy, testIamPermissions } from './iam-service.ts';
import { createSecret, deleteSecret, getSecret, listSecrets, updateSecret } from './secret-service.ts';
import type { ServiceContext } from './service-context.ts';
import {
  accessSecretVersion,
  addSecretVersion,
  destroySecretVersion,
  disableSecretVersion,
  enableSecretVersion,
  getSecretVersion,
  listSecretVersions,
} from './version-service.ts';

const { v1 } = protos.google.cloud.secretmanager;
const iam = protos.google.iam.v1;

/** Names the resource that a request is about, and answers it. */
export interface Handler {
  resourceOf(request: Uint8Array): string;
  handle(context: ServiceContext, request: Uint8Array): object;
}

interface MessageClass<Message> {
  decode(bytes: Uint8Array): Message;
}

function handler<Message>(
  message: MessageClass<Message>,
  resourceOf: (request: Message) => string | null | undefined,
  handle: (context: ServiceContext, request: Message) => object,
): Handler {
  return {
    resourceOf: (bytes) => resourceOf(message.decode(bytes)) ?? '',
    handle: (context, bytes) => handle(context, message.decode(bytes)),
  };
}

/** The RPCs that this server answers. What is not here is `UNIMPLEMENTED`: the rotation that Google manages itself. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  ListSecrets: handler(v1.ListSecretsRequest, ({ parent }) => parent, listSecrets),
  CreateSecret: handler(v1.CreateSecretRequest, ({ parent }) => parent, createSecret),
  AddSecretVersion: handler(v1.AddSecretVersionRequest, ({ parent }) => parent, addSecretVersion),
  GetSecret: handler(v1.GetSecretRequest, ({ name }) => name, getSecret),
  UpdateSecret: handler(v1.UpdateSecretRequest, ({ secret }) => secret?.name, updateSecret),
  DeleteSecret: handler(v1.DeleteSecretRequest, ({ name }) => name, deleteSecret),
  ListSecretVersions: handler(v1.ListSecretVersionsRequest, ({ parent }) => parent, listSecretVersions),
  GetSecretVersion: handler(v1.GetSecretVersionRequest, ({ name }) => name, getSecretVersion),
  AccessSecretVersion: handler(v1.AccessSecretVersionRequest, ({ name }) => name, accessSecretVersion),
  DisableSecretVersion: handler(v1.DisableSecretVersionRequest, ({ name }) => name, disableSecretVersion),
  EnableSecretVersion: handler(v1.EnableSecretVersionRequest, ({ name }) => name, enableSecretVersion),
  DestroySecretVersion: handler(v1.DestroySecretVersionRequest, ({ name }) => name, destroySecretVersion),
  SetIamPolicy: handler(iam.SetIamPolicyRequest, ({ resource }) => resource, setIamPolicy),
  GetIamPolicy: handler(iam.GetIamPolicyRequest, ({ resource }) => resource, getIamPolicy),
  TestIamPermissions: handler(iam.TestIamPermissionsRequest, ({ resource }) => resource, testIamPermissions),
};
