import { describe, expect, it } from 'vitest';
import { application, DAY_MS, keyAt, REFERENCE } from '../__fixtures__/application.ts';

describe('a scheduled rotation', () => {
  it.each(['auto', 'sibling'] as const)('puts the provider’s new key in use, placement %s', async (placement) => {
    const app = application({ placement });
    const report = await app.runner.rotate(app.subject, { reason: 'scheduled' });
    expect(report).toMatchObject({ status: 'completed', isJoined: false, oldKey: { status: 'overlapping' } });
    expect(await app.keyAt()).toBe('key-1');
    expect(await app.keyAt(REFERENCE, '1')).toBe('key-0');
    expect(app.provider.revoked.size).toBe(0);
    await app.clock.advance(DAY_MS);
    await app.runner.resume(app.subject);
    expect([...app.provider.revoked]).toEqual(['key-0']);
    expect(await app.keyAt(REFERENCE, '1')).toBeUndefined();
    expect(await keyAt(app.secrets, `${REFERENCE}-byok-${report.rotationId}`)).toBeUndefined();
    expect(await app.record()).toMatchObject({ retiring: [], lastRotation: { oldKey: { isRevoked: true } } });
  });
});
