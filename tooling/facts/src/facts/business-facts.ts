import {
  authHeaders,
  baseUrl,
  choicesOf,
  currentVersion,
  host,
  idempotencyHeader,
  listedVersions,
  origin,
  signatureHeaders,
  versionHeader,
} from '../spec-reading.ts';
import type { SdkPlace, VendorFact } from '../vendor-fact.ts';

const stripe = (file: string, says: RegExp): SdkPlace => ({ package: 'stripe', file: `esm/${file}`, says });
const notion = (file: string, says: RegExp): SdkPlace => ({
  package: '@notionhq/client',
  file: `build/src/${file}`,
  says,
});
const postmark = (file: string, says: RegExp): SdkPlace => ({
  package: 'postmark',
  file: `dist/client/models/client/${file}`,
  says,
});
const resend = (says: RegExp): SdkPlace => ({ package: 'resend', file: 'dist/index.mjs', says });
const twilio = (file: string, says: RegExp): SdkPlace => ({ package: 'twilio', file: `lib/${file}`, says });

const TWILIO_SPECS = ['messaging.whatsapp.twilio', 'sms.twilio'];

export const businessFacts: readonly VendorFact[] = [
  { spec: 'payments.stripe', fact: 'host', ours: host, theirs: stripe('stripe.core.js', /DEFAULT_HOST = '([^']+)'/g) },
  {
    spec: 'payments.stripe',
    fact: 'API version',
    ours: currentVersion,
    theirs: stripe('apiVersion.js', /ApiVersion = '([^']+)'/g),
  },
  {
    spec: 'payments.stripe',
    fact: 'version header',
    ours: versionHeader,
    theirs: stripe('RequestSender.js', /'(Stripe-Version)'/g),
  },
  {
    spec: 'payments.stripe',
    fact: 'idempotency header',
    ours: idempotencyHeader,
    theirs: stripe('RequestSender.js', /'(Idempotency-Key)'/g),
  },
  {
    spec: 'payments.stripe',
    fact: 'signature header',
    ours: signatureHeaders,
    theirs: stripe('Webhooks.js', /No (stripe-signature) header/g),
  },
  {
    spec: 'project-management.notion',
    fact: 'host',
    ours: origin,
    theirs: notion('constants.js', /"(https:\/\/api\.notion\.com)"/g),
  },
  {
    spec: 'project-management.notion',
    fact: 'version header',
    ours: versionHeader,
    theirs: notion('Client.js', /"(Notion-Version)"/g),
  },
  {
    spec: 'project-management.notion',
    fact: 'default version of the package',
    ours: listedVersions,
    theirs: notion('Client.d.ts', /defaultNotionVersion = "([^"]+)"/g),
    agree: 'theirs-among-ours',
  },
  {
    spec: 'project-management.notion',
    fact: 'API version',
    ours: currentVersion,
    theirs: { package: '@notionhq/client', file: 'README.md', says: /notionVersion: "(\d{4}-\d\d-\d\d)"/g },
    agree: 'ours-among-theirs',
  },
  {
    spec: 'project-management.linear',
    fact: 'host',
    ours: origin,
    theirs: { package: '@linear/sdk', file: 'dist/index.mjs', says: /"(https:\/\/api\.linear\.app)\/graphql"/g },
  },
  {
    spec: 'project-management.linear',
    fact: 'signature header',
    ours: signatureHeaders,
    theirs: { package: '@linear/sdk', file: 'dist/webhooks-*.mjs', says: /"(linear-signature)"/g },
  },
  {
    spec: 'messaging.slack',
    fact: 'base URL',
    ours: baseUrl,
    theirs: { package: '@slack/web-api', file: 'dist/WebClient.js', says: /'(https:\/\/slack\.com\/api)\/?'/g },
  },
  {
    spec: 'messaging.github',
    fact: 'base URL',
    ours: baseUrl,
    theirs: { package: '@octokit/endpoint', file: 'dist-src/defaults.js', says: /baseUrl: "([^"]+)"/g },
  },
  ...TWILIO_SPECS.flatMap((spec): VendorFact[] => [
    { spec, fact: 'host', ours: origin, theirs: twilio('rest/ApiBase.js', /super\(twilio, "([^"]+)"\)/g) },
    {
      spec,
      fact: 'API version',
      ours: currentVersion,
      theirs: twilio('rest/api/V2010.js', /super\(domain, "([^"]+)"\)/g),
    },
    {
      spec,
      fact: 'signature header',
      ours: signatureHeaders,
      theirs: twilio('webhooks/webhooks.js', /header\("(X-Twilio-Signature)"\)/g),
    },
  ]),
  {
    spec: 'analytics.posthog',
    fact: 'regions',
    ours: choicesOf('region'),
    theirs: { package: 'posthog-node', file: 'dist/types.d.ts', says: /`https:\/\/(\w+)\.posthog\.com`/g },
  },
  {
    spec: 'email.postmark',
    fact: 'host',
    ours: host,
    theirs: postmark('HttpClient.js', /"(api\.postmarkapp\.com)"/g),
  },
  {
    spec: 'email.postmark',
    fact: 'credential headers',
    ours: authHeaders,
    theirs: postmark('ClientOptions.js', /"(X-Postmark-[\w-]+-Token)"/g),
  },
  { spec: 'email.resend', fact: 'base URL', ours: baseUrl, theirs: resend(/"(https:\/\/api\.resend\.com)"/g) },
  { spec: 'email.resend', fact: 'idempotency header', ours: idempotencyHeader, theirs: resend(/"(Idempotency-Key)"/g) },
];
