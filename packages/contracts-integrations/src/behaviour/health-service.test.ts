import {
  type IntegrationHealthCheckExecutor,
  IntegrationHealthService,
} from '@mortise/contracts-integrations/integrations/health';
import type {
  IntegrationContext,
  IntegrationTelemetryEvent,
} from '@mortise/contracts-integrations/integrations/runtime';
import { EnvSecretProvider } from '@mortise/contracts-integrations/integrations/secrets/env-secret-provider';
import { describe, expect, it } from 'vitest';
import { connectionOf, exampleSpec } from '../__fixtures__/resolved-config.ts';

const context: IntegrationContext = {
  tenantId: 'tenant-1',
  appId: 'app-1',
  spec: exampleSpec,
  connection: connectionOf(),
  secretProvider: new EnvSecretProvider({ env: { KEY: 'value' } }),
  secretReference: 'env://KEY',
  trace: { blueprintName: 'blueprint', blueprintVersion: '1.0.0', configVersion: '3' },
};

async function check(executor: IntegrationHealthCheckExecutor) {
  const events: IntegrationTelemetryEvent[] = [];
  const times = [1_000, 1_250];
  const service = new IntegrationHealthService({
    telemetry: { record: (event) => void events.push(event) },
    now: () => new Date(times.shift() ?? 1_250),
  });
  return { result: await service.check(context, executor), events };
}

describe('a health check', () => {
  it('finds a connection that works, at the time of the injected clock', async () => {
    const { result, events } = await check(async () => {});
    expect(result).toMatchObject({ status: 'connected', checkedAt: new Date(1_250), latencyMs: 250 });
    expect(events).toMatchObject([
      {
        tenantId: 'tenant-1',
        status: 'success',
        integrationKey: 'ai-llm.example',
        durationMs: 250,
        metadata: { status: 'connected', blueprint: 'blueprint.v1.0.0', configVersion: '3' },
      },
    ]);
  });

  it('says what failed, and never throws it', async () => {
    const { result, events } = await check(async () => {
      throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    });
    expect(result).toMatchObject({ status: 'error', errorCode: 'ECONNREFUSED', errorMessage: 'refused' });
    expect(events).toMatchObject([{ status: 'error', errorCode: 'ECONNREFUSED' }]);
  });

  it('takes a numeric code as text', async () => {
    const { result } = await check(async () => {
      throw Object.assign(new Error('refused'), { code: 503 });
    });
    expect(result.errorCode).toBe('503');
  });

  it('gives the executor the means to read the secret', async () => {
    let text = '';
    await check(async ({ secretProvider, secretReference }) => {
      const { data } = await secretProvider.getSecret(secretReference);
      text = new TextDecoder().decode(data);
    });
    expect(text).toBe('value');
  });
});
