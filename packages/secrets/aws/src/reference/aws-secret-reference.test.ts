import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../__fixtures__/refusal-of.ts';
import {
  type AwsSecretReference,
  formatAwsSecretReference,
  isAwsSecretReference,
  parseAwsSecretReference,
} from './aws-secret-reference.ts';
import { isRegion, looksLikeRegion } from './region.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-AbCdEf';
const ID = 'EXAMPLE1-90ab-cdef-fedc-ba987EXAMPLE';

describe('the forms of a reference', () => {
  it.each<[string, AwsSecretReference]>([
    // In the provider's own region.
    ['aws://secretsmanager/key', { secretId: 'key' }],
    ['aws://secretsmanager/team/my-secret', { secretId: 'team/my-secret' }],
    ['AWS://secretsmanager/key', { secretId: 'key' }],
    ['aws://secretsmanager//prod/key', { secretId: '/prod/key' }],
    ['aws://secretsmanager/prod-db-1/key', { secretId: 'prod-db-1/key' }],
    ['aws://secretsmanager/us-east/key', { secretId: 'us-east/key' }],
    // In a region of its own.
    ['aws://secretsmanager/us-east-1/key', { secretId: 'key', region: 'us-east-1' }],
    ['aws://secretsmanager/us-east-1/team/my-secret', { secretId: 'team/my-secret', region: 'us-east-1' }],
    ['aws://secretsmanager/us-gov-west-1/key', { secretId: 'key', region: 'us-gov-west-1' }],
    ['aws://secretsmanager/cn-north-1/key', { secretId: 'key', region: 'cn-north-1' }],
    ['aws://secretsmanager/eu-isoe-west-1/key', { secretId: 'key', region: 'eu-isoe-west-1' }],
    ['aws://secretsmanager/eusc-de-east-1/key', { secretId: 'key', region: 'eusc-de-east-1' }],
    ['aws://secretsmanager/key?region=ap-southeast-2', { secretId: 'key', region: 'ap-southeast-2' }],
    // Names that begin like a region.
    ['aws://secretsmanager/us-east-1/key?region=eu-west-1', { secretId: 'us-east-1/key', region: 'eu-west-1' }],
    ['aws://secretsmanager/us-east-1/key?region=default', { secretId: 'us-east-1/key' }],
    ['aws://secretsmanager/us-east-1?region=default', { secretId: 'us-east-1' }],
    ['aws://secretsmanager/eu-west-1/us-east-1/key', { secretId: 'us-east-1/key', region: 'eu-west-1' }],
    // ARNs, of every partition, with their region.
    [`aws://secretsmanager/${ARN}`, { secretId: ARN, region: 'eu-central-1' }],
    [`aws://secretsmanager/eu-central-1/${ARN}`, { secretId: ARN, region: 'eu-central-1' }],
    [`aws://secretsmanager/${ARN}?region=eu-central-1`, { secretId: ARN, region: 'eu-central-1' }],
    ...['aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-eusc'].map(
      (partition): [string, AwsSecretReference] => {
        const arn = `arn:${partition}:secretsmanager:xx-north-1:123456789012:secret:key-AbCdEf`;
        return [`aws://secretsmanager/${arn}`, { secretId: arn, region: 'xx-north-1' }];
      },
    ),
    // Versions and stages.
    [`aws://secretsmanager/key?version=${ID}`, { secretId: 'key', version: ID }],
    ['aws://secretsmanager/key?version=AWSPREVIOUS', { secretId: 'key', stage: 'AWSPREVIOUS' }],
    ['aws://secretsmanager/key?stage=blue', { secretId: 'key', stage: 'blue' }],
    [`aws://secretsmanager/key?stage=${ID}`, { secretId: 'key', stage: ID }],
    [`aws://secretsmanager/key?version=${ID}&stage=blue`, { secretId: 'key', version: ID, stage: 'blue' }],
    ...['version=latest', 'version=current', 'version=AWSCURRENT', 'stage=AWSCURRENT'].map(
      (query): [string, AwsSecretReference] => [`aws://secretsmanager/key?${query}`, { secretId: 'key' }],
    ),
    ['aws://secretsmanager/key?version=latest&stage=blue', { secretId: 'key', stage: 'blue' }],
    // A hint for another backend.
    ['aws://secretsmanager/key?env=MY_KEY', { secretId: 'key', env: 'MY_KEY' }],
  ])('%s', (reference, parsed) => {
    expect(parseAwsSecretReference(reference)).toEqual(parsed);
  });

  it.each([
    ['another service', 'aws://ssm/key'],
    ['another scheme', 'gcp://secretsmanager/key'],
    ['no secret', 'aws://secretsmanager'],
    ['no secret after the slash', 'aws://secretsmanager/'],
    ['a region and no secret', 'aws://secretsmanager/us-east-1'],
    ['a region and nothing after it', 'aws://secretsmanager/us-east-1/'],
    ['letters that no name has', 'aws://secretsmanager/a%20b'],
    ['a colon that makes no ARN', 'aws://secretsmanager/arn:aws:s3:::bucket'],
    ['an ARN of another service', `aws://secretsmanager/${ARN.replace('secretsmanager', 'ssm')}`],
    ['an ARN of a short account', `aws://secretsmanager/${ARN.replace('123456789012', '123')}`],
    ['an ARN of no region', `aws://secretsmanager/${ARN.replace('eu-central-1', 'evil')}`],
    ['an ARN in another region', `aws://secretsmanager/us-east-1/${ARN}`],
    ['an ARN in another region by key', `aws://secretsmanager/${ARN}?region=us-east-1`],
    ['a name that is too long', `aws://secretsmanager/${'a'.repeat(513)}`],
    ['a region that is a host', 'aws://secretsmanager/key?region=evil.example'],
    ['an empty region', 'aws://secretsmanager/key?region='],
    ['an unknown key', 'aws://secretsmanager/key?versoin=1'],
    ['a version that is a label', 'aws://secretsmanager/key?version=blue'],
    ['an empty version', 'aws://secretsmanager/key?version='],
    ['an empty stage', 'aws://secretsmanager/key?stage='],
    ['a stage that is too long', `aws://secretsmanager/key?stage=${'s'.repeat(257)}`],
    ['two stages', 'aws://secretsmanager/key?version=AWSPREVIOUS&stage=AWSPENDING'],
    ['a version of 65 characters', `aws://secretsmanager/key?version=${'v'.repeat(65)}`],
    ['a way out', 'aws://secretsmanager/../key'],
    ['a broken escape', 'aws://secretsmanager/a%zz'],
    ['nothing', ''],
  ])('refuses %s', async (_, reference) => {
    const error = await refusalOf(() => parseAwsSecretReference(reference));
    expect(error).toMatchObject({ code: 'INVALID', provider: 'aws-secrets-manager' });
  });
});

