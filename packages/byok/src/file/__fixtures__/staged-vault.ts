import {
  type SecretProvider,
  SecretProviderError,
  type SecretReference,
  type SecretRotationResult,
} from '@mortise/secrets';

/** What is current and what is retired, kept in the vault too. */
interface Stages {
  readonly current: string;
  readonly retired: readonly string[];
}

/** Where a vault keeps which version of a secret is current. */
function stagesReference(reference: SecretReference): SecretReference {
  return `${reference}/stages`;
}

/**
 * Gives a vault the stages that it does not have: versions are the vault's own, and a second secret says which of them is
 * current. All of it is on disk.
 */
export function stagedVault(vault: SecretProvider): SecretProvider {
  const stagesOf = async (reference: SecretReference): Promise<Stages> => {
    try {
      const { data } = await vault.getSecret(stagesReference(reference));
      return JSON.parse(new TextDecoder().decode(data));
    } catch (error) {
      if (!SecretProviderError.is(error) || error.code !== 'NOT_FOUND') throw error;
      return { current: (await vault.getSecret(reference)).version ?? '', retired: [] };
    }
  };
  const keepStages = async (reference: SecretReference, stages: Stages): Promise<void> => {
    await vault.setSecret(stagesReference(reference), { data: JSON.stringify(stages) });
  };
  const promoteSecret = async (reference: SecretReference, version: string): Promise<SecretRotationResult> => {
    const stages = await stagesOf(reference);
    await vault.getSecret(reference, { version });
    if (stages.current !== version) await keepStages(reference, { ...stages, current: version });
    return { reference, version, previousVersion: stages.current };
  };
  return {
    id: vault.id,
    canHandle: (reference) => vault.canHandle(reference),
    getSecret: async (reference, options = {}) => {
      const { current, retired } = await stagesOf(reference);
      const { version = current } = options;
      if (!retired.includes(version)) return vault.getSecret(reference, { ...options, version });
      throw refusal('VERSION_DISABLED', reference, `version ${version} is retired`);
    },
    setSecret: async (reference, payload, options) => {
      const written = await vault.setSecret(reference, payload, options);
      return promoteSecret(reference, written.version);
    },
    rotateSecret: async (reference, payload, options) => {
      const written = await vault.rotateSecret(reference, payload, options);
      return promoteSecret(reference, written.version);
    },
    deleteSecret: (...args) => vault.deleteSecret(...args),
    stageSecret: async (reference, payload, options) => {
      // Written down before the vault has another version, so that the one that is current stays so.
      const stages = await stagesOf(reference);
      await keepStages(reference, stages);
      return vault.rotateSecret(reference, payload, options);
    },
    promoteSecret,
    retireVersion: async (reference, version) => {
      const stages = await stagesOf(reference);
      if (stages.current === version) throw refusal('CONFLICT', reference, `version ${version} is current`);
      await keepStages(reference, { ...stages, retired: [...new Set([...stages.retired, version])] });
    },
  };
}

function refusal(code: 'CONFLICT' | 'VERSION_DISABLED', reference: SecretReference, message: string): Error {
  return new SecretProviderError({ code, message, provider: 'file', reference });
}
