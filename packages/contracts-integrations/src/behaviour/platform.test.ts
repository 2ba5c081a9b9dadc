import { ContractsIntegrationsFeature } from '@mortise/contracts-integrations/contracts-integrations.feature';
import { tech_contracts_integrations_DocBlocks } from '@mortise/contracts-integrations/integrations/docs/integrations.docblock';
import { HealthFeature } from '@mortise/contracts-integrations/integrations/health/health.feature';
import { IntegrationsCapability } from '@mortise/contracts-integrations/integrations/integrations.capability';
import { IntegrationsFeature } from '@mortise/contracts-integrations/integrations/integrations.feature';
import { MeetingRecorderFeature } from '@mortise/contracts-integrations/integrations/meeting-recorder/meeting-recorder.feature';
import { OpenBankingFeature } from '@mortise/contracts-integrations/integrations/openbanking/openbanking.feature';
import type { FeatureModuleSpec } from '@mortise/core';
import { describe, expect, it } from 'vitest';

describe('the capability and the features of the platform', () => {
  it('have their identity', () => {
    expect(IntegrationsCapability.meta).toMatchObject({
      key: 'integrations',
      version: '1.0.0',
      kind: 'integration',
      stability: 'experimental',
      owners: ['@platform.core'],
      tags: ['integrations', 'platform'],
    });
    expect(IntegrationsCapability).not.toHaveProperty('provides');
    expect(IntegrationsFeature.meta).toMatchObject({
      key: 'platform.integrations',
      version: '1.0.0',
      title: 'Platform Integrations',
      domain: 'platform',
      owners: ['@platform.integrations'],
      tags: ['integrations', 'connections', 'platform'],
      stability: 'experimental',
    });
    expect(ContractsIntegrationsFeature.meta).toMatchObject({
      key: 'libs.contracts-integrations',
      version: '1.0.0',
      title: 'Contracts Integrations',
      domain: 'contracts-integrations',
      owners: ['@contractspec-core'],
      tags: ['package', 'libs', 'contracts-integrations'],
      stability: 'experimental',
    });
  });

  it('say what they give and need', () => {
    expect(IntegrationsFeature).toMatchObject({
      capabilities: {
        provides: [{ key: 'integrations', version: '1.0.0' }],
        requires: [{ key: 'identity', version: '1.0.0' }],
      },
      events: [],
      presentations: [],
      opToPresentation: [],
      presentationsTargets: [],
    });
    expect(ContractsIntegrationsFeature.capabilities).toBeUndefined();
  });

  it('list the operations of all domains, 28 in all', () => {
    const domains: readonly FeatureModuleSpec[] = [
      HealthFeature,
      IntegrationsFeature,
      MeetingRecorderFeature,
      OpenBankingFeature,
    ];
    const refs = (feature: FeatureModuleSpec): string[] =>
      (feature.operations ?? []).map(({ key, version }) => `${key}@${version}`);
    expect(refs(ContractsIntegrationsFeature).sort()).toEqual(domains.flatMap((domain) => refs(domain)).toSorted());
    expect(refs(ContractsIntegrationsFeature)).toHaveLength(28);
  });
});

describe('the documentation', () => {
  it('is one block of Markdown under its established id', () => {
    expect(tech_contracts_integrations_DocBlocks).toMatchObject([
      {
        id: 'docs.tech.contracts.integrations',
        title: 'ContractSpec Integrations',
        kind: 'reference',
        visibility: 'public',
        route: '/docs/tech/contracts/integrations',
        tags: ['tech', 'contracts', 'integrations'],
      },
    ]);
  });

  it.each(['createDefaultIntegrationSpecRegistry', 'gcp://', 'aws://', 'scw://', 'env://', 'IntegrationHealthService'])(
    'tells of %s',
    (topic) => {
      expect(tech_contracts_integrations_DocBlocks[0]?.body).toContain(topic);
    },
  );
});
