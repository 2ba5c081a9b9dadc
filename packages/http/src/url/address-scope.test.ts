import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { addressScope } from './address-scope.ts';

describe('addressScope', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['1.1.1.1', 'public'],
    ['9.255.255.255', 'public'],
    ['11.0.0.0', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['10.0.0.1', 'private'],
    ['172.15.255.255', 'public'],
    ['172.16.0.0', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.1.1', 'private'],
    ['169.254.1.1', 'link-local'],
    ['169.254.169.254', 'metadata'],
    ['169.254.170.2', 'metadata'],
    ['168.63.129.16', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['100.64.0.1', 'carrier'],
    ['100.127.255.255', 'carrier'],
    ['100.128.0.0', 'public'],
    ['0.0.0.0', 'unspecified'],
    ['198.18.0.1', 'reserved'],
    ['203.0.113.7', 'reserved'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    ['2606:4700:4700::1111', 'public'],
    ['[2606:4700:4700::1111]', 'public'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['fe80::1%eth0', 'link-local'],
    ['fc00::1', 'private'],
    ['fdff:ffff::1', 'private'],
    ['fd00:ec2::254', 'metadata'],
    ['::ffff:127.0.0.1', 'transition'],
    ['::ffff:8.8.8.8', 'transition'],
    ['::ffff:7f00:1', 'transition'],
    ['::127.0.0.1', 'transition'],
    ['2002:7f00:1::', 'transition'],
    ['2001:0:1::', 'transition'],
    ['64:ff9b::8.8.8.8', 'public'],
    ['64:ff9b::127.0.0.1', 'loopback'],
    ['64:ff9b::a9fe:a9fe', 'metadata'],
    ['64:ff9b:1::1', 'reserved'],
    ['2001:db8::1', 'reserved'],
    ['ff02::1', 'multicast'],
    ['4000::1', 'reserved'],
  ])('says that %s is %s', (address, scope) => {
    expect(addressScope(address)).toBe(scope);
  });

  it.each([
    '0177.0.0.1',
    '0x7f.0.0.1',
    '2130706433',
    '127.1',
    '127.0.0.01',
    '256.1.1.1',
    '1.2.3.4.5',
    '1.2.3',
    'example.com',
    '',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::1.2.3.4:5',
    'g::1',
    '12345::1',
  ])('does not take %j for an address', (text) => {
    expect(addressScope(text)).toBeUndefined();
  });

  it.each([
    ['IPv4', fc.ipV4(), ['unicast']],
    ['IPv6', fc.ipV6(), ['unicast', 'rfc6052']],
  ] as const)(
    'lets no %s address pass for public that another library knows to be special',
    (_name, addresses, ranges) => {
      const passed = fc.sample(addresses, 5000).filter((address) => addressScope(address) === 'public');
      expect(
        passed.map((address) => ipaddr.parse(address).range()).filter((range) => !ranges.some((one) => one === range)),
      ).toEqual([]);
    },
  );

  it('reads what another library reads', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        expect(addressScope(address)).toBe(addressScope(ipaddr.parse(address).toNormalizedString()));
      }),
      { numRuns: 2000 },
    );
  });
});