describe('isAwsSecretReference', () => {
  it.each(['aws://secretsmanager', 'aws://secretsmanager/', 'AWS://secretsmanager/a?b', 'aws://secretsmanager?x'])(
    'takes %s for one of its kind, well formed or not',
    (reference) => {
      expect(isAwsSecretReference(reference)).toBe(true);
    },
  );

  it.each(['', 'aws://', 'aws://ssm/a', 'aws://secretsmanagerx/a', 'gcp://secretsmanager/a', 'secretsmanager/a'])(
    'does not take %j',
    (reference) => {
      expect(isAwsSecretReference(reference)).toBe(false);
    },
  );
});

describe('formatAwsSecretReference', () => {
  it.each<[AwsSecretReference, string]>([
    [{ secretId: 'team/key' }, 'aws://secretsmanager/team/key'],
    [{ secretId: 'key', region: 'us-east-1' }, 'aws://secretsmanager/us-east-1/key'],
    [{ secretId: 'key', region: 'xx-moon-1' }, 'aws://secretsmanager/key?region=xx-moon-1'],
    [{ secretId: 'us-east-1/key' }, 'aws://secretsmanager/us-east-1/key?region=default'],
    [{ secretId: ARN }, `aws://secretsmanager/${ARN}`],
    [{ secretId: ARN, region: 'eu-central-1' }, `aws://secretsmanager/${ARN}`],
    [{ secretId: 'key', stage: 'AWSCURRENT' }, 'aws://secretsmanager/key'],
    [{ secretId: 'key', stage: 'a&b=c' }, 'aws://secretsmanager/key?stage=a%26b%3Dc'],
    [{ secretId: 'key', version: ID, env: 'KEY' }, `aws://secretsmanager/key?env=KEY&version=${ID}`],
  ])('writes %j as %s', (parts, reference) => {
    expect(formatAwsSecretReference(parts)).toBe(reference);
  });

  it.each<[string, AwsSecretReference]>([
    ['an empty name', { secretId: '' }],
    ['a name with a space', { secretId: 'a b' }],
    ['a region that is none', { secretId: 'key', region: 'nowhere' }],
    ['another region than the ARN’s', { secretId: ARN, region: 'us-east-1' }],
    ['a version that is none', { secretId: 'key', version: 'short' }],
    ['a dot segment', { secretId: 'a/../b' }],
  ])('refuses %s', async (_, parts) => {
    expect((await refusalOf(() => formatAwsSecretReference(parts))).code).toBe('INVALID');
  });

  const name = fc.stringMatching(/^[A-Za-z0-9/_+=.@-]{1,60}$/).filter((text) => !/(?:^|\/)\.{1,2}(?:\/|$)/.test(text));
  const region = fc.constantFrom('us-east-1', 'eu-central-1', 'us-gov-east-1', 'cn-northwest-1', 'zz-far-9');
  const secret = fc.oneof(
    fc.record({ secretId: name }),
    fc.record({ secretId: name, region }),
    fc.record({ secretId: fc.tuple(region, name).map((parts) => parts.join('/')) }),
    fc.record({ secretId: fc.tuple(region, name).map((parts) => parts.join('/')), region }),
    region.map((own) => ({ secretId: ARN.replace('eu-central-1', own), region: own })),
  );
  const stage = fc
    .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
    .filter((label) => label !== 'AWSCURRENT' && !/[\p{Cc}\u2028\u2029]/u.test(label));
  const selector = fc.oneof(
    fc.constant({}),
    fc.record({ stage }),
    fc.record({ version: fc.stringMatching(/^[!-@B-~][!-~]{31,63}$/) }),
    fc.record({ version: fc.stringMatching(/^[0-9a-f-]{32,64}$/), stage }),
  );
  const env = fc.oneof(fc.constant({}), fc.record({ env: fc.stringMatching(/^[A-Z_]{1,20}$/) }));

  it('is the inverse of parsing, and gives one form to what says the same', () => {
    fc.assert(
      fc.property(secret, selector, env, (where, which, hint) => {
        const parts: AwsSecretReference = { ...where, ...which, ...hint };
        const reference = formatAwsSecretReference(parts);
        expect(parseAwsSecretReference(reference)).toEqual(parts);
        expect(formatAwsSecretReference(parseAwsSecretReference(reference))).toBe(reference);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives different secrets different references', () => {
    fc.assert(
      fc.property(secret, secret, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(formatAwsSecretReference(one)).not.toBe(formatAwsSecretReference(other));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('regions', () => {
  // Every region of the SDK's own list of endpoints, as of 2026.
  it.each(
    `af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1
    ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1
    eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1
    me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1 us-gov-east-1
    us-gov-west-1 us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 eu-isoe-west-1 us-isof-east-1
    us-isof-south-1 eusc-de-east-1`.split(/\s+/),
  )('%s is one', (region) => {
    expect([looksLikeRegion(region), isRegion(region)]).toEqual([true, true]);
  });

  it.each([
    'prod-db-1',
    'us-east',
    'us-east-1a',
    'team',
    'US-EAST-1',
    'us_east_1',
    'a-east-1',
    'us-east-100',
    'us-db-1',
  ])('%s is the beginning of a name', (segment) => {
    expect(looksLikeRegion(segment)).toBe(false);
  });

  it.each(['evil.example', 'us-east-1.evil', 'us-east-1/x', 'us-east-1@evil', '', 'localhost', 'us-east-1\n'])(
    '%j gets into no host name',
    (text) => {
      expect(isRegion(text)).toBe(false);
    },
  );
});
