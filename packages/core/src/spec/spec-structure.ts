import type { JsonObject } from '../call/json.ts';
import { authMethodForm } from './structure/auth-methods.ts';
import { manifestForm } from './structure/manifests.ts';
import { requestForms } from './structure/requests.ts';
import { all, filledListOf, listOf, mapOf, object, terms, word } from './structure/terms.ts';
import { transportForm } from './structure/transports.ts';
import { webhookForm } from './structure/webhooks.ts';

function specForm(): JsonObject {
  const { amount, day, flag, key, mode, name, period, text, version, versionText } = terms();
  const requests = requestForms();
  const names = listOf(name);
  const slot = object({ schema: { type: ['object', 'boolean'] } }, { example: { type: 'object' } });
  return object(
    {
      meta: object(
        { key, version, category: name, owners: names, tags: names },
        {
          ...all('title description domain', name),
          stability: word('idea in_creation experimental beta stable deprecated'),
          docId: names,
        },
      ),
      supportedModes: listOf(mode, { minItems: 1, uniqueItems: true }),
      capabilities: object(
        { provides: listOf(object({ key }, { version })) },
        {
          requires: listOf(
            object(
              { key },
              { version: versionText, kind: word('api event data ui integration'), optional: flag, reason: text },
            ),
          ),
        },
      ),
      configSchema: slot,
      secretSchema: slot,
    },
    {
      $schema: text,
      healthCheck: object({}, { method: word('ping list custom'), timeoutMs: period, request: requests.healthRequest }),
      docsUrl: name,
      constraints: object({}, { rateLimit: object({}, all('rpm rph', period)), quotas: mapOf(amount) }),
      byokSetup: object(
        {},
        {
          ...all('setupInstructions validationEndpoint', name),
          ...all('keyRotationSupported quotaTrackingSupported', flag),
          ...all('requiredScopes provisioningSteps', names),
        },
      ),
      transports: listOf(transportForm(requests)),
      preferredTransport: word('rest mcp webhook sdk'),
      supportedAuthMethods: listOf(authMethodForm()),
      versionPolicy: object(
        {
          currentVersion: name,
          supportedVersions: filledListOf(
            object(
              { version: name, status: word('stable beta deprecated sunset') },
              all('sunsetDate migrationGuide releasedAt', name),
            ),
          ),
        },
        { ...all('versionHeader versionQueryParam', name), versionInPath: flag },
      ),
      credentialManifest: object(
        {},
        { modes: object({}, all('managed byok', manifestForm())), exempt: flag, exemptionReason: name },
      ),
      webhooks: filledListOf(webhookForm()),
      sources: listOf(object({ url: name, checkedOn: day }, { facts: text })),
    },
  );
}

let structure: JsonObject | undefined;

/**
 * Form of a spec as an author writes it, as JSON Schema without words; `integrationSpecJsonSchema` adds the words. Made
 * when it is first needed: whoever only imports the package does not pay for it.
 */
export function specStructure(): JsonObject {
  structure ??= specForm();
  return structure;
}
