import { OperationSpecRegistry } from '@mortise/core/operations';
import * as health from '@mortise/contracts-integrations/integrations/health/contracts';
import {
  assertPrimaryHealthReady,
  ensurePrimaryHealthIntegration,
} from '@mortise/contracts-integrations/integrations/health/guards';
import {
  HEALTH_PII_FIELDS,
  HEALTH_TELEMETRY_EVENTS,
  redactHealthTelemetryPayload,
} from '@mortise/contracts-integrations/integrations/health/telemetry';
import * as meetings from '@mortise/contracts-integrations/integrations/meeting-recorder/contracts';
import {
  MEETING_RECORDER_PII_FIELDS,
  MEETING_RECORDER_TELEMETRY_EVENTS,
  redactMeetingRecorderTelemetryPayload,
} from '@mortise/contracts-integrations/integrations/meeting-recorder/telemetry';
import * as banking from '@mortise/contracts-integrations/integrations/openbanking/contracts';
import {
  assertPrimaryOpenBankingReady,
  ensurePrimaryOpenBankingIntegration,
} from '@mortise/contracts-integrations/integrations/openbanking/guards';
import {
  OPENBANKING_PII_FIELDS,
  OPENBANKING_TELEMETRY_EVENTS,
  redactOpenBankingTelemetryPayload,
} from '@mortise/contracts-integrations/integrations/openbanking/telemetry';
import { defineIntegration } from '@mortise/contracts-integrations/integrations/spec';
import type { IntegrationSpec, ResolvedAppConfig } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { configWith, exampleSpec } from '../__fixtures__/resolved-config.ts';

const DOMAINS = [
  {
    name: 'health',
    register: health.registerHealthContracts,
    operations: [
      [health.HealthListActivities, 'health.activities.list', 'user'],
      [health.HealthSyncActivities, 'health.activities.sync', 'admin'],
      [health.HealthListWorkouts, 'health.workouts.list', 'user'],
      [health.HealthSyncWorkouts, 'health.workouts.sync', 'admin'],
      [health.HealthListSleep, 'health.sleep.list', 'user'],
      [health.HealthSyncSleep, 'health.sleep.sync', 'admin'],
      [health.HealthListBiometrics, 'health.biometrics.list', 'user'],
      [health.HealthSyncBiometrics, 'health.biometrics.sync', 'admin'],
      [health.HealthListNutrition, 'health.nutrition.list', 'user'],
      [health.HealthSyncNutrition, 'health.nutrition.sync', 'admin'],
      [health.HealthWebhookIngest, 'health.webhooks.ingest', 'admin'],
    ],
  },
  {
    name: 'open banking',
    register: banking.registerOpenBankingContracts,
    operations: [
      [banking.OpenBankingListAccounts, 'openbanking.accounts.list', 'user'],
      [banking.OpenBankingGetAccount, 'openbanking.accounts.get', 'user'],
      [banking.OpenBankingSyncAccounts, 'openbanking.accounts.sync', 'admin'],
      [banking.OpenBankingListTransactions, 'openbanking.transactions.list', 'user'],
      [banking.OpenBankingSyncTransactions, 'openbanking.transactions.sync', 'admin'],
      [banking.OpenBankingGetBalances, 'openbanking.balances.get', 'user'],
      [banking.OpenBankingRefreshBalances, 'openbanking.balances.refresh', 'admin'],
    ],
  },
  {
    name: 'meeting recorder',
    register: meetings.registerMeetingRecorderContracts,
    operations: [
      [meetings.MeetingRecorderListMeetings, 'meeting-recorder.meetings.list', 'user'],
      [meetings.MeetingRecorderGetMeeting, 'meeting-recorder.meetings.get', 'user'],
      [meetings.MeetingRecorderGetTranscript, 'meeting-recorder.transcripts.get', 'user'],
      [meetings.MeetingRecorderSyncTranscript, 'meeting-recorder.transcripts.sync', 'admin'],
      [meetings.MeetingRecorderWebhookIngest, 'meeting-recorder.webhooks.ingest', 'admin'],
    ],
  },
] as const;

describe.each(DOMAINS)('the operations of $name', ({ register, operations }) => {
  it('are registered as they are, in their order, and the registry is returned', () => {
    const registry = new OperationSpecRegistry();
    expect(register(registry)).toBe(registry);
    expect(registry.list()).toEqual(operations.map(([operation]) => operation));
    for (const [operation, key] of operations) expect(registry.get(key, '1.0.0')).toBe(operation);
  });

  it('keep who may call them, and that queries only read', () => {
    for (const [{ meta, policy }, key, auth] of operations) {
      expect([meta.key, policy.auth]).toEqual([key, auth]);
      const isQuery = auth === 'user';
      expect([key, meta.kind, policy.idempotent]).toEqual([
        key,
        isQuery ? 'query' : 'command',
        isQuery ? true : expect.any(Boolean),
      ]);
    }
  });
});

