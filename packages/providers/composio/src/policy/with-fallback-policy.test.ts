import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { InMemoryToolGateway } from '../testing/in-memory-tool-gateway.ts';
import type { ScriptedTool } from '../testing/scripted-catalog.ts';
import type { FallbackPolicy } from './fallback-policy.ts';
import { withFallbackPolicy } from './with-fallback-policy.ts';

const tool = (slug: string, toolkit: string, hints: ScriptedTool['hints']): ScriptedTool => ({
  slug,
  toolkit,
  version: '1',
  name: slug,
  inputSchema: { type: 'object' },
  hints,
});

function open(policy: FallbackPolicy) {
  const clock = new FakeClock();
  const gateway = new InMemoryToolGateway({
    now: clock.now,
    catalog: {
      toolkits: [
        { slug: 'chat', name: 'Chat' },
        { slug: 'pay', name: 'Pay', categories: ['Payments'] },
      ],
      tools: [
        tool('CHAT_READ', 'chat', { readOnly: true }),
        tool('CHAT_WRITE', 'chat', { destructive: false }),
        tool('CHAT_PURGE', 'chat', { destructive: true }),
        tool('PAY_LIST', 'pay', { readOnly: true }),
      ],
    },
  });
  for (const toolkit of ['chat', 'pay']) {
    const { connectionId } = gateway.connections.ask(toolkit, 'u');
    gateway.connections.setState(connectionId, 'active');
  }
  const guarded = withFallbackPolicy(gateway, policy, clock.now);
  const run = (slug: string, version = '1') => guarded.execute({ tool: slug, version, arguments: {}, userId: 'u' });
  return { clock, gateway, run };
}

describe('a fallback policy', () => {
  it('lets harmless tools of its toolkits run', async () => {
    const { run } = open({ toolkits: ['chat'] });
    expect((await run('CHAT_READ')).ok).toBe(true);
    expect((await run('CHAT_WRITE')).ok).toBe(true);
  });

  it.each<[string, string, FallbackPolicy]>([
    ['a tool of another toolkit', 'CHAT_READ', { toolkits: ['mail'] }],
    ['a tool beside the list', 'CHAT_READ', { toolkits: ['chat'], tools: ['CHAT_WRITE'] }],
    ['any tool where no toolkit is allowed', 'CHAT_READ', { toolkits: [] }],
    ['a forbidden domain, in any spelling', 'PAY_LIST', { toolkits: ['pay'] }],
    ['a domain that the host names', 'CHAT_READ', { toolkits: ['chat'], domainsOf: () => ['health'] }],
    ['a destructive tool that nobody confirms', 'CHAT_PURGE', { toolkits: ['chat'] }],
    [
      'a destructive tool that somebody declines',
      'CHAT_PURGE',
      { toolkits: ['chat'], confirmDestructive: () => false },
    ],
  ])('refuses %s', async (_what, slug, policy) => {
    const { run, gateway } = open(policy);
    await expect(run(slug)).rejects.toMatchObject({ code: 'forbidden', retryable: false });
    expect(gateway.runs).toEqual([]);
  });

  it('sends nothing for a tool that is not on the list', async () => {
    const { run, gateway } = open({ toolkits: ['chat'], tools: [] });
    await expect(run('CHAT_READ')).rejects.toMatchObject({ code: 'forbidden' });
    expect(gateway.line.requests).toBe(0);
  });

  it('shows whoever confirms the call and the tool', async () => {
    const seen: string[] = [];
    const { run } = open({
      toolkits: ['chat'],
      confirmDestructive: async (call, asked) => {
        seen.push(`${call.userId} ${asked.slug} ${asked.version}`);
        return true;
      },
    });
    expect((await run('CHAT_PURGE')).ok).toBe(true);
    expect(seen).toEqual(['u CHAT_PURGE 1']);
  });

  it('lets domains be allowed that are forbidden by default', async () => {
    const { run } = open({ toolkits: ['pay'], forbiddenDomains: [] });
    expect((await run('PAY_LIST')).ok).toBe(true);
  });

  it('limits runs to any sixty seconds, and says how long to wait', async () => {
    const { run, clock, gateway } = open({ toolkits: ['chat'], maxCallsPerMinute: 2 });
    await run('CHAT_READ');
    await clock.advance(20_000);
    await run('CHAT_READ');
    await expect(run('CHAT_READ')).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 40_000 });
    await clock.advance(40_000);
    await run('CHAT_READ');
    await expect(run('CHAT_READ')).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 20_000 });
    expect(gateway.runs).toHaveLength(3);
  });

  it('does not count what it refuses', async () => {
    const { run } = open({ toolkits: ['chat'], maxCallsPerMinute: 1 });
    await expect(run('CHAT_PURGE')).rejects.toMatchObject({ code: 'forbidden' });
    expect((await run('CHAT_READ')).ok).toBe(true);
  });
});
