import { IntegrationError } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { complete, completeInbound, completeOutbound } from './complete.ts';
import type { EmailOutboundProvider } from './email-outbound-provider.ts';
import type { EmailOutboundMessage } from './model/outbound-message.ts';
import { InMemoryEmailProvider } from './testing/in-memory/in-memory-email-provider.ts';
import { InMemoryPostOffice } from './testing/in-memory/post-office.ts';

const mail = (subject: string): EmailOutboundMessage => ({
  from: { email: 'a@example.com' },
  to: [{ email: 'b@example.com' }],
  subject,
  textBody: 'x',
});

/** A provider with the one method that every one has; it notes its calls. */
function minimalOutbound(fails: (subject: string) => Error | undefined = () => undefined) {
  const calls: { subject: string; idempotencyKey: string | undefined }[] = [];
  const provider: EmailOutboundProvider = {
    sendEmail: async ({ subject }, options) => {
      calls.push({ subject, idempotencyKey: options?.idempotencyKey });
      const error = fails(subject);
      if (error !== undefined) throw error;
      return { id: `id-${subject}` };
    },
  };
  return { provider, calls };
}

describe('completeOutbound', () => {
  it('makes a batch of single calls, with a key for each mail, and keeps failures apart', async () => {
    const refused = new IntegrationError({ code: 'invalid_request', message: 'no' });
    const { provider, calls } = minimalOutbound((subject) => (subject === 'b' ? refused : undefined));
    const { results } = await completeOutbound(provider).sendBatch([mail('a'), mail('b'), mail('c')], {
      idempotencyKey: 'k',
    });
    expect(results).toEqual([
      { index: 0, ok: true, value: { id: 'id-a' } },
      { index: 1, ok: false, error: refused },
      { index: 2, ok: true, value: { id: 'id-c' } },
    ]);
    expect(calls.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['k.0', 'k.1', 'k.2']);
  });

  it('ends the whole batch when the caller aborts or something is wrong with the program', async () => {
    for (const error of [new IntegrationError({ code: 'aborted', message: 'x' }), new TypeError('bug')]) {
      const { provider, calls } = minimalOutbound(() => error);
      await expect(completeOutbound(provider).sendBatch([mail('a'), mail('b')])).rejects.toBe(error);
      expect(calls).toHaveLength(1);
    }
  });

  it('rejects with "unsupported" and the name where nothing can be composed', async () => {
    const whole = completeOutbound(minimalOutbound().provider);
    const calls: [string, Promise<unknown>][] = [
      ['cancelScheduled', whole.cancelScheduled('x')],
      ['reschedule', whole.reschedule('x', new Date(0))],
      ['getDelivery', whole.getDelivery('x')],
      ['listSuppressions', whole.listSuppressions()],
      ['addSuppression', whole.addSuppression('x@y')],
      ['removeSuppression', whole.removeSuppression('x@y')],
      ['verifySender', whole.verifySender('x@y')],
      ['verifyWebhook', whole.verifyWebhook({ headers: {}, rawBody: '' })],
      ['parseWebhook', whole.parseWebhook({ headers: {}, rawBody: '' })],
      ['parseWebhookAll', whole.parseWebhookAll({ headers: {}, rawBody: '' })],
    ];
    for (const [name, call] of calls) {
      await expect(call).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining(name) });
    }
  });

  it('gives the one event of a delivery as a list where the provider reads one only', async () => {
    const event = { type: 'sent', messageId: 'm', at: '2026-01-01T00:00:00Z', providerEventId: 'e' } as const;
    const whole = completeOutbound({ ...minimalOutbound().provider, parseWebhook: () => Promise.resolve(event) });
    expect(await whole.parseWebhookAll({ headers: {}, rawBody: '' })).toEqual([event]);
  });
});

describe('completeInbound', () => {
  it('rejects with "unsupported" where the provider reads threads only', async () => {
    const whole = completeInbound({
      listThreads: () => Promise.resolve([]),
      getThread: () => Promise.resolve(null),
      listMessagesSince: () => Promise.resolve({ messages: [] }),
    });
    expect(await whole.listThreads()).toEqual([]);
    expect(await whole.getThread('t')).toBeNull();
    const calls = [
      whole.listThreadsPage(),
      whole.getMessage('m'),
      whole.listMessages({}),
      whole.updateMessage('m', {}),
      whole.listFolders(),
      whole.getAttachment('m', 'a'),
      whole.getRawMime('m'),
      whole.drafts.create(mail('d')),
      whole.drafts.update('d', mail('d')),
      whole.drafts.send('d'),
      whole.drafts.delete('d'),
      whole.listChanges(),
      whole.watch({ target: 'https://example.com' }),
      whole.renewWatch({ delta: {} }),
      whole.stopWatch({ delta: {} }),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('complete', () => {
  it('uses the methods that a provider has', async () => {
    const office = new InMemoryPostOffice({ now: () => 0 });
    const whole = complete(new InMemoryEmailProvider(office, { address: 'a@example.com' }));
    const { id } = await whole.sendEmail(mail('hello'));
    expect((await whole.getDelivery(id)).status).toBe('delivered');
    expect((await whole.listFolders()).find((folder) => folder.role === 'sent')?.messageCount).toBe(1);
    const { results } = await whole.sendBatch([mail('x')]);
    expect(results[0]?.ok).toBe(true);
    await expect(whole.getRawMime('m1')).rejects.toMatchObject({ code: 'unsupported' });
    expect(whole.capabilities?.features).toContain('schedule');
  });
});
