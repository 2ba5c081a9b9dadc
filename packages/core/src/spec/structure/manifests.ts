import type { JsonObject } from '../../call/json.ts';
import { all, listOf, object, terms, word } from './terms.ts';

/** Form of what a credential manifest says of one ownership mode. */
export function manifestForm(): JsonObject {
  const { flag, mode, name, period, text, variable } = terms();
  const names = listOf(name);
  const credentials = listOf(object({ key: name }, { required: flag, description: text, envVar: variable }));
  return object(
    { mode },
    {
      ...all('configFields secretFields', credentials),
      envAliases: listOf(object({ logicalKey: name, envVar: variable }, { targetId: name, public: flag })),
      ...all('allowedSecretProviders setupSteps', names),
      validationStrategy: word('static-schema provider-health byok-lifecycle custom'),
      rotation: object({}, { supported: flag, recommendedIntervalDays: period }),
      docsUrl: name,
    },
  );
}
