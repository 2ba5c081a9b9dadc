import type { WebhookRequest } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import { bankWith, method, rejectionOf, WEBHOOK_SECRET, withSubject } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { OpenBankingConformanceTarget } from '../conformance-target.ts';

/** Deliveries: who sent them, and what about. */
export const webhookCases: readonly ConformanceCase<OpenBankingConformanceTarget>[] = [
  {
    id: 'X19',
    title: 'a genuine delivery passes; one that was changed, is unsigned or signed by others does not',
    requires: 'verifyWebhook',
    run: (target) =>
      withSubject(target, bankWith(), async ({ provider, scope, deliver = fail('deliver is missing') }) => {
        const verify = (request: WebhookRequest): Promise<boolean> =>
          method(provider, 'verifyWebhook').call(provider, request);
        const event = { type: 'transactions.changed', connectionId: scope.connectionId } as const;
        const genuine = await deliver(event, WEBHOOK_SECRET);
        check(await verify(genuine), 'a genuine delivery was refused');
        const parsed = await method(provider, 'parseWebhook').call(provider, {
          ...genuine,
          parsedBody: { type: 'consent.changed', connectionId: 'of-somebody-else' },
        });
        checkEqual(
          [parsed.type, parsed.connectionId],
          [event.type, event.connectionId],
          'the event, read from the bytes that were signed',
        );
        const forged: readonly (readonly [string, WebhookRequest])[] = [
          ['a delivery with a changed body', { ...genuine, rawBody: `${textOf(genuine)} ` }],
          ['a delivery without a signature', { ...genuine, headers: {} }],
          ['a delivery signed with another secret', await deliver(event, 'another-secret-altogether')],
        ];
        for (const [what, request] of forged) check(!(await verify(request)), `${what} was accepted`);
      }),
  },
  {
    id: 'openbanking.15',
    title: 'an event about a connection that is not known is refused',
    requires: 'verifyWebhook',
    run: (target) =>
      withSubject(target, bankWith(), async ({ provider, deliver = fail('deliver is missing') }) => {
        const event = { type: 'connection.synced', connectionId: 'of-another-tenant' } as const;
        const request = await deliver(event, WEBHOOK_SECRET);
        await rejectionOf(
          method(provider, 'parseWebhook').call(provider, request),
          'parseWebhook of an event about a connection that is not known',
        );
      }),
  },
];

function textOf({ rawBody }: WebhookRequest): string {
  return typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody);
}
