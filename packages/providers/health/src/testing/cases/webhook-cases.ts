import type { WebhookRequest } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import type { HealthProvider } from '../../health-provider.ts';
import { rejectionOf, withSubject } from '../case-tools.ts';
import { checkEqual, fail } from '../conformance-failure.ts';
import type { HealthConformanceTarget } from '../conformance-target.ts';

const SECRET = 'conformance-signing-secret';
const OLD_SECRET = 'conformance-former-secret';
const KINDS = ['activity', 'workout', 'sleep', 'biometric', 'nutrition'];
const EVENTS = KINDS.map((kind) => ({ kind, change: 'updated', id: `${kind}-1`, userId: 'vendor-user' }));

const verify = (provider: HealthProvider, request: WebhookRequest): Promise<boolean> =>
  provider.verifyWebhook?.(request) ?? fail('verifyWebhook is declared but missing');

const parseAll = (provider: HealthProvider, request: WebhookRequest) =>
  provider.parseWebhookAll?.(request) ?? fail('parseWebhookAll is declared but missing');

/** Deliveries: `X17`, `X19`, `health.10`. */
export const webhookCases: readonly ConformanceCase<HealthConformanceTarget>[] = [
  {
    id: 'health.10',
    title: 'a delivery that tells of five records gives five events',
    requires: 'webhooks',
    run: (target) =>
      withSubject(
        target,
        [],
        async ({ provider, deliver }) => {
          const events = await parseAll(provider, await deliver(EVENTS, SECRET));
          checkEqual(
            events.map(({ entityType, externalEntityId, verified }) => [entityType, externalEntityId, verified]),
            KINDS.map((kind) => [kind, `${kind}-1`, true]),
            'events',
          );
        },
        { webhookSecrets: [SECRET] },
      ),
  },
  {
    id: 'X17',
    title: 'an event of a kind that nobody knows is passed on in the words of the vendor, as none of the known ones',
    requires: 'webhooks',
    run: (target) =>
      withSubject(
        target,
        [],
        async ({ provider, deliver }) => {
          const [event] = await parseAll(
            provider,
            await deliver([{ kind: 'aura', change: 'updated', id: 'a-1' }], SECRET),
          );
          checkEqual([event?.entityType, event?.eventType], [undefined, 'aura.updated'], 'kind and name of the event');
        },
        { webhookSecrets: [SECRET] },
      ),
  },
  {
    id: 'X19',
    title: 'only fresh deliveries of the vendor pass, the events are read from the signed bytes, no secret means no',
    requires: 'webhooks',
    run: async (target) => {
      await withSubject(
        target,
        [],
        async ({ provider, deliver }) => {
          const genuine = await deliver(EVENTS, SECRET);
          const named = Object.fromEntries(
            Object.entries(genuine.headers).map(([name, value]) => [name.toUpperCase(), value]),
          );
          checkEqual(await verify(provider, genuine), true, 'a genuine delivery');
          checkEqual(await verify(provider, { ...genuine, headers: named }), true, 'the same with other header case');
          const bytes = new TextEncoder().encode(genuine.rawBody);
          checkEqual(await verify(provider, { ...genuine, rawBody: bytes }), true, 'the same as bytes');
          checkEqual(
            await verify(provider, await deliver(EVENTS, OLD_SECRET)),
            true,
            'one signed with the former secret',
          );
          const forged: readonly (readonly [string, WebhookRequest])[] = [
            ['one with a changed byte', { ...genuine, rawBody: genuine.rawBody.replace('sleep', 'sleeq') }],
            ['one without headers', { ...genuine, headers: {} }],
            ['one signed with another secret', await deliver(EVENTS, 'another-secret')],
            ['one of yesterday', await deliver(EVENTS, SECRET, 86_400_000)],
            ['one with the secret for a signature', { ...genuine, headers: withValues(genuine, SECRET) }],
          ];
          for (const [what, request] of forged) {
            checkEqual(await verify(provider, request), false, what);
            await rejectionOf(parseAll(provider, request), `events of ${what}`);
          }
          const lying = { ...genuine, parsedBody: { events: [] } };
          checkEqual((await parseAll(provider, lying)).length, EVENTS.length, 'events beside another parsed body');
        },
        { webhookSecrets: [SECRET, OLD_SECRET] },
      );
      await withSubject(target, [], async ({ provider, deliver }) => {
        checkEqual(
          await verify(provider, await deliver(EVENTS, SECRET)),
          false,
          'a delivery without any secret configured',
        );
      });
      await withSubject(
        target,
        [],
        async ({ provider, deliver }) => {
          checkEqual(await verify(provider, await deliver(EVENTS, 'x')), false, 'a delivery where the secret is empty');
        },
        { webhookSecrets: [''] },
      );
    },
  },
];

/** The headers with each value that is no number replaced. */
function withValues({ headers }: WebhookRequest, value: string): WebhookRequest['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, old]) => [name, /^\d+$/.test(String(old)) ? old : value]),
  );
}
