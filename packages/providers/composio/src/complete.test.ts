import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import { InMemoryToolGateway } from './testing/in-memory-tool-gateway.ts';
import type { ToolGatewayProvider } from './tool-gateway-provider.ts';

const whole = new InMemoryToolGateway({
  catalog: { toolkits: [{ slug: 'chat', name: 'Chat' }], tools: [] },
  triggerTypes: [{ slug: 'CHAT_MESSAGE', toolkit: 'chat', name: 'Message' }],
});

/** A gateway without raw calls, triggers and an end. */
const small: ToolGatewayProvider = {
  key: 'fallback.small',
  connections: whole.connections,
  listToolkits: (...call) => whole.listToolkits(...call),
  listTools: (...call) => whole.listTools(...call),
  getTool: (...call) => whole.getTool(...call),
  execute: (...call) => whole.execute(...call),
};

describe('complete', () => {
  it('rejects what there is none of as unsupported, and refuses every delivery', async () => {
    const gateway = complete(small);
    const { triggers } = gateway;
    const unsupported = { code: 'unsupported' };
    await expect(gateway.proxy({ userId: 'u', connectionId: 'c', method: 'GET', path: '/' })).rejects.toMatchObject(
      unsupported,
    );
    await expect(triggers.listTypes()).rejects.toMatchObject(unsupported);
    const request = { trigger: 'x', userId: 'u', connectionId: 'c' };
    await expect(triggers.subscribe(request)).rejects.toMatchObject(unsupported);
    await expect(triggers.unsubscribe('s')).rejects.toMatchObject(unsupported);
    const delivery = { headers: {}, rawBody: '{}' };
    await expect(triggers.parseWebhook(delivery)).rejects.toMatchObject(unsupported);
    expect(await triggers.verifyWebhook(delivery)).toBe(false);
    await expect(gateway.close()).resolves.toBeUndefined();
  });

  it('uses what the provider has', async () => {
    const gateway = complete(whole);
    expect(gateway.key).toBe('fallback.in-memory');
    expect(gateway.capabilities).toBe(whole.capabilities);
    expect((await gateway.triggers.listTypes({ toolkit: 'chat' })).items).toHaveLength(1);
    const { connectionId } = await gateway.connections.initiate({
      toolkit: 'chat',
      userId: 'u',
      callbackUrl: 'https://app.example.com/',
    });
    const subscription = await gateway.triggers.subscribe({ trigger: 'CHAT_MESSAGE', userId: 'u', connectionId });
    expect(subscription.trigger).toBe('CHAT_MESSAGE');
    await gateway.triggers.unsubscribe(subscription.id);
    await gateway.triggers.unsubscribe(subscription.id);
    await gateway.close();
    await expect(gateway.listToolkits()).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