const withCategory = (category: string): IntegrationSpec =>
  defineIntegration({ ...exampleSpec, meta: { ...exampleSpec.meta, key: `${category}.example`, category } });

interface GuardResult {
  readonly ok: boolean;
  readonly integration?: unknown;
  readonly error?: string;
}

const GUARDS = [
  ['health', 'primaryHealth', withCategory('health'), ensurePrimaryHealthIntegration, assertPrimaryHealthReady],
  [
    'open banking',
    'primaryOpenBanking',
    withCategory('open-banking'),
    ensurePrimaryOpenBankingIntegration,
    assertPrimaryOpenBankingReady,
  ],
] as const satisfies readonly (readonly [
  string,
  string,
  IntegrationSpec,
  (config: ResolvedAppConfig) => GuardResult,
  (config: ResolvedAppConfig) => unknown,
])[];

describe.each(GUARDS)('the guard of %s', (...row) => {
  const [, slotId, spec, ensure, assertReady] = row;
  it('refuses a slot that is not bound', () => {
    const result = ensure(configWith({}, spec, 'other'));
    expect(result).toMatchObject({ ok: false, error: expect.stringMatching(/not bound/i) });
    expect(result.integration).toBeUndefined();
  });

  it.each(['error', 'disconnected'] as const)('refuses a connection that is %s', (status) => {
    const config = configWith({ status }, spec, slotId);
    const result = ensure(config);
    expect(result).toMatchObject({ ok: false, error: expect.stringMatching(new RegExp(`status "${status}"`, 'i')) });
    expect(result.integration).toBe(config.integrations[0]);
    expect(() => assertReady(config)).toThrow(result.error);
  });

  it('refuses a connection that was never checked', () => {
    expect(ensure(configWith({ status: 'unknown' }, spec, slotId)).ok).toBe(false);
  });

  it('gives the integration of a connection that works', () => {
    const config = configWith({}, spec, slotId);
    expect(ensure(config)).toMatchObject({ ok: true, integration: config.integrations[0] });
    expect(assertReady(config)).toBe(config.integrations[0]);
  });
});

it('the guard of health refuses an integration of another category, and names it', () => {
  const result = ensurePrimaryHealthIntegration(configWith({}, exampleSpec, 'primaryHealth'));
  expect(result).toMatchObject({ ok: false, error: expect.stringMatching(/must bind a health integration/i) });
  expect(result.error).toContain('"ai-llm"');
});

type Redact = (payload: Record<string, unknown>) => unknown;

describe('telemetry', () => {
  it.each<readonly [string, readonly string[], Redact, readonly string[]]>([
    ['health', HEALTH_PII_FIELDS, redactHealthTelemetryPayload, ['email', 'dateOfBirth', 'heartRateVariability']],
    ['open banking', OPENBANKING_PII_FIELDS, redactOpenBankingTelemetryPayload, ['iban', 'bic', 'counterpartyName']],
    [
      'meeting recorder',
      MEETING_RECORDER_PII_FIELDS,
      redactMeetingRecorderTelemetryPayload,
      ['email', 'participants', 'speakerName'],
    ],
  ])('of %s masks personal data at any depth and keeps the rest', (_name, fields, redact, examples) => {
    expect(fields).toEqual(expect.arrayContaining([...examples]));
    for (const field of fields) {
      const payload = {
        [field]: 'canary-of-a-person',
        nested: { list: [{ [field]: 'canary-of-a-person' }] },
        count: 3,
      };
      const redacted = redact(payload);
      expect(JSON.stringify(redacted)).not.toContain('canary-of-a-');
      expect(redacted).toMatchObject({ count: 3 });
      expect(JSON.stringify(payload)).toContain('canary-of-a-person');
    }
  });

  it('has its event names', () => {
    expect(HEALTH_TELEMETRY_EVENTS).toMatchObject({
      activitiesSynced: 'health.activities.synced',
      activitiesSyncFailed: 'health.activities.sync_failed',
      webhookReceived: 'health.webhooks.received',
      webhookRejected: 'health.webhooks.rejected',
    });
    expect(OPENBANKING_TELEMETRY_EVENTS).toMatchObject({
      accountsSynced: 'openbanking.accounts.synced',
      balancesRefreshFailed: 'openbanking.balances.refresh_failed',
      overviewGenerated: 'openbanking.overview.generated',
    });
    expect(MEETING_RECORDER_TELEMETRY_EVENTS).toMatchObject({
      meetingsSynced: 'meeting-recorder.meetings.synced',
      transcriptsFetchFailed: 'meeting-recorder.transcripts.fetch_failed',
      webhookRejected: 'meeting-recorder.webhooks.rejected',
    });
  });
});
