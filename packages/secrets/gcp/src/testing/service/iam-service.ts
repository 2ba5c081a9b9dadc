import type { protos } from '@google-cloud/secret-manager';
import { RpcError } from './rpc-error.ts';
import { findSecret, type ServiceContext } from './service-context.ts';
import { parseResource } from '../store/resource-key.ts';

type Policy = protos.google.iam.v1.IPolicy;

/** The policy is kept and given back. What is allowed is decided by `revoke` and `grant` of the server alone. */
export function setIamPolicy(context: ServiceContext, request: protos.google.iam.v1.ISetIamPolicyRequest): Policy {
  const { secret } = findSecret(context, request.resource);
  const etag = Buffer.from(request.policy?.etag ?? '');
  if (etag.length > 0 && !etag.equals(Buffer.from(secret.policy.etag ?? ''))) {
    throw new RpcError('ABORTED', 'There were concurrent policy changes. Please retry the whole read-modify-write.');
  }
  secret.policy = { ...request.policy, etag: Buffer.from(context.store.nextEtag()) };
  return secret.policy;
}

export function getIamPolicy(context: ServiceContext, request: protos.google.iam.v1.IGetIamPolicyRequest): Policy {
  return findSecret(context, request.resource).secret.policy;
}

/** No permissions, rather than an error, for a secret that is not there. */
export function testIamPermissions(
  context: ServiceContext,
  request: protos.google.iam.v1.ITestIamPermissionsRequest,
): protos.google.iam.v1.ITestIamPermissionsResponse {
  const key = context.projects.keyOf(parseResource(request.resource, 'secret'));
  if (context.store.get(key) === undefined) return { permissions: [] };
  return { permissions: (request.permissions ?? []).filter((permission) => context.isGranted(permission, key)) };
}
