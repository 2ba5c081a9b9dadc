import { isRegion } from './region.ts';

/** Letters that a secret's name may have. An ARN has them too, in its last part. */
const NAME = /^[A-Za-z0-9/_+=.@-]{1,512}$/;
const ARN =
  /^arn:aws(?:-[a-z]+)*:secretsmanager:(?<region>[a-z0-9-]+):(?<account>\d{12}):secret:(?<resource>[A-Za-z0-9/_+=.@-]{1,519})$/;

/** What an ARN of a secret says, in any partition: `aws`, `aws-cn`, `aws-us-gov`, `aws-iso`, `aws-eusc`… */
export interface SecretArn {
  readonly region: string;
  readonly account: string;
  /** The name, with the hyphen and six characters that AWS adds to it unless the ARN is a partial one. */
  readonly resource: string;
}

/** Takes an ARN of a secret apart; `undefined` for whatever is none. */
export function parseSecretArn(text: string): SecretArn | undefined {
  const { region = '', account = '', resource = '' } = ARN.exec(text)?.groups ?? {};
  return isRegion(region) ? { region, account, resource } : undefined;
}

/** Whether AWS takes this for the name of a secret. */
export function isSecretName(text: string): boolean {
  return NAME.test(text);
}
