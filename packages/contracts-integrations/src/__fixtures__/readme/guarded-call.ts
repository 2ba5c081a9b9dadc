import { input, llmAdapter, resolvedAppConfig } from './surroundings.ts';
import { IntegrationCallGuard } from '@mortise/contracts-integrations/integrations/runtime';
import { EnvSecretProvider, SecretProviderManager } from '@mortise/contracts-integrations/integrations/secrets';
const secretProvider = new SecretProviderManager({
  providers: [{ provider: new EnvSecretProvider(), priority: 100 }],
});
const guard = new IntegrationCallGuard(secretProvider);
const result = await guard.executeWithGuards(
  'primary-llm',
  'chat',
  {},
  resolvedAppConfig,
  async (connection, secrets) => {
    return llmAdapter.chat(connection, secrets, input);
  },
);

export { guard, result };
