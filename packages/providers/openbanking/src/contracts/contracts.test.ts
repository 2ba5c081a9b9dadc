import {
  OperationSpecRegistry,
  toOpenApiDocument,
  type OperationContext,
  type OperationTelemetryEvent,
} from '@mortise/core/operations';
import { describe, expect, it } from 'vitest';
import { OpenBankingCapability } from '../open-banking-capability.ts';
import { OpenBankingFeature } from '../open-banking-feature.ts';
import type { BankTransactionRecord } from '../records/bank-transaction-record.ts';
import {
  OpenBankingListTransactions,
  OpenBankingRefreshBalances,
  OpenBankingSyncAccounts,
  OpenBankingSyncTransactions,
  registerOpenBankingAccountContracts,
  registerOpenBankingBalanceContracts,
  registerOpenBankingContracts,
  registerOpenBankingTransactionContracts,
} from './index.ts';

const CONTRACTS = [
  ['openbanking.accounts.list', 'query', 'user'],
  ['openbanking.accounts.get', 'query', 'user'],
  ['openbanking.accounts.sync', 'command', 'admin'],
  ['openbanking.transactions.list', 'query', 'user'],
  ['openbanking.transactions.sync', 'command', 'admin'],
  ['openbanking.balances.get', 'query', 'user'],
  ['openbanking.balances.refresh', 'command', 'admin'],
] as const;

const IBAN = 'FR7630006000011234567890189';
const tenant: OperationContext = { actor: 'admin', tenantId: 'tenant-1', userId: 'user-1' };

const record: BankTransactionRecord = {
  id: 'tx-1',
  accountId: 'acc-1',
  tenantId: 'tenant-1',
  connectionId: 'connection-1',
  externalId: 'ext-1',
  amount: 12.3,
  amountDecimal: '12.30',
  direction: 'debit',
  currency: 'EUR',
  date: '2026-03-29',
  transactionType: 'debit',
  status: 'booked',
  createdAt: '2026-04-01T08:00:00.000Z',
  updatedAt: '2026-04-01T08:00:00.000Z',
};

describe('the operations', () => {
  it('keep their keys, kinds, versions, audiences and owners', () => {
    const registry = registerOpenBankingContracts(new OperationSpecRegistry());
    expect(registry.list().map(({ meta, policy }) => [meta.key, meta.kind, policy.auth])).toEqual(CONTRACTS);
    for (const { meta } of registry.list()) {
      expect(meta).toMatchObject({ version: '1.0.0', stability: 'experimental', owners: ['@platform.finance'] });
      expect(meta.tags).toEqual(['open-banking', 'powens', meta.key.split('.')[1]]);
    }
  });

  it('are the ones that feature and capability name', () => {
    const keys = CONTRACTS.map(([key]) => key);
    expect(OpenBankingFeature.operations?.map(({ key }) => key)).toEqual(keys);
    expect(OpenBankingCapability.provides?.map(({ key }) => key)).toEqual(keys);
    expect(OpenBankingFeature.capabilities).toEqual({
      provides: [{ key: 'openbanking', version: '1.0.0' }],
      requires: [{ key: 'identity', version: '1.0.0' }],
    });
  });

  it('can be registered area by area, and not twice', () => {
    const registry = new OperationSpecRegistry();
    registerOpenBankingAccountContracts(registry);
    registerOpenBankingBalanceContracts(registry);
    expect(registry.list()).toHaveLength(5);
    expect(registerOpenBankingTransactionContracts(registry)).toBe(registry);
    expect(() => registerOpenBankingContracts(registry)).toThrow(/openbanking\.accounts\.list/);
  });

  it('can be described to others as OpenAPI', () => {
    const registry = registerOpenBankingContracts(new OperationSpecRegistry());
    const document = toOpenApiDocument(registry, { title: 'Banking', version: '1.0.0' });
    expect(JSON.stringify(document)).toContain('openbanking.transactions.list');
  });
});

