import { addressScope, type AddressScope } from './address-scope.ts';

/** Which addresses may be called. */
export interface NetworkPolicy {
  /** True: `http:` is allowed too. Default false. */
  readonly allowHttp?: boolean;
  /**
   * True: addresses and names inside networks are allowed. Default false: loopback, private, link-local, carrier and
   * metadata addresses are refused, as are names that only resolve inside a network.
   */
  readonly allowPrivateNetwork?: boolean;
  /** Hosts that may be called, such as `api.example.com` or `*.example.com`. Absent: any that the rest allows. */
  readonly allowedHosts?: readonly string[];
}

/** Names that never belong to a host on the internet (RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal`). */
const INNER_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa|localdomain|corp|home|private)\.?$/;

/** Why a URL may not be called; undefined when it may. The text holds no more of the URL than its scheme and host. */
export function findRefusal(url: URL, policy: NetworkPolicy): string | undefined {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && policy.allowHttp === true)) {
    return `expected https, got ${url.protocol.slice(0, 16)}`;
  }
  if (url.username !== '' || url.password !== '') return 'must not carry a user name or password';
  const host = url.hostname.toLowerCase();
  if (host === '') return 'has no host';
  if (policy.allowedHosts !== undefined && !matchesHost(host, policy.allowedHosts)) {
    return `host ${host} is not one of the allowed hosts`;
  }
  return policy.allowPrivateNetwork === true ? undefined : findInnerHost(host);
}

/** Whether an address may be connected to under a policy. Anything that is no address may not. */
export function isAddressAllowed(address: string, policy: Pick<NetworkPolicy, 'allowPrivateNetwork'>): boolean {
  const scope = addressScope(address);
  if (scope === undefined || scope === 'metadata') return false;
  return scope === 'public' || policy.allowPrivateNetwork === true;
}

/** `*.example.com` stands for one or more labels before `.example.com`; without `*` the host itself is meant. */
export function matchesHost(host: string, patterns: readonly string[]): boolean {
  const name = host.endsWith('.') ? host.slice(0, -1) : host;
  return patterns.some((pattern) => {
    const wanted = pattern.toLowerCase();
    if (!wanted.startsWith('*.')) return name === wanted;
    const end = wanted.slice(1);
    return name.length > end.length && name.endsWith(end);
  });
}

function findInnerHost(host: string): string | undefined {
  const scope: AddressScope | undefined = addressScope(host);
  if (scope !== undefined) return scope === 'public' ? undefined : `address ${host} is ${scope}`;
  if (INNER_NAME.test(host) || !host.replace(/\.$/, '').includes('.')) return `name ${host} is of a local network`;
  return undefined;
}
