import { IntegrationError } from '@mortise/core';
import type { ConversationalProvider } from './conversational-provider.ts';

/** A provider with every optional method in place. */
export interface CompleteConversationalProvider extends ConversationalProvider {
  createClientToken: NonNullable<ConversationalProvider['createClientToken']>;
  close: NonNullable<ConversationalProvider['close']>;
}

/** Fills in what a provider lacks: `close` as nothing to do, `createClientToken` as one that rejects with `unsupported`. */
export function completeConversational(provider: ConversationalProvider): CompleteConversationalProvider {
  const { capabilities } = provider;
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    startSession: (config, options) => provider.startSession(config, options),
    listVoices: (options) => provider.listVoices(options),
    createClientToken: (request, options) =>
      provider.createClientToken?.(request, options) ??
      Promise.reject(
        new IntegrationError({
          code: 'unsupported',
          message: 'This provider gives out no client tokens: open the session on a server',
        }),
      ),
    close: () => provider.close?.() ?? Promise.resolve(),
  };
}
