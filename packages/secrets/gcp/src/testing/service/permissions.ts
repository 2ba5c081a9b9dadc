import { errorInfo, RpcError } from './rpc-error.ts';

/** What each RPC takes. See https://cloud.google.com/secret-manager/docs/access-control (read 2026-11-25). */
export const PERMISSIONS: Readonly<Record<string, string>> = {
  ListSecrets: 'secretmanager.secrets.list',
  CreateSecret: 'secretmanager.secrets.create',
  AddSecretVersion: 'secretmanager.versions.add',
  GetSecret: 'secretmanager.secrets.get',
  UpdateSecret: 'secretmanager.secrets.update',
  DeleteSecret: 'secretmanager.secrets.delete',
  ListSecretVersions: 'secretmanager.versions.list',
  GetSecretVersion: 'secretmanager.versions.get',
  AccessSecretVersion: 'secretmanager.versions.access',
  DisableSecretVersion: 'secretmanager.versions.disable',
  EnableSecretVersion: 'secretmanager.versions.enable',
  DestroySecretVersion: 'secretmanager.versions.destroy',
  SetIamPolicy: 'secretmanager.secrets.setIamPolicy',
  GetIamPolicy: 'secretmanager.secrets.getIamPolicy',
};

export interface RevokeOptions {
  /** Only for this secret: its id in the default project, or its resource name. Absent: for all. */
  readonly secret?: string;
  /** Calls of any kind that still pass before it takes effect. Default 0. */
  readonly afterCalls?: number;
}

interface Revocation {
  readonly permission: string;
  readonly key: string | undefined;
  callsLeft: number;
}

/** Everything is allowed but what a test revokes. */
export class Permissions {
  #revocations: Revocation[] = [];

  revoke(permission: string, key: string | undefined, afterCalls: number): void {
    this.#revocations.push({ permission, key, callsLeft: afterCalls });
  }

  grant(permission: string, key: string | undefined): void {
    this.#revocations = this.#revocations.filter((one) => one.permission !== permission || one.key !== key);
  }

  isGranted(permission: string, key: string): boolean {
    return !this.#revocations.some(
      (one) => one.permission === permission && one.callsLeft <= 0 && (one.key === undefined || one.key === key),
    );
  }

  /** @throws {RpcError} `PERMISSION_DENIED`. */
  check(permission: string | undefined, key: string, resource: string): void {
    if (permission !== undefined && !this.isGranted(permission, key)) {
      const message = `Permission '${permission}' denied for resource '${resource}' (or it may not exist).`;
      throw new RpcError('PERMISSION_DENIED', message, [errorInfo('IAM_PERMISSION_DENIED')]);
    }
  }

  /** Counts a call, at its end. */
  countCall(): void {
    for (const revocation of this.#revocations) revocation.callsLeft -= 1;
  }
}
