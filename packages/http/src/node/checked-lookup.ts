import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { addressRefused } from '../url/base-url.ts';
import { isAddressAllowed, type NetworkPolicy } from '../url/network-policy.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Asks for all addresses of a name. */
export type ResolveHost = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** As the system resolves names, its hosts file included. */
export const resolveBySystem: ResolveHost = async (hostname) => {
  const found = await systemLookup(hostname, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/**
 * The look-up of a connection, which then goes to the very addresses that were checked here: a name cannot resolve to
 * another one in between. One address that is not allowed refuses the name, since its owner could make it the next one.
 */
export function checkedLookup(resolve: ResolveHost, policy: NetworkPolicy): LookupFunction {
  return (hostname, options, callback) => {
    const settle = async (): Promise<readonly ResolvedAddress[]> => {
      const found = await resolve(hostname);
      const refused = found.find(({ address }) => !isAddressAllowed(address, policy));
      if (refused !== undefined) throw addressRefused(`Host ${hostname}`, `it resolves to ${refused.address}`);
      const { family } = options;
      const wanted = family === 4 || family === 6 ? found.filter((one) => one.family === family) : found;
      if (wanted.length === 0) throw addressRefused(`Host ${hostname}`, 'it resolves to no address');
      return wanted;
    };
    const answer = async (): Promise<void> => {
      let addresses: readonly ResolvedAddress[];
      try {
        addresses = await settle();
      } catch (error) {
        callback(error instanceof Error ? error : addressRefused(`Host ${hostname}`, 'it could not be resolved'), '');
        return;
      }
      const [first] = addresses;
      if (options.all === true) callback(null, [...addresses]);
      else callback(null, first?.address ?? '', first?.family);
    };
    void answer();
  };
}
