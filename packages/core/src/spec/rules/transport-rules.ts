import { findAllTransportConfigs, supportsTransport } from '../../transport.ts';
import type { Report, SoundParts } from './report.ts';

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

/** What goes into an address must have its place in one. */
export function checkPlaces(spec: SoundParts, report: Report): void {
  const { transports = [], healthCheck, versionPolicy, supportedAuthMethods = [] } = spec;
  const addresses = findAllTransportConfigs(transports, 'rest').flatMap(({ baseUrl }) => baseUrl ?? []);
  if (healthCheck?.request !== undefined) addresses.push(healthCheck.request.path);
  const check = (path: string, place: string): void => {
    if (addresses.length === 0 || addresses.some((address) => address.includes(place))) return;
    report(path, 'reference', `needs a place ${place} in a base URL or in the path of the health request`);
  };
  if (versionPolicy?.versionInPath === true) check('/versionPolicy/versionInPath', '{apiVersion}');
  for (const [index, { type }] of supportedAuthMethods.entries()) {
    if (type === 'path-token') check(`/supportedAuthMethods/${index}`, '{token}');
  }
}
