import { IntegrationRequestError } from '../errors/integration-request-error.ts';
import { findRefusal, matchesHost, type NetworkPolicy } from './network-policy.ts';
import { type FieldLookup, fillAuthority, fillPath, fixedHostEnd, type UrlTemplate } from './url-template.ts';

/** Where the requests of one connection go. */
export interface BaseUrl {
  readonly origin: string;
  /** Without a slash at its end. */
  readonly path: string;
  readonly query: string;
}

/** Who wrote what of a URL, and what may be called. */
export interface BaseUrlRules {
  readonly lookup: FieldLookup;
  /** Values that are percent-encoded already. */
  readonly encoded?: Readonly<Record<string, string>>;
  readonly network: NetworkPolicy;
  /** The spec's hosts for a base URL filled from config. */
  readonly allowedHosts: readonly string[] | undefined;
}

/**
 * Fills a base URL and checks where it leads. A host that stands in the spec is the author's and may be anything; one
 * that is filled from config is a tenant's, and must be allowed.
 */
export function fillBaseUrl(template: UrlTemplate, rules: BaseUrlRules): BaseUrl {
  const { network } = rules;
  const authority = fillAuthority(template, rules.lookup);
  const text = `${template.scheme}://${authority}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const refusal = url === undefined ? 'is no valid host' : findBaseRefusal(template, url, authority, rules);
  if (url === undefined || refusal !== undefined) throw addressRefused('The base URL', refusal ?? '');
  const path = fillPath(template.path, rules.lookup, rules.encoded);
  const query = fillPath(template.query, rules.lookup, rules.encoded);
  const isLoopbackOfSpec = !template.hasOpenHost && findRefusal(url, { allowHttp: true }) !== undefined;
  // Core lets a spec name http for loopback addresses only.
  if (url.protocol === 'http:' && network.allowHttp !== true && !isLoopbackOfSpec) {
    throw addressRefused('The base URL', 'expected https, got http:');
  }
  return { origin: url.origin, path, query };
}

function findBaseRefusal(
  template: UrlTemplate,
  url: URL,
  authority: string,
  { network, allowedHosts }: BaseUrlRules,
): string | undefined {
  const host = url.hostname;
  if (!template.hasOpenHost) {
    return network.allowedHosts !== undefined && !matchesHost(host, network.allowedHosts)
      ? `host ${host} is not one of the allowed hosts`
      : undefined;
  }
  // `0x7f.1` and `2130706433` come out of the URL parser as another text than went in.
  if (authority.replace(/:\d+$/, '') !== host) return 'expected a host name or an address in its usual form';
  const end = fixedHostEnd(template);
  if (end !== '' && !host.endsWith(`.${end}`)) return `host ${host} is not beneath ${end}`;
  if (allowedHosts !== undefined && !matchesHost(host, allowedHosts))
    return `host ${host} is not one of the allowed hosts`;
  return findRefusal(url, network);
}

/** The error of an address that may not be called. */
export function addressRefused(subject: string, refusal: string): IntegrationRequestError {
  return new IntegrationRequestError({
    code: 'invalid_request',
    reason: 'address-refused',
    message: `${subject} may not be called: ${refusal}`,
  });
}
