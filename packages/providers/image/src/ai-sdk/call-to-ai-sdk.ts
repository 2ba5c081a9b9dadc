import type { SharedV4ProviderOptions } from '@ai-sdk/provider';
import { type CallOptions, IntegrationError, type IntegrationWarning } from '@mortise/core';
import { aiSdkJson } from './json.ts';

/** What every call of the AI SDK takes besides its input. */
export interface AiSdkCallExtras {
  readonly providerOptions?: SharedV4ProviderOptions;
  readonly abortSignal: AbortSignal;
  readonly headers?: Record<string, string>;
}

export function extrasToAiSdk(options: CallOptions, abortSignal: AbortSignal): AiSdkCallExtras {
  const { providerOptions, headers, traceparent, idempotencyKey } = options;
  const all = {
    ...headers,
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  };
  return {
    abortSignal,
    ...(providerOptions === undefined ? {} : { providerOptions: aiSdkJson(providerOptions) }),
    ...(Object.keys(all).length === 0 ? {} : { headers: all }),
  };
}

/** A warning for each wish that the AI SDK has no place for. */
export function unknownToAiSdk<Input extends object>(
  input: Input,
  fields: readonly (keyof Input & string)[],
): IntegrationWarning[] {
  return fields
    .filter((field) => input[field] !== undefined)
    .map((field) => ({
      type: 'unsupported',
      field,
      message: `The AI SDK has no "${field}"; providerOptions may have it`,
    }));
}

/** Finds the model of a call. */
export function chooseModel<Model extends { readonly modelId: string }>(
  model: Model,
  asked: string | undefined,
  resolveModel: ((modelId: string) => Model) | undefined,
): Model {
  if (asked === undefined || asked === model.modelId) return model;
  if (resolveModel !== undefined) return resolveModel(asked);
  throw new IntegrationError({
    code: 'unsupported',
    field: 'model',
    message: `model: this provider is bound to "${model.modelId}"; give resolveModel to let calls choose`,
  });
}

export function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? Uint8Array.from(atob(data), (char) => char.charCodeAt(0)) : data;
}
