import type { Stability } from '../ownership.ts';
import { DuplicateContractError } from './duplicate-contract-error.ts';
import { matchesKeyPattern } from './key-pattern.ts';
import { compareVersions, isPreReleaseVersion } from './version-order.ts';

/** What a registry needs to know of a contract: the searchable part of `OwnerShipMeta`. */
export interface RegisteredContract {
  readonly meta: {
    readonly key: string;
    readonly version: string;
    readonly domain?: string;
    readonly stability?: Stability;
    readonly owners?: readonly string[];
    readonly tags?: readonly string[];
  };
}

/** All criteria must hold; one that is left out does not limit, an empty list matches nothing. */
export interface ContractFilter {
  /** At least one of these tags. */
  readonly tags?: readonly string[];
  /** At least one of these owners. */
  readonly owners?: readonly string[];
  /** A contract that states none counts as `stable`. */
  readonly stability?: Stability;
  /** Equal to the contract's domain or to the first dot-separated part of its key. */
  readonly domain?: string;
  /** The whole key, case-insensitive; `*` stands for any run of characters, `?` for one. */
  readonly keyPattern?: string;
}

interface VersionsOfKey<Contract> {
  latest: Contract;
  readonly byVersion: Map<string, Contract>;
}

/** Key under which a registry stores a contract: `<key>.v<version>`. */
export function makeContractKey(meta: { readonly key: string; readonly version: string | number }): string {
  return `${meta.key}.v${meta.version}`;
}

/**
 * Contracts of one kind by key and version, in the order of registration. Contracts are kept by reference and look-ups
 * take constant time. There is no removal: a registry with other contents is another registry.
 */
export abstract class SpecContractRegistry<ContractType extends string, Contract extends RegisteredContract> {
  /** Kind of contract, such as `integration`. */
  readonly contractType: ContractType;
  readonly #contracts: Contract[] = [];
  readonly #versions = new Map<string, VersionsOfKey<Contract>>();

  protected constructor(contractType: ContractType, items: Iterable<Contract> = []) {
    this.contractType = contractType;
    for (const item of items) this.register(item);
  }

  /**
   * Adds a contract.
   *
   * @throws {DuplicateContractError} The key and version are taken.
   */
  register(contract: Contract): this {
    const { key, version } = contract.meta;
    const versions = this.#versions.get(key);
    if (versions === undefined) {
      this.#versions.set(key, { latest: contract, byVersion: new Map([[version, contract]]) });
    } else {
      if (versions.byVersion.has(version)) {
        throw new DuplicateContractError(this.contractType, makeContractKey(contract.meta));
      }
      versions.byVersion.set(version, contract);
      if (isPreferred(version, versions.latest.meta.version)) versions.latest = contract;
    }
    this.#contracts.push(contract);
    return this;
  }

  /** Number of contracts, each version counted. */
  count(): number {
    return this.#contracts.length;
  }

  /** All contracts in the order of registration, as a new array. */
  list(): Contract[] {
    return [...this.#contracts];
  }

  /**
   * The contract with exactly this key and version; without a version the highest one, a pre-release only when there
   * is nothing else. Undefined when there is none.
   */
  get(key: string, version?: string | number): Contract | undefined {
    const versions = this.#versions.get(key);
    return version === undefined ? versions?.latest : versions?.byVersion.get(String(version));
  }

  /** Whether `get` would find a contract. */
  has(key: string, version?: string | number): boolean {
    return this.get(key, version) !== undefined;
  }

  /** The contracts that meet all criteria, in the order of registration. */
  filter(criteria: ContractFilter): Contract[] {
    return this.#contracts.filter((contract) => meetsCriteria(contract.meta, criteria));
  }

  listByTag(tag: string): Contract[] {
    return this.filter({ tags: [tag] });
  }

  listByOwner(owner: string): Contract[] {
    return this.filter({ owners: [owner] });
  }

  /** Contracts under the group that `groupOf` names for each, groups and members in the order of registration. */
  groupBy<Group>(groupOf: (contract: Contract) => Group): Map<Group, Contract[]> {
    const groups = new Map<Group, Contract[]>();
    for (const contract of this.#contracts) {
      const group = groupOf(contract);
      const members = groups.get(group);
      if (members === undefined) groups.set(group, [contract]);
      else members.push(contract);
    }
    return groups;
  }

  /** Every tag once, sorted by code units. */
  getUniqueTags(): string[] {
    return [...new Set(this.#contracts.flatMap((contract) => contract.meta.tags ?? []))].sort();
  }
}

/** Whether a version should replace the one that is returned when none is asked for. Ties keep the earlier one. */
function isPreferred(candidate: string, current: string): boolean {
  const isCandidatePreRelease = isPreReleaseVersion(candidate);
  if (isCandidatePreRelease !== isPreReleaseVersion(current)) return !isCandidatePreRelease;
  return compareVersions(candidate, current) > 0;
}

function meetsCriteria(meta: RegisteredContract['meta'], criteria: ContractFilter): boolean {
  const { tags, owners, stability, domain, keyPattern } = criteria;
  if (tags !== undefined && !tags.some((tag) => meta.tags?.includes(tag))) return false;
  if (owners !== undefined && !owners.some((owner) => meta.owners?.includes(owner))) return false;
  if (stability !== undefined && (meta.stability ?? 'stable') !== stability) return false;
  if (domain !== undefined && meta.domain !== domain && meta.key.split('.', 1)[0] !== domain) return false;
  return keyPattern === undefined || matchesKeyPattern(keyPattern, meta.key);
}
