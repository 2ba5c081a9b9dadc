import { formatSecretUri, type SecretReference, secretReferenceScheme } from '@mortise/secrets';
import { isRegion, looksLikeRegion } from './region.ts';
import { isSecretName, parseSecretArn } from './secret-arn.ts';
import { failure, parseUri, type Subject } from './subject.ts';
import { selectorOfReference, type VersionSelector } from './version-selector.ts';

const AWS_SCHEME = 'aws';
const SERVICE = 'secretsmanager';
/** Stands in `?region=` for the provider's own region. No region has this shape. */
const DEFAULT_REGION = 'default';
const KEYS = ['env', 'region', 'stage', 'version'];

/** An `aws://secretsmanager/…` reference taken apart. */
export interface AwsSecretReference extends VersionSelector {
  /** Name or ARN (a partial one too) of the secret. */
  readonly secretId: string;
  /** Absent: the provider's own. With an ARN always the ARN's. */
  readonly region?: string;
  /** Id of the version to read. With `stage` as well, AWS checks that the version has it. */
  readonly version?: string;
  /** Staging label to read, such as `AWSPREVIOUS` or one of your own. Absent, without `version`: the current version. */
  readonly stage?: string;
  /** The variable that the `env` backend reads instead. Carried along, of no meaning here. */
  readonly env?: string;
}

/** Whether a reference is of this kind; loads and parses next to nothing. */
export function isAwsSecretReference(reference: SecretReference): boolean {
  if (secretReferenceScheme(reference) !== AWS_SCHEME) return false;
  const start = reference.indexOf('://') + '://'.length;
  if (!reference.startsWith(SERVICE, start)) return false;
  const next = reference.charAt(start + SERVICE.length);
  return next === '' || next === '/' || next === '?';
}

/**
 * Takes a reference apart: `aws://secretsmanager/[region/]name-or-arn[?region=…][&version=…][&stage=…][&env=…]`.
 *
 * The first segment is a region if it has the shape of one (`eu-central-1`) and something follows. With `?region=` the
 * whole path is the name, so a secret called `eu-central-1/key` is written with `?region=` and the region, or
 * `?region=default` for the provider's own.
 *
 * @throws {SecretProviderError} `INVALID` for anything else, other keys after `?` included.
 */
export function parseAwsSecretReference(
  reference: SecretReference,
  provider = 'aws-secrets-manager',
): AwsSecretReference {
  return readReference({ provider, operation: 'read the reference', reference });
}

/**
 * Puts a reference together in canonical form. `parseAwsSecretReference` gives the parts back; those that say the same
 * in another way (the region beside an ARN, the stage `AWSCURRENT`) are left out.
 *
 * @throws {SecretProviderError} `INVALID` for parts that no reference can have.
 */
export function formatAwsSecretReference(parts: AwsSecretReference): SecretReference {
  const { secretId, region, version, stage, env } = parts;
  const isNamed = parseSecretArn(secretId) === undefined;
  const extras: Record<string, string> = {};
  let prefix = '';
  if (isNamed && region !== undefined && looksLikeRegion(region)) prefix = `${region}/`;
  else if (isNamed && region !== undefined) extras['region'] = region;
  else if (isNamed && looksLikeRegion(firstSegment(secretId))) extras['region'] = DEFAULT_REGION;
  if (version !== undefined) extras['version'] = version;
  if (stage !== undefined && (stage !== 'AWSCURRENT' || version !== undefined)) extras['stage'] = stage;
  if (env !== undefined) extras['env'] = env;
  const path = `${SERVICE}/${prefix}${secretId}`;
  const isPlain = Object.keys(extras).length === 0;
  const reference = formatSecretUri(isPlain ? { provider: AWS_SCHEME, path } : { provider: AWS_SCHEME, path, extras });
  const parsed = parseAwsSecretReference(reference);
  if (!isNamed && region !== undefined && region !== parsed.region) {
    throw failure(subjectOf(reference), 'INVALID', `the ARN is of ${parsed.region}, and the region beside it another`);
  }
  return reference;
}

/** The work of `parseAwsSecretReference`, with errors that tell what it was done for. */
export function readReference(subject: Subject): AwsSecretReference {
  const { provider, path, extras } = parseUri(subject);
  if (provider !== AWS_SCHEME || (path !== SERVICE && !path.startsWith(`${SERVICE}/`))) {
    throw failure(subject, 'INVALID', `it must begin with ${AWS_SCHEME}://${SERVICE}/`);
  }
  const unknown = Object.keys(extras ?? {}).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0)
    throw failure(subject, 'INVALID', `after "?" it may have ${KEYS.join(', ')} and nothing else`);
  const { region: regionKey, version, stage, env } = extras ?? {};
  const { secretId, region } = readSecret(subject, path.slice(SERVICE.length + 1), regionKey);
  return {
    secretId,
    ...(region === undefined ? {} : { region }),
    ...selectorOfReference(subject, version, stage),
    ...(env === undefined ? {} : { env }),
  };
}

function readSecret(
  subject: Subject,
  rest: string,
  regionKey: string | undefined,
): Pick<AwsSecretReference, 'secretId' | 'region'> {
  const { secretId, region } = splitRegion(subject, rest, regionKey);
  const arn = parseSecretArn(secretId);
  if (arn !== undefined) {
    if (region === undefined || region === arn.region) return { secretId, region: arn.region };
    throw failure(subject, 'INVALID', `the ARN is of ${arn.region}, and the region beside it is ${region}`);
  }
  if (!isSecretName(secretId)) {
    const expected = 'a name of 1 to 512 letters, digits and /_+=.@- or an ARN of a secret';
    throw failure(subject, 'INVALID', `after the region, if any, it must have ${expected}`);
  }
  return region === undefined ? { secretId } : { secretId, region };
}

function splitRegion(
  subject: Subject,
  rest: string,
  regionKey: string | undefined,
): { secretId: string; region?: string } {
  if (regionKey === DEFAULT_REGION) return { secretId: rest };
  if (regionKey !== undefined) {
    if (!isRegion(regionKey)) throw failure(subject, 'INVALID', '?region= must be a region such as eu-central-1');
    return { secretId: rest, region: regionKey };
  }
  const region = firstSegment(rest);
  if (!looksLikeRegion(region)) return { secretId: rest };
  const secretId = rest.slice(region.length + 1);
  if (secretId !== '') return { secretId, region };
  throw failure(
    subject,
    'INVALID',
    `it names a region and no secret; a secret of that name needs ?region=${DEFAULT_REGION}`,
  );
}

function firstSegment(path: string): string {
  const end = path.indexOf('/');
  return end < 0 ? path : path.slice(0, end);
}

function subjectOf(reference: SecretReference): Subject {
  return { provider: 'aws-secrets-manager', operation: 'format the reference', reference };
}
