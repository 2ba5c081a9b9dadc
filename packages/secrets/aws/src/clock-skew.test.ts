import { describe, expect, it } from 'vitest';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { NAME, REFERENCE, setUp, text } from './__fixtures__/set-up.ts';

const MINUTE_MS = 60_000;

describe('a clock that is off', () => {
  it.each([-20, 20])('by %d minutes costs one more request, once', async (minutes) => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'value');
    server.setClockSkew(minutes * MINUTE_MS);
    for (let round = 0; round < 3; round += 1) expect(text(await provider.getSecret(REFERENCE))).toBe('value');
    expect(server.requests).toHaveLength(4);
  });

  it('is put right in the middle of a rotation', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'old');
    server.tamperNext((answer) => {
      server.setClockSkew(30 * MINUTE_MS);
      return answer;
    }, 'PutSecretValue');
    await provider.rotateSecret(REFERENCE, { data: 'new' });
    expect(text(await provider.getSecret(REFERENCE))).toBe('new');
    expect(server.secret(NAME)?.versions).toHaveLength(2);
  });

  it('that stays off ends in UNAUTHENTICATED after one repetition', async () => {
    const { server, provider } = await setUp();
    server.setClockSkew(20 * MINUTE_MS);
    server.failNext({ type: 'InvalidSignatureException', times: 5, message: 'Signature not yet current' });
    const error = await refusalOf(() => provider.getSecret(REFERENCE));
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
    expect(server.requests).toHaveLength(2);
  });

  it('by less than AWS minds costs nothing', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'value');
    server.setClockSkew(4 * MINUTE_MS);
    await provider.getSecret(REFERENCE);
    expect(server.requests).toHaveLength(1);
  });
});
