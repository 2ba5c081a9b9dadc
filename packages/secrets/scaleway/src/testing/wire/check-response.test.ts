import { Secretv1beta1 as sdk } from '@scaleway/sdk-secret';
import { describe, expect, it } from 'vitest';
import { findResponseFaults } from './check-response.ts';

const ACCESS = {
  secret_id: '624d7f85-d701-41e3-8c42-be04a5b42fc8',
  revision: 1,
  data: 'eA==',
  data_crc32: null,
  type: 'opaque',
};

const faultsOf = (body: unknown): string[] => findResponseFaults(body, sdk.unmarshalAccessSecretVersionResponse);

describe('findResponseFaults', () => {
  it('finds nothing wrong with an answer recorded from the service', () => {
    expect(faultsOf(ACCESS)).toEqual([]);
    expect(findResponseFaults({ versions: [], total_count: 0 }, sdk.unmarshalListSecretVersionsResponse)).toEqual([]);
  });

  it.each<[string, unknown, RegExp]>([
    ['a field that the SDK does not read', { ...ACCESS, region: 'fr-par' }, /^\$\.region is no field/],
    ['a field that is missing', { ...ACCESS, data_crc32: undefined }, /wrong type/],
    ['a field of another type', { ...ACCESS, revision: '1' }, /^\$\.revision has the wrong type/],
    ['an id that is none', { ...ACCESS, secret_id: 'x' }, /^\$\.secret_id has the wrong type/],
    ['no object', 'text', /^the SDK cannot read it/],
  ])('finds %s', (_, body, expected) => {
    expect(faultsOf(body)).toEqual([expect.stringMatching(expected)]);
  });

  it('finds what is absent although the SDK asks for it', () => {
    const { data: _, ...body } = ACCESS;
    expect(faultsOf(body)).toEqual(['$.data is missing']);
  });

  it('looks into lists and nested objects', () => {
    const version = { revision: 1, ephemeral_properties: { action: 'delete', extra: 1 } };
    const faults = findResponseFaults({ versions: [version], total_count: 1 }, sdk.unmarshalListSecretVersionsResponse);
    expect(faults).toContain('$.versions[0].ephemeral_properties.extra is no field of the API');
    expect(faults).toContain('$.versions[0].ephemeral_properties.expires_at is missing');
    expect(faults).toContain('$.versions[0].status is missing');
  });
});
