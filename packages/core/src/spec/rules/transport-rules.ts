import { findAllAuthConfigs } from '../../auth.ts';
import { looksLikeSecret } from '../../credentials/secret-shape.ts';
import { appendPointer } from '../../schema/json-pointer.ts';
import { supportsTransport } from '../../transport.ts';
import type { Report, SoundParts } from './report.ts';

/** Headers whose only content is a credential. */
const CREDENTIAL_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie']);

export function checkPreferredTransport({ preferredTransport, transports }: SoundParts, report: Report): void {
  if (preferredTransport === undefined || supportsTransport(transports ?? [], preferredTransport)) return;
  const listed = (transports ?? []).map((transport) => transport.type).join(', ');
  report('/preferredTransport', 'reference', `"${preferredTransport}" is not in transports (${listed || 'none'})`);
}

/** Two places may name the header that carries the API version; they must name the same. */
export function checkVersionHeader({ transports, versionPolicy }: SoundParts, report: Report): void {
  const header = versionPolicy?.versionHeader;
  if (header === undefined) return;
  for (const [index, transport] of (transports ?? []).entries()) {
    if (transport.type !== 'rest' || transport.apiVersionHeader === undefined) continue;
    if (transport.apiVersionHeader.toLowerCase() !== header.toLowerCase()) {
      report(
        `/transports/${index}/apiVersionHeader`,
        'agreement',
        `"${transport.apiVersionHeader}" differs from versionPolicy.versionHeader "${header}"`,
      );
    }
  }
}

/** Where both the webhook transport and a signing method are declared, each inbound webhook must match one. */
export function checkWebhookSigning({ transports, supportedAuthMethods }: SoundParts, report: Report): void {
  const methods = findAllAuthConfigs(supportedAuthMethods ?? [], 'webhook-signing');
  if (methods.length === 0) return;
  for (const [index, transport] of (transports ?? []).entries()) {
    const inbound = transport.type === 'webhook' ? transport.inbound : undefined;
    if (inbound === undefined) continue;
    const isMatched = methods.some(
      (method) =>
        method.algorithm === inbound.signingAlgorithm &&
        method.signatureHeader.toLowerCase() === inbound.signatureHeader.toLowerCase(),
    );
    if (!isMatched) {
      report(
        `/transports/${index}/inbound`,
        'agreement',
        `${inbound.signingAlgorithm} in "${inbound.signatureHeader}" matches no webhook-signing method of supportedAuthMethods`,
      );
    }
  }
}

/** A transport is sent or started as written, so a credential in it would be in every copy of the spec. */
export function checkTransportCarriesNoSecret({ transports }: SoundParts, report: Report): void {
  for (const [index, transport] of (transports ?? []).entries()) {
    if (transport.type === 'rest') {
      const path = `/transports/${index}/defaultHeaders`;
      for (const [name, value] of Object.entries(transport.defaultHeaders ?? {})) {
        if (CREDENTIAL_HEADERS.has(name.toLowerCase()) || looksLikeSecret(value)) {
          report(appendPointer(path, name), 'secret', 'a credential must not stand in a spec; declare an auth method');
        }
      }
    } else if (transport.type === 'mcp') {
      for (const [position, argument] of (transport.args ?? []).entries()) {
        if (looksLikeSecret(argument)) {
          report(`/transports/${index}/args/${position}`, 'secret', 'looks like a credential; pass it from the secret');
        }
      }
    }
  }
}
