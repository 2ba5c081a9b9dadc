import { describe, expectTypeOf, it } from 'vitest';
import type {
  ByokKeyLifecycle,
  ByokKeyRevocationRequest,
  ByokKeyRotationRequest,
  ByokKeyRotationResult,
  ByokKeyValidationResult,
} from './byok.ts';

/** As lifecycles were written before calls, outcomes and revocations came. */
class EarlierLifecycle {
  async validateKey(secrets: Record<string, string>): Promise<{ valid: boolean; error?: string }> {
    return { valid: secrets['apiKey'] !== undefined };
  }

  async rotateKey(
    _secrets: Record<string, string>,
    request: { connectionId: string; reason: 'scheduled' | 'compromised' | 'manual'; newSecretRef?: string },
  ): Promise<{ success: boolean; newSecretRef?: string; rotatedAt?: string; error?: string }> {
    return { success: false, error: request.connectionId };
  }
}

describe('ByokKeyLifecycle', () => {
  it('is what a lifecycle written against the first contract still is', () => {
    expectTypeOf<EarlierLifecycle>().toExtend<ByokKeyLifecycle>();
    expectTypeOf<Pick<EarlierLifecycle, 'validateKey'>>().toExtend<ByokKeyLifecycle>();
  });

  it('can be called the way it could be before', () => {
    const call = async (lifecycle: ByokKeyLifecycle) => {
      await lifecycle.validateKey({ apiKey: 'k' });
      return lifecycle.rotateKey?.({ apiKey: 'k' }, { connectionId: 'c1', reason: 'manual' });
    };
    expectTypeOf(call).returns.resolves.toEqualTypeOf<ByokKeyRotationResult | undefined>();
  });

  it('asks for nothing new in what callers build themselves', () => {
    expectTypeOf<{ valid: true }>().toExtend<ByokKeyValidationResult>();
    expectTypeOf<{ connectionId: string; reason: 'manual' }>().toExtend<ByokKeyRotationRequest>();
    expectTypeOf<{ success: false }>().toExtend<ByokKeyRotationResult>();
    expectTypeOf<ByokKeyRevocationRequest['signal']>().toEqualTypeOf<AbortSignal | undefined>();
  });

  it('has a closed set of outcomes', () => {
    // @ts-expect-error A key cannot be half valid.
    const result: ByokKeyValidationResult = { valid: true, outcome: 'partly' };
    expectTypeOf(result).toEqualTypeOf<ByokKeyValidationResult>();
  });
});
