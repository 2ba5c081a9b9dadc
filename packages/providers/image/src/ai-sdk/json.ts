import type { SharedV4ProviderMetadata } from '@ai-sdk/provider';
import type { JsonObject } from '@mortise/core';

type ProviderRecords = Readonly<Record<string, JsonObject>>;

/** Our read-only JSON as the AI SDK's, which may be written to: a copy. */
export function aiSdkJson(records: ProviderRecords): SharedV4ProviderMetadata {
  const copy: SharedV4ProviderMetadata = JSON.parse(JSON.stringify(records));
  return copy;
}

/** JSON of the AI SDK as ours: a copy without undefined members. */
export function ourJson(records: Readonly<Record<string, unknown>>): Record<string, JsonObject> {
  const copy: Record<string, JsonObject> = JSON.parse(JSON.stringify(records));
  return copy;
}
