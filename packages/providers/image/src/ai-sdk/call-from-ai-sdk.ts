import type { SharedV4ProviderOptions } from '@ai-sdk/provider';
import type { CallOptions } from '@mortise/core';
import { ourJson } from './json.ts';

/** What a call of the AI SDK says besides its input, in our form. */
export function callFromAiSdk(call: {
  readonly abortSignal?: AbortSignal | undefined;
  readonly headers?: Record<string, string | undefined> | undefined;
  readonly providerOptions?: SharedV4ProviderOptions | undefined;
}): CallOptions {
  const { abortSignal, headers = {}, providerOptions } = call;
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    ...(abortSignal === undefined ? {} : { signal: abortSignal }),
    ...(given.length === 0 ? {} : { headers: Object.fromEntries(given) }),
    ...(providerOptions === undefined || Object.keys(providerOptions).length === 0
      ? {}
      : { providerOptions: ourJson(providerOptions) }),
  };
}
