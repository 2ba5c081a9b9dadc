import { type IpAddress, parseIpAddress } from './ip-address.ts';

/**
 * How far an address reaches. Everything but `public` leads into somebody's own network, to the machine itself, or nowhere.
 */
export type AddressScope =
  | 'public'
  | 'loopback'
  | 'private'
  | 'link-local'
  /** Shared by the customers of one carrier (RFC 6598). */
  | 'carrier'
  /** Where clouds hand out credentials to their machines. */
  | 'metadata'
  | 'unspecified'
  | 'multicast'
  /** IPv4 wrapped in IPv6: IPv4-mapped or -compatible, 6to4, Teredo. */
  | 'transition'
  | 'reserved';

type Range<Scope> = readonly [first: readonly number[], bits: number, scope: Scope];

/** Most specific first. https://www.iana.org/assignments/iana-ipv4-special-registry and what clouds document. */
const IPV4: readonly Range<AddressScope>[] = [
  [[169, 254, 169, 254], 32, 'metadata'],
  [[169, 254, 170, 2], 32, 'metadata'],
  [[100, 100, 100, 200], 32, 'metadata'],
  [[168, 63, 129, 16], 32, 'metadata'],
  [[192, 0, 0, 192], 32, 'metadata'],
  [[0], 8, 'unspecified'],
  [[10], 8, 'private'],
  [[100, 64], 10, 'carrier'],
  [[127], 8, 'loopback'],
  [[169, 254], 16, 'link-local'],
  [[172, 16], 12, 'private'],
  [[192, 0, 0], 24, 'reserved'],
  [[192, 0, 2], 24, 'reserved'],
  [[192, 31, 196], 24, 'reserved'],
  [[192, 52, 193], 24, 'reserved'],
  [[192, 88, 99], 24, 'reserved'],
  [[192, 168], 16, 'private'],
  [[192, 175, 48], 24, 'reserved'],
  [[198, 18], 15, 'reserved'],
  [[198, 51, 100], 24, 'reserved'],
  [[203, 0, 113], 24, 'reserved'],
  [[224], 4, 'multicast'],
  [[240], 4, 'reserved'],
];

/** https://www.iana.org/assignments/iana-ipv6-special-registry */
const IPV6: readonly Range<AddressScope>[] = [
  [[0, 0, 0, 0, 0, 0, 0, 0], 128, 'unspecified'],
  [[0, 0, 0, 0, 0, 0, 0, 1], 128, 'loopback'],
  [[0, 0, 0, 0, 0, 0], 96, 'transition'],
  [[0, 0, 0, 0, 0, 0xffff], 96, 'transition'],
  [[0, 0, 0, 0, 0xffff], 80, 'transition'],
  [[0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254], 128, 'metadata'],
  [[0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254], 128, 'metadata'],
  [[0x2001, 0xdb8], 32, 'reserved'],
  [[0x2001, 0], 32, 'transition'],
  [[0x2001], 23, 'reserved'],
  [[0x2002], 16, 'transition'],
  [[0x2620, 0x4f, 0x8000], 48, 'reserved'],
  [[0x3fff], 20, 'reserved'],
  [[0x2000], 3, 'public'],
  [[0xfc00], 7, 'private'],
  [[0xfe80], 10, 'link-local'],
  [[0xfec0], 10, 'private'],
  [[0xff00], 8, 'multicast'],
];

/** Well-known prefix of NAT64 (RFC 6052): the last 32 bits are the IPv4 address that is reached. */
const NAT64: readonly number[] = [0x64, 0xff9b, 0, 0, 0, 0];

/** The scope of an address; undefined for text that is none in its usual form. */
export function addressScope(text: string): AddressScope | undefined {
  const address = parseIpAddress(text);
  return address === undefined ? undefined : scopeOf(address);
}

function scopeOf(address: IpAddress): AddressScope {
  if (address.family === 4) return find(IPV4, address.octets, 8) ?? 'public';
  const { groups } = address;
  if (NAT64.every((group, index) => groups[index] === group)) {
    const [high = 0, low = 0] = groups.slice(6);
    return scopeOf({ family: 4, octets: [high >> 8, high & 255, low >> 8, low & 255] });
  }
  // Only 2000::/3 is handed out for use on the internet.
  return find(IPV6, groups, 16) ?? 'reserved';
}

function find(ranges: readonly Range<AddressScope>[], parts: readonly number[], width: number) {
  return ranges.find(([first, bits]) => startsWith(parts, first, bits, width))?.[2];
}

// The four belong together and are called from one place.
function startsWith(parts: readonly number[], first: readonly number[], bits: number, width: number): boolean {
  for (let index = 0; index * width < bits; index += 1) {
    const counted = Math.min(width, bits - index * width);
    const shift = width - counted;
    if ((parts[index] ?? 0) >> shift !== (first[index] ?? 0) >> shift) return false;
  }
  return true;
}
