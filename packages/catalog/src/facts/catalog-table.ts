import type {
  IntegrationAuthType,
  IntegrationCategory,
  IntegrationOwnershipMode,
  IntegrationSpec,
  IntegrationTransportType,
  Stability,
} from '@mortise/core';
import { integrationSpecs } from '../integration-specs.ts';
import { type FactState, factsOf, SPEC_FACTS, type SpecFact } from './spec-facts.ts';

/** What the catalog knows of one provider. */
export interface CatalogRow {
  readonly key: string;
  readonly version: string;
  readonly title: string;
  readonly category: IntegrationCategory;
  readonly stability: Stability;
  readonly modes: readonly IntegrationOwnershipMode[];
  /** Each type once, in the order of the spec. */
  readonly transports: readonly IntegrationTransportType[];
  readonly authMethods: readonly IntegrationAuthType[];
  readonly capabilities: readonly string[];
  readonly facts: Readonly<Record<SpecFact, FactState>>;
  /** The facts that are absent. */
  readonly blanks: readonly SpecFact[];
  /** Day on which the oldest of its sources was read, `YYYY-MM-DD`. Absent: it names none. */
  readonly checkedOn?: string;
}

/** One row for each spec, in the order given. Default: every shipped spec. */
export function catalogTable(specs: Iterable<IntegrationSpec> = integrationSpecs): CatalogRow[] {
  return Array.from(specs, rowOf);
}

function rowOf(spec: IntegrationSpec): CatalogRow {
  const { key, version, title, category, stability } = spec.meta;
  const facts = factsOf(spec);
  const checkedOn = (spec.sources ?? []).map((source) => source.checkedOn).toSorted()[0];
  return {
    key,
    version,
    title: title ?? key,
    category,
    stability,
    modes: spec.supportedModes,
    transports: unique((spec.transports ?? []).map(({ type }) => type)),
    authMethods: unique((spec.supportedAuthMethods ?? []).map(({ type }) => type)),
    capabilities: spec.capabilities.provides.map((capability) => capability.key),
    facts,
    blanks: SPEC_FACTS.filter((fact) => facts[fact] === 'absent'),
    ...(checkedOn === undefined ? {} : { checkedOn }),
  };
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
