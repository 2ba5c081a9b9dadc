import type { ByokKeyLifecycle } from '@mortise/core';
import type { SecretProvider } from '@mortise/secrets';
import type { ByokKeyStore } from '../record/byok-key-store.ts';

/** Called before and after each operation that leaves the runner: `before store.save`. May throw, wait, or end the process. */
export type Point = (label: string) => void | Promise<void>;

function around<Arguments extends readonly unknown[], Result>(
  point: Point,
  name: string,
  run: (...args: Arguments) => Promise<Result>,
): (...args: Arguments) => Promise<Result> {
  return async (...args) => {
    await point(`before ${name}`);
    const result = await run(...args);
    await point(`after ${name}`);
    return result;
  };
}

/** A backend with a point before and after each operation. */
export function interruptSecrets(secrets: SecretProvider, point: Point): SecretProvider {
  const stageSecret = secrets.stageSecret?.bind(secrets);
  const promoteSecret = secrets.promoteSecret?.bind(secrets);
  const retireVersion = secrets.retireVersion?.bind(secrets);
  return {
    id: secrets.id,
    canHandle: (reference) => secrets.canHandle(reference),
    getSecret: around(point, 'secrets.get', (...args) => secrets.getSecret(...args)),
    setSecret: around(point, 'secrets.set', (...args) => secrets.setSecret(...args)),
    rotateSecret: around(point, 'secrets.rotate', (...args) => secrets.rotateSecret(...args)),
    deleteSecret: around(point, 'secrets.delete', (...args) => secrets.deleteSecret(...args)),
    ...(stageSecret === undefined ? {} : { stageSecret: around(point, 'secrets.stage', stageSecret) }),
    ...(promoteSecret === undefined ? {} : { promoteSecret: around(point, 'secrets.promote', promoteSecret) }),
    ...(retireVersion === undefined ? {} : { retireVersion: around(point, 'secrets.retire', retireVersion) }),
  };
}

/** A store with a point before and after each operation. */
export function interruptStore(store: ByokKeyStore, point: Point): ByokKeyStore {
  return {
    load: around(point, 'store.load', (...args) => store.load(...args)),
    save: around(point, 'store.save', (...args) => store.save(...args)),
    remove: around(point, 'store.remove', (...args) => store.remove(...args)),
    list: (options) => store.list(options),
  };
}

/** A lifecycle with a point before and after each call. */
export function interruptLifecycle(lifecycle: ByokKeyLifecycle, point: Point): ByokKeyLifecycle {
  const rotateKey = lifecycle.rotateKey?.bind(lifecycle);
  const revokeKey = lifecycle.revokeKey?.bind(lifecycle);
  return {
    validateKey: around(point, 'provider.validate', (...args) => lifecycle.validateKey(...args)),
    ...(rotateKey === undefined ? {} : { rotateKey: around(point, 'provider.rotate', rotateKey) }),
    ...(revokeKey === undefined ? {} : { revokeKey: around(point, 'provider.revoke', revokeKey) }),
  };
}
