import type { ConformanceCase } from '@mortise/testing';
import { iterate } from '@mortise/core';
import { withFallbackPolicy } from '../../policy/with-fallback-policy.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { ToolGatewayConformanceTarget } from '../conformance-target.ts';
import { rejectsWith } from '../expectations.ts';
import { CATALOG, NEW_VERSION, OLD_VERSION, SAY, withSubject } from '../with-subject.ts';

type Case = ConformanceCase<ToolGatewayConformanceTarget>;

const FOREIGN_PATHS = ['https://evil.example.com/x', '//evil.example.com', '/../x', '/%2e%2e/x', '/a\\b', 'x', '/a#b'];

/** `composio.1` to `.4`, `.8`, `.10` and `.12`: what becomes of runs. */
export const toolCases: readonly Case[] = [
  {
    id: 'composio.1',
    title: 'arguments that do not fit the schema of the tool never leave, and the error names the field',
    run: (target) =>
      withSubject(target, async ({ provider, connect, runs }) => {
        connect('user-1', 'chat');
        for (const args of [{}, { text: '' }, { text: 'a', count: 0 }, { text: 'a', extra: true }, { text: 7 }]) {
          const call = provider.execute({ ...SAY, arguments: args });
          const error = await rejectsWith(call, 'invalid_request', `the arguments ${JSON.stringify(args)}`);
          check(error.field?.startsWith('arguments') === true, 'the error names no field of the arguments');
        }
        checkEqual(runs(), [], 'runs');
      }),
  },
  {
    id: 'composio.2',
    title: 'the pinned version runs, "latest" is refused unless allowed, and an old version is told',
    run: (target) =>
      withSubject(target, async ({ provider, connect, runs }) => {
        connect('user-1', 'chat');
        await rejectsWith(provider.execute({ ...SAY, version: 'latest' }), 'invalid_request', 'the version "latest"');
        await rejectsWith(provider.execute({ ...SAY, version: '' }), 'invalid_request', 'no version');
        await rejectsWith(provider.execute({ ...SAY, version: '19990101_00' }), 'not_found', 'an unknown version');
        const old = await provider.execute({ ...SAY, version: OLD_VERSION });
        const latest = await provider.execute({ ...SAY, version: 'latest', allowLatest: true });
        checkEqual(
          runs().map(({ version }) => version),
          [OLD_VERSION, NEW_VERSION],
          'versions that ran',
        );
        check(old.warnings?.some(({ field }) => field === 'version') === true, 'an old version: no warning');
        checkEqual(latest.warnings ?? [], [], 'warnings of the latest version');
      }),
  },
  {
    id: 'composio.3',
    title: 'a run that the service refused is no success, whatever the status, and has no data',
    run: (target) =>
      withSubject(target, async ({ provider, connect }) => {
        connect('user-1', 'chat');
        const failed = await provider.execute({ ...SAY, tool: 'CHAT_FAIL', version: OLD_VERSION });
        checkEqual(
          { ok: failed.ok, data: failed.data, code: failed.error?.code },
          { ok: false, code: 'channel_not_found' },
          'result of a refused run',
        );
        const done = await provider.execute(SAY);
        checkEqual([done.ok, done.data], [true, { text: 'hello' }], 'result of a run');
      }),
  },
  {
    id: 'composio.4',
    title: 'behind a policy, tools that are not allowed and destructive ones without consent never run',
    run: (target) =>
      withSubject(target, async ({ provider, connect, runs, now }) => {
        connect('user-1', 'chat');
        connect('user-1', 'bank');
        const guarded = withFallbackPolicy(provider, { toolkits: ['chat', 'bank'] }, now);
        const refused = [
          { ...SAY, tool: 'BULK_000', version: OLD_VERSION },
          { ...SAY, tool: 'BANK_LIST', version: OLD_VERSION },
          { ...SAY, tool: 'CHAT_PURGE', version: OLD_VERSION },
          { ...SAY, tool: 'CHAT_ODD', version: OLD_VERSION },
        ];
        for (const call of refused) await rejectsWith(guarded.execute(call), 'forbidden', call.tool);
        await rejectsWith(
          withFallbackPolicy(provider, { toolkits: [] }, now).execute(SAY),
          'forbidden',
          'an empty list',
        );
        checkEqual(runs(), [], 'runs');
        const confirmed = withFallbackPolicy(provider, { toolkits: ['chat'], confirmDestructive: () => true }, now);
        await confirmed.execute({ ...SAY, tool: 'CHAT_PURGE', version: OLD_VERSION });
        await guarded.execute(SAY);
        checkEqual(runs().length, 2, 'runs that were allowed');
      }),
  },
  {
    id: 'composio.8',
    title: 'a raw call that could lead to another host is refused before anything is sent',
    requires: 'proxy',
    run: (target) =>
      withSubject(target, async ({ provider, connect, requests }) => {
        const connectionId = connect('user-1', 'chat');
        const before = requests();
        for (const path of FOREIGN_PATHS) {
          const call = provider.proxy?.({ userId: 'user-1', connectionId, method: 'GET', path });
          await rejectsWith(call ?? Promise.resolve(), 'invalid_request', `the path ${path}`);
        }
        checkEqual(requests() - before, 0, 'requests that were sent');
      }),
  },
  {
    id: 'composio.10',
    title: 'nine hundred tools come in pages, each once, and a foreign cursor is refused',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const slugs: string[] = [];
        const pages = iterate((cursor) =>
          provider.listTools({ toolkits: ['bulk'], pageSize: 70, ...(cursor === undefined ? {} : { cursor }) }),
        ).pages();
        for await (const { items } of pages) {
          check(items.length <= 70, `pageSize 70: got a page of ${items.length}`);
          slugs.push(...items.map(({ slug }) => slug));
        }
        const expected = CATALOG.tools.filter(({ toolkit }) => toolkit === 'bulk').map(({ slug }) => slug);
        checkEqual([slugs.length, [...new Set(slugs)].sort()], [900, expected], 'tools of all pages');
        await rejectsWith(provider.listTools({ cursor: 'foreign' }), 'invalid_request', 'a foreign cursor');
      }),
  },
  {
    id: 'composio.12',
    title: 'a result names its route: gateway, toolkit, tool and version',
    run: (target) =>
      withSubject(target, async ({ provider, connect }) => {
        connect('user-1', 'chat');
        for (const tool of ['CHAT_SAY', 'CHAT_FAIL']) {
          const { route } = await provider.execute({ ...SAY, tool, version: OLD_VERSION });
          checkEqual(
            route,
            { via: 'tool-gateway', gateway: provider.key, toolkit: 'chat', tool, version: OLD_VERSION },
            `route of ${tool}`,
          );
        }
      }),
  },
];
