import { cacheSecrets, SecretProviderError, SecretProviderManager } from '@mortise/secrets';
import { CLOUDS } from './clouds.ts';

/** Reads one secret of each cloud through one manager and one cache, then what none of them has. */
const accounts = await Promise.all(
  Object.entries(CLOUDS).map(async ([cloud, start]) => ({ cloud, ...(await start(cloud)) })),
);
const manager = new SecretProviderManager();
for (const { provider } of accounts) manager.register(provider);
const secrets = cacheSecrets(manager);

for (const { cloud, reference, seed, countRequests } of accounts) {
  seed('mistral', `key of ${cloud}`);
  for (let read = 0; read < 3; read += 1) await secrets.getSecret(reference('mistral'));
  const { version } = await secrets.getSecret(reference('mistral'));
  console.log(`${reference('mistral')}: version ${version}, ${countRequests()} request for 4 reads`);
  await secrets.getSecret(reference('absent')).catch((error: unknown) => {
    console.log(SecretProviderError.is(error) ? `  ${error.code}: ${error.message}` : error);
  });
}
await secrets.close();
for (const { close } of accounts) await close();
