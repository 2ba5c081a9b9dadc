import type { ConformanceCase } from '@mortise/testing';
import { waitUntilActive } from '../../connections/wait-until-active.ts';
import { GatewayConsentRequiredError } from '../../errors/gateway-consent-required-error.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { ToolGatewayConformanceTarget, ToolGatewaySubject } from '../conformance-target.ts';
import { rejectsWith } from '../expectations.ts';
import { SAY, withSubject } from '../with-subject.ts';

type Case = ConformanceCase<ToolGatewayConformanceTarget>;

const ASK = { toolkit: 'chat', userId: 'user-1', callbackUrl: 'https://app.example.com/connected' } as const;

/** Waits with the clock of the subject, which is moved until the wait is over. */
async function wait(
  { provider, now, sleep, advance }: ToolGatewaySubject,
  connectionId: string,
  { signal, during = () => {} }: { signal?: AbortSignal; during?: (step: number) => void } = {},
) {
  const waiting = waitUntilActive(provider.connections, 'user-1', connectionId, {
    timeoutMs: 60_000,
    intervalMs: 1000,
    now,
    sleep,
    ...(signal === undefined ? {} : { signal }),
  });
  // What is awaited below; here it only must not count as unhandled.
  waiting.catch(() => undefined);
  for (let step = 0; step < 8; step += 1) {
    during(step);
    await advance?.(10_000);
  }
  return waiting;
}

/** `composio.5` to `.7` and `.9`: accounts of end users and what is watched behind them. */
export const connectionCases: readonly Case[] = [
  {
    id: 'composio.5',
    title: "one user's account cannot be used, seen or removed by another",
    run: (target) =>
      withSubject(target, async ({ provider, connect, runs }) => {
        const own = connect('user-1', 'chat');
        const other = { ...SAY, userId: 'user-2' };
        await rejectsWith(provider.execute({ ...other, connectionId: own }), ['not_found', 'forbidden'], 'a run');
        await rejectsWith(provider.execute(other), 'consent_required', 'a run without an account');
        await rejectsWith(provider.connections.get('user-2', own), ['not_found', 'forbidden'], 'get');
        await rejectsWith(provider.connections.disable('user-2', own), ['not_found', 'forbidden'], 'disable');
        await provider.connections.delete('user-2', own).catch(() => undefined);
        const listed = await provider.connections.list({ userId: 'user-2', toolkit: 'chat' });
        check(!listed.items.some(({ id }) => id === own), 'list: shows the account of another user');
        checkEqual(runs(), [], 'runs');
        checkEqual((await provider.connections.get('user-1', own)).state, 'active', 'state of the account');
        await rejectsWith(
          provider.execute({ ...SAY, connectionId: connect('user-1', 'bank') }),
          ['forbidden', 'invalid_request', 'not_found'],
          'a run with the account of another service',
        );
      }),
  },
  {
    id: 'composio.6',
    title: 'an expired account gives consent_required with the page to send the user to, which no log shows',
    run: (target) =>
      withSubject(target, async ({ provider, connect }) => {
        const connectionId = connect('user-1', 'chat', 'expired');
        for (const call of [{ ...SAY, connectionId }, SAY]) {
          const error = await rejectsWith(provider.execute(call), 'consent_required', 'a run with an expired account');
          if (!GatewayConsentRequiredError.is(error)) fail('expected a GatewayConsentRequiredError');
          check(URL.canParse(error.consentUrl), 'the error has no page to send the user to');
          check(!JSON.stringify(error).includes(error.consentUrl), 'the page stands in the JSON of the error');
        }
      }),
  },
  {
    id: 'composio.7',
    title: 'waiting for consent ends when it comes, when it fails, when time is over and when the caller aborts',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, setState } = subject;
        const ask = async () => (await provider.connections.initiate(ASK)).connectionId;
        const given = await ask();
        const active = await wait(subject, given, {
          during: (step) => {
            if (step === 2) setState(given, 'active');
          },
        });
        checkEqual([active.id, active.state], [given, 'active'], 'the account after consent');
        const refused = await ask();
        setState(refused, 'failed');
        await rejectsWith(wait(subject, refused), 'forbidden', 'a wait for refused consent');
        await rejectsWith(wait(subject, await ask()), 'timeout', 'a wait for nobody');
        const controller = new AbortController();
        const aborted = wait(subject, await ask(), {
          signal: controller.signal,
          during: (step) => {
            if (step === 1) controller.abort();
          },
        });
        await rejectsWith(aborted, 'aborted', 'an aborted wait');
      }),
  },
  {
    id: 'composio.9',
    title: 'a delivery of a trigger is verified, read from its bytes, and has the same id when it is repeated',
    requires: 'deliveries',
    run: (target) =>
      withSubject(target, async ({ provider, deliver }) => {
        const triggers = provider.triggers ?? fail('the provider has no triggers');
        const make = async (isForged: boolean) => deliver?.({ isForged }) ?? fail('the target makes no deliveries');
        const request = await make(false);
        checkEqual(await triggers.verifyWebhook(request), true, 'a genuine delivery');
        const lie = { ...request, parsedBody: { type: 'forged' } };
        const [first, second] = [await triggers.parseWebhook(lie), await triggers.parseWebhook(request)];
        checkEqual(second.id, first.id, 'id of the repeated delivery');
        checkEqual(first.type, 'trigger.message', 'type of the event');
        const altered = { ...request, rawBody: request.rawBody.replace('trigger.message', 'trigger.altered') };
        for (const [what, bad] of [
          ['a forged delivery', await make(true)],
          ['an altered delivery', altered],
          ['a delivery without headers', { ...request, headers: {} }],
        ] as const) {
          checkEqual(await triggers.verifyWebhook(bad), false, what);
        }
      }),
  },
];
