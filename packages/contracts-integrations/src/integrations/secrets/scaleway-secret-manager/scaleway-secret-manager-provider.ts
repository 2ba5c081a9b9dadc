import { SecretProviderError } from '@mortise/secrets';
import {
  type ScalewaySecretManagerOptions,
  ScalewaySecretManagerProvider as StrictProvider,
} from '@mortise/secrets-scaleway';

/**
 * Secrets in Scaleway Secret Manager. One without a token can be made, as it always could; its calls are refused.
 *
 * @throws {SecretProviderError} `UNAUTHENTICATED` from each call where there is no token.
 */
export class ScalewaySecretManagerProvider extends StrictProvider {
  constructor(options: ScalewaySecretManagerOptions = {}) {
    super(hasToken(options) ? options : { ...options, token: refuse });
  }
}

function hasToken({ token, client, env }: ScalewaySecretManagerOptions): boolean {
  if (token !== undefined || client !== undefined) return true;
  const variables = env ?? process.env;
  return [variables['SCW_SECRET_KEY'], variables['SCALEWAY_SECRET_KEY']].some((key) => key !== undefined && key !== '');
}

function refuse(): never {
  throw new SecretProviderError({
    code: 'UNAUTHENTICATED',
    message: 'Scaleway needs a token: give `token`, or set SCW_SECRET_KEY or SCALEWAY_SECRET_KEY',
    provider: 'scaleway-secret-manager',
    reference: '',
  });
}
