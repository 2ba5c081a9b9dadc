import { defineIntegration } from '@mortise/core';
import { expectTypeOf } from 'vitest';
import { chatSecrets, configOf } from '../__fixtures__/application.ts';
import { defineSlot } from './executor.ts';
import { IntegrationCallGuard } from './integration-call-guard.ts';

const spec = defineIntegration({
  meta: { key: 'ai-llm.typed', version: 1, owners: ['@team'], tags: [], category: 'ai-llm' },
  supportedModes: ['managed'],
  capabilities: { provides: [{ key: 'ai.chat' }] },
  configSchema: {
    schema: { type: 'object', properties: { model: { type: 'string' } }, required: ['model'] },
  },
  secretSchema: {
    schema: { type: 'object', properties: { apiKey: { type: 'string' } }, required: ['apiKey'] },
  },
});

const guard = new IntegrationCallGuard(chatSecrets());
const slot = defineSlot('primary-llm', spec);

const typed = await guard.executeWithGuards(slot, 'chat', {}, configOf(), async (connection, secrets, context) => {
  expectTypeOf(connection.config.model).toEqualTypeOf<string>();
  expectTypeOf(secrets.apiKey).toEqualTypeOf<string>();
  expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>();
  // @ts-expect-error The config has no such field.
  void connection.config.modle;
  // @ts-expect-error The secret has no such field.
  void secrets.apikey;
  return 7;
});

if (typed.success) {
  expectTypeOf(typed.data).toEqualTypeOf<number>();
} else {
  expectTypeOf(typed.error.message).toEqualTypeOf<string>();
  // @ts-expect-error A failure has no data to read.
  typed.data.toFixed();
}

const plain = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), async (connection, secrets) => {
  expectTypeOf(connection.config).toEqualTypeOf<Record<string, unknown>>();
  expectTypeOf(secrets).toEqualTypeOf<Record<string, string>>();
  return 'text';
});
expectTypeOf(plain.data).toEqualTypeOf<string | undefined>();
