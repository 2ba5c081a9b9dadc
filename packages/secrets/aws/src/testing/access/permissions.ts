import { ServiceError } from '../service-error.ts';

/** What is refused from now on. */
export interface Revocation {
  /** Such as `secretsmanager:PutSecretValue`, `kms:Decrypt` or `kms:GenerateDataKey`; `*` for everything. */
  readonly action: string;
  /** Name of the only secret that it is refused for. Absent: all of them. */
  readonly secret?: string;
  /** Calls that still pass. Default 0. */
  readonly afterCalls?: number;
}

/** Who may do what. Everything is allowed until it is revoked. */
export class Permissions {
  readonly #revoked: { readonly rule: Revocation; passing: number }[] = [];

  /** @returns Grants again what this revoked. */
  revoke(rule: Revocation): () => void {
    const entry = { rule, passing: rule.afterCalls ?? 0 };
    this.#revoked.push(entry);
    return () => {
      const index = this.#revoked.indexOf(entry);
      if (index >= 0) this.#revoked.splice(index, 1);
    };
  }

  /** @throws {ServiceError} `AccessDeniedException`. */
  check(action: string, secret: string, principal: string): void {
    for (const entry of this.#revoked) {
      const { rule } = entry;
      const isMeant = rule.action === '*' ? action.startsWith('secretsmanager:') : rule.action === action;
      if (!isMeant || (rule.secret !== undefined && rule.secret !== secret)) continue;
      if (entry.passing > 0) {
        entry.passing -= 1;
        continue;
      }
      if (action.startsWith('kms:')) throw new ServiceError('AccessDeniedException', 'Access to KMS is not allowed');
      throw new ServiceError(
        'AccessDeniedException',
        `User: ${principal} is not authorized to perform: ${action} on resource: ${secret} because no identity-based policy allows the ${action} action`,
      );
    }
  }
}
