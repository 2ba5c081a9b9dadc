import { supportsAuthMethod } from '../../auth.ts';
import { looksLikeSecret } from '../../credentials/secret-shape.ts';
import { listFieldNames } from './field-rules.ts';
import { type Report, type SoundParts, visitTexts } from './report.ts';

/** Parts that are sent or started as written, or describe credentials: none of them may hold one. */
const FREE_OF_SECRETS = [
  'healthCheck',
  'transports',
  'supportedAuthMethods',
  'credentialManifest',
  'webhooks',
] as const;
/** Parts with addresses. The schemas have rules of their own, and `x-…` is the host's. */
const PARTS = ['docsUrl', 'byokSetup', 'versionPolicy', 'sources', ...FREE_OF_SECRETS] as const;

const ADDRESS =
  /^\/(?:(?:transports|sources)\/\d+\/(?:baseU|u)rl|supportedAuthMethods\/\d+\/\w+Url|(?:.+\/)?(?:docsUrl|migrationGuide|keySetUrl))$/;
/** Addresses, or paths beneath the transport's. */
const ADDRESS_OR_PATH = /^\/(?:byokSetup\/validationEndpoint|healthCheck\/request\/path)$/;
/** Headers and parameters whose only content is a credential. */
const CREDENTIAL =
  /\/(?:(?:defaultH|h)eaders\/(?:authorization|proxy-authorization|cookie)|\w+Params\/(?:client_secret|client_assertion|refresh_token|code_verifier|password))$/i;
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$|\.localhost$/;
const PLACE = /\{([\w.-]+)\}/g;

/** Addresses are https and can be filled in, and no text is a credential, which would be in every copy of the spec. */
export function checkTexts(spec: SoundParts, report: Report): void {
  const fillers = listFillers(spec);
  for (const part of PARTS) {
    const isFreeOfSecrets = FREE_OF_SECRETS.some((name) => name === part);
    visitTexts(spec[part], `/${part}`, (path, text) => {
      if (isFreeOfSecrets && (looksLikeSecret(text) || CREDENTIAL.test(path))) {
        report(path, 'secret', 'looks like a credential; a spec names the field of the secret that holds it');
      }
      const mayBePath = ADDRESS_OR_PATH.test(path);
      if (!mayBePath && !ADDRESS.test(path)) return;
      const fault = mayBePath && !text.includes('://') ? undefined : findUrlFault(text);
      if (fault !== undefined) report(path, 'url', fault);
      for (const [place, name = ''] of text.matchAll(PLACE)) {
        if (fillers?.includes(name) === false) {
          report(
            path,
            'reference',
            `nothing fills in ${place}; there is ${fillers.join(', ') || 'no field of config'}`,
          );
        }
      }
    });
  }
}

/** Names of what fills in the places of an address; undefined where the fields of the config are not listed. */
function listFillers({ configSchema, versionPolicy, supportedAuthMethods = [] }: SoundParts): string[] | undefined {
  const fields = listFieldNames(configSchema);
  if (fields === undefined) return undefined;
  if (versionPolicy !== undefined) fields.push('apiVersion');
  if (supportsAuthMethod(supportedAuthMethods, 'path-token')) fields.push('token');
  return fields;
}

function findUrlFault(text: string): string | undefined {
  const filled = text.replace(PLACE, 'placeholder');
  const url = URL.canParse(filled) ? new URL(filled) : undefined;
  if (url === undefined) return 'expected an absolute https URL';
  if (url.username !== '' || url.password !== '') return 'must not carry a user name or password';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname))) return undefined;
  return `expected https, or http for a loopback address, got ${url.protocol}`;
}