describe('calls', () => {
  const listing = (seen: unknown[] = []) =>
    registerOpenBankingContracts(new OperationSpecRegistry()).bind(OpenBankingListTransactions, (input) => {
      seen.push(input);
      return { transactions: [record], hasMore: false };
    });
  const list = (input: object, context = tenant, seen: unknown[] = []) =>
    listing(seen).executeResult('openbanking.transactions.list', undefined, input, context);

  it.each([
    ['a day', '2026-03-29', '2026-03-29'],
    ['an instant', '2026-03-29T00:00:00Z', '2026-03-29T00:00:00Z'],
    ['a Date', new Date('2026-03-29T00:00:00Z'), '2026-03-29T00:00:00.000Z'],
  ])('take %s for the beginning of a range', async (_kind, from, expected) => {
    const seen: unknown[] = [];
    const result = await list({ tenantId: 'tenant-1', accountId: 'acc-1', from }, tenant, seen);
    expect(result).toMatchObject({
      ok: true,
      output: { transactions: [{ date: '2026-03-29', amountDecimal: '12.30' }] },
    });
    expect(seen).toMatchObject([{ from: expected }]);
  });

  it.each([
    [{ from: '29.03.2026' }],
    [{ pageSize: 0 }],
    [{ pageSize: 100_000 }],
    [{ minimumAmount: -1 }],
    [{ accountId: '' }],
    [{ limit: 5 }],
  ])('refuse the input %j', async (change) => {
    const result = await list({ tenantId: 'tenant-1', accountId: 'acc-1', ...change });
    expect(result).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });

  it('refuse another tenant than the caller’s', async () => {
    const seen: unknown[] = [];
    const result = await list({ tenantId: 'tenant-2', accountId: 'acc-1' }, tenant, seen);
    expect(result).toMatchObject({ ok: false });
    expect(seen).toEqual([]);
  });

  it('refuse a user who wants to sync', async () => {
    const registry = registerOpenBankingContracts(new OperationSpecRegistry());
    registry.bind(OpenBankingSyncAccounts, () => ({ synced: 0, failed: 0 }));
    const input = { tenantId: 'tenant-1', connectionId: 'connection-1' };
    const result = await registry.executeResult(OpenBankingSyncAccounts.meta.key, undefined, input, {
      ...tenant,
      actor: 'user',
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  });

  it('go on from where a sync ended', async () => {
    const registry = registerOpenBankingContracts(new OperationSpecRegistry());
    const cursors: (string | undefined)[] = [];
    registry.bind(OpenBankingSyncTransactions, ({ cursor }) => {
      cursors.push(cursor);
      return { synced: 1, failed: 0, nextSinceToken: `after-${cursor ?? 'nothing'}` };
    });
    const input = { tenantId: 'tenant-1', accountId: 'acc-1' };
    const first = await registry.execute(OpenBankingSyncTransactions.meta.key, undefined, input, tenant);
    expect(first).toMatchObject({ nextSinceToken: 'after-nothing' });
    await registry.execute(
      OpenBankingSyncTransactions.meta.key,
      undefined,
      { ...input, cursor: 'after-nothing' },
      tenant,
    );
    expect(cursors).toEqual([undefined, 'after-nothing']);
  });
});

describe('telemetry', () => {
  async function eventsOf(run: () => { balances: []; refreshedAt: string }): Promise<OperationTelemetryEvent[]> {
    const events: OperationTelemetryEvent[] = [];
    const registry = registerOpenBankingContracts(new OperationSpecRegistry());
    registry.bind(OpenBankingRefreshBalances, run);
    const input = { tenantId: 'tenant-1', accountId: 'acc-1' };
    const context = { ...tenant, emit: (event: OperationTelemetryEvent) => void events.push(event) };
    await registry.executeResult(OpenBankingRefreshBalances.meta.key, undefined, input, context);
    return events;
  }

  it('tells of a success', async () => {
    expect(await eventsOf(() => ({ balances: [], refreshedAt: '2026-04-01T08:00:00Z' }))).toMatchObject([
      {
        key: 'openbanking.balances.refreshed',
        properties: { tenantId: 'tenant-1', accountId: 'acc-1', refreshedAt: '2026-04-01T08:00:00Z', balanceCount: 0 },
      },
    ]);
  });

  it('tells of a failure without the account number that its text holds', async () => {
    const events = await eventsOf(() => {
      throw new Error(`no balance for ${IBAN}`);
    });
    expect(events).toMatchObject([{ key: 'openbanking.balances.refresh_failed' }]);
    expect(JSON.stringify(events)).not.toContain(IBAN);
  });

  it.each([
    [new Error(`account ${IBAN} of jane@example.com`), 'account [redacted] of [redacted]'],
    ['plain text', 'plain text'],
    [undefined, 'unknown'],
    [null, 'unknown'],
  ])('describes %s', (error, expected) => {
    const trigger = OpenBankingSyncAccounts.telemetry?.failure;
    const input = { tenantId: 'tenant-1', connectionId: 'connection-1' };
    expect(trigger?.properties?.({ input, error })).toEqual({ ...input, error: expected });
  });
});
