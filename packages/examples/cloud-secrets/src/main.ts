import { cacheSecrets, SecretProviderError, SecretProviderManager } from '@mortise/secrets';
import { CLOUDS } from './clouds.ts';

/** Reads one secret of each cloud through one manager and one cache, then what none of them has. */
const accounts = await Promise.all(
  Object.entries(CLOUDS).map(async ([cloud, start]) => ({ cloud, account: await start(cloud) })),
);
const manager = new SecretProviderManager();
for (const { account } of accounts) manager.register(account.provider);
const secrets = cacheSecrets(manager);

for (const { cloud, account } of accounts) {
  const reference = account.reference('mistral');
  account.seed('mistral', `key of ${cloud}`);
  for (let read = 0; read < 3; read += 1) await secrets.getSecret(reference);
  const { version } = await secrets.getSecret(reference);
  console.log(`${reference}: version ${version}, ${account.countRequests()} request for 4 reads`);
  await secrets.getSecret(account.reference('absent')).catch((error: unknown) => {
    console.log(SecretProviderError.is(error) ? `  ${error.code}: ${error.message}` : error);
  });
}
await secrets.close();
for (const { account } of accounts) await account.close();
