import type { SecretDeleteOptions, SecretReference } from '@mortise/secrets';
import { AwsSecretsManagerProvider as OneMonthProvider } from '@mortise/secrets-aws';

const RECOVERY_WINDOW_DAYS = 7;

/** Secrets in AWS Secrets Manager, with the established window of 7 days in which a deletion can be undone. */
export class AwsSecretsManagerProvider extends OneMonthProvider {
  /** Schedules the deletion for 7 days from now, unless the options say otherwise. */
  override async deleteSecret(reference: SecretReference, options: SecretDeleteOptions = {}): Promise<void> {
    const window = options.force === true ? {} : { recoveryWindowDays: RECOVERY_WINDOW_DAYS };
    return super.deleteSecret(reference, { ...window, ...options });
  }
}
