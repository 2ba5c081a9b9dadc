/** A page of documentation as data. */
export interface DocBlock {
  readonly id: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly summary?: string;
  /** Path under which a documentation site shows the page. */
  readonly route?: string;
  readonly kind?: 'goal' | 'how' | 'usage' | 'reference' | 'faq' | 'changelog';
  readonly visibility?: 'public' | 'internal' | 'mixed';
  readonly version?: string;
  readonly tags?: readonly string[];
  readonly owners?: readonly string[];
  readonly relatedSpecs?: readonly string[];
  readonly links?: readonly { readonly label: string; readonly href: string }[];
  readonly domain?: string;
  readonly stability?: string;
}

const BODY = `# Integrations

An application names *slots*, such as \`primary-llm\`. A tenant's *connection* fills a slot: it says which integration it is
of, whose account is used (\`managed\` or \`byok\`), and where its secret is. An *integration spec* describes the provider:
configuration, secret, auth, transports, API versions.

## Shipped specs

\`createDefaultIntegrationSpecRegistry()\` gives a registry with the shipped specs. \`registry.get('payments.stripe')\` finds
one, \`registry.getByCategory('email')\` all of a kind. Narrow a list down with \`filterByTransport\`, \`filterByAuthMethod\`,
\`filterVersioned\` and \`filterByokRotatable\`. Every provider also has its own subpath with its spec and a function that
adds it to a registry.

| Kind | Providers |
| --- | --- |
| Money | Stripe, Powens |
| Mail, calendar, files | Gmail, Postmark, Google Calendar, Google Drive, Google Cloud Storage |
| Messages | Slack, GitHub, Telegram, WhatsApp (Meta, Twilio), Twilio SMS |
| Models and voice | Mistral, OpenAI, ElevenLabs, Gradium, Fal, Deepgram |
| Data | Qdrant, Supabase, PostHog |
| Work and meetings | Linear, Jira, Notion, Granola, tl;dv, Fireflies, Fathom |
| Wearables | Open Wearables, WHOOP, Apple Health, Oura, Strava, Garmin, Fitbit, MyFitnessPal, Eight Sleep, Peloton |
| Everything else | Composio |

## Secrets

A connection holds a reference, never the secret. \`SecretProviderManager\` asks its backends by descending priority.

| Backend | Reference |
| --- | --- |
| Environment | \`env://MISTRAL_API_KEY\` |
| Google Cloud | \`gcp://projects/acme/secrets/mistral-key\` |
| AWS | \`aws://secretsmanager/eu-west-1/mistral-key\` |
| Scaleway | \`scw://secret-manager/fr-par/mistral-key\` |

## Calls, health, telemetry

\`IntegrationCallGuard\` finds the slot's connection, reads its secret, and runs the call with retries. It returns a result
with \`success\`, \`data\` or \`error\`, and \`metadata\`. \`IntegrationHealthService\` runs a check and returns what it found.
Both report to a telemetry emitter, with messages from which secrets are removed.

## Storage

Connections are kept by the host. The operations \`integrations.connection.*\` are the contract for managing them.
`;

/** Documentation of this package. Nothing is registered: hand the blocks to the registry of your own. */
export const tech_contracts_integrations_DocBlocks: DocBlock[] = [
  {
    id: 'docs.tech.contracts.integrations',
    title: 'ContractSpec Integrations',
    summary: 'Specs, connections, secrets, guarded calls and health checks of integrations',
    kind: 'reference',
    visibility: 'public',
    route: '/docs/tech/contracts/integrations',
    tags: ['tech', 'contracts', 'integrations'],
    body: BODY,
  },
];
