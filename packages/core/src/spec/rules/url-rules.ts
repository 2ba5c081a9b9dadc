import type { Report, SoundParts } from './report.ts';

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$|\.localhost$/;
const PLACEHOLDER = /\{[\w.-]+\}/g;

/** Every address in a spec: https, or http on a loopback address; no user name or password in it. */
export function checkUrls(spec: SoundParts, report: Report): void {
  for (const [path, url] of listUrls(spec)) {
    const fault = url === undefined ? undefined : findUrlFault(url);
    if (fault !== undefined) report(path, 'url', fault);
  }
}

function findUrlFault(text: string): string | undefined {
  const filled = text.replace(PLACEHOLDER, 'placeholder');
  const url = URL.canParse(filled) ? new URL(filled) : undefined;
  if (url === undefined) return 'expected an absolute https URL';
  if (url.username !== '' || url.password !== '') return 'must not carry a user name or password';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname))) return undefined;
  return `expected https, or http for a loopback address, got ${url.protocol}`;
}

function* listUrls(spec: SoundParts): Generator<readonly [path: string, url: string | undefined]> {
  yield ['/docsUrl', spec.docsUrl];
  const endpoint = spec.byokSetup?.validationEndpoint;
  // A path is allowed here; it is relative to the transport's base address.
  if (endpoint?.includes('://') === true) yield ['/byokSetup/validationEndpoint', endpoint];
  for (const [index, transport] of (spec.transports ?? []).entries()) {
    if (transport.type === 'rest') yield [`/transports/${index}/baseUrl`, transport.baseUrl];
    if (transport.type === 'mcp') yield [`/transports/${index}/url`, transport.url];
  }
  for (const [index, method] of (spec.supportedAuthMethods ?? []).entries()) {
    if (method.type !== 'oauth2') continue;
    for (const field of ['authorizationUrl', 'tokenUrl', 'revocationUrl'] as const) {
      yield [`/supportedAuthMethods/${index}/${field}`, method[field]];
    }
  }
  for (const [index, entry] of (spec.versionPolicy?.supportedVersions ?? []).entries()) {
    yield [`/versionPolicy/supportedVersions/${index}/migrationGuide`, entry.migrationGuide];
  }
  for (const [mode, entry] of Object.entries(spec.credentialManifest?.modes ?? {})) {
    yield [`/credentialManifest/modes/${mode}/docsUrl`, entry.docsUrl];
  }
  for (const [index, source] of (spec.sources ?? []).entries()) yield [`/sources/${index}/url`, source.url];
}
