/** What test files import from `vitest`, made from vitest's own runner, matchers and spies, which need no Node. */
import {
  ChaiStyleAssertions,
  chai,
  customMatchers,
  GLOBAL_EXPECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import { fn, restoreAllMocks, spyOn } from '@vitest/spy';

export {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  it,
  onTestFailed,
  onTestFinished,
  suite,
  test,
} from '@vitest/runner';
export { expectTypeOf } from 'expect-type';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(ChaiStyleAssertions);
chai.use(JestAsymmetricMatchers);

function expectValue(value: unknown, message?: string): unknown {
  const { assertionCalls } = getState(expect);
  setState({ assertionCalls: assertionCalls + 1 }, expect);
  return Reflect.apply(chai.expect, undefined, [value, message]);
}

// The chai plugins hang their matchers on chai's own function; the copy carries them, as vitest's does.
// oxlint-disable-next-line typescript/no-explicit-any -- tests are type-checked against vitest itself; this only runs them
export const expect: any = Object.assign(expectValue, chai.expect, {
  extend: (matchers: object) => Reflect.apply(Reflect.get(chai.expect, 'extend'), chai.expect, [expect, matchers]),
  getState: () => getState(expect),
  setState: (state: object) => setState(state, expect),
  assertions(count: number) {
    setState({ expectedAssertionsNumber: count }, expect);
  },
  hasAssertions() {
    setState({ isExpectingAssertions: true }, expect);
  },
});
Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: expect, configurable: true, writable: true });
resetExpectState();
expect.extend(customMatchers);

/** Before each test; without it a promise of `expect.assertions` would outlive its test. */
export function resetExpectState(): void {
  const none = { assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null };
  setState(
    { ...none, isExpectingAssertionsError: null, expectedAssertionsNumberErrorGen: null, suppressedErrors: [] },
    expect,
  );
}

/** After each test: what it promised of its assertions has to be true. */
export function verifyExpectState(): void {
  const { assertionCalls, expectedAssertionsNumber, isExpectingAssertions } = getState(expect);
  if (expectedAssertionsNumber !== null && expectedAssertionsNumber !== assertionCalls) {
    throw new Error(`expected ${String(expectedAssertionsNumber)} assertions, but there were ${assertionCalls}`);
  }
  if (isExpectingAssertions === true && assertionCalls === 0)
    throw new Error('expected an assertion, but there was none');
}

const stubbedGlobals = new Map<string, PropertyDescriptor | undefined>();

function stubGlobal(name: string, value: unknown): void {
  if (!stubbedGlobals.has(name)) stubbedGlobals.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

function unstubAllGlobals(): void {
  for (const [name, descriptor] of stubbedGlobals) {
    if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
    else Object.defineProperty(globalThis, name, descriptor);
  }
  stubbedGlobals.clear();
}

const pendingTimers = new Set<number>();
let lastTimer = 0;

/** Timers that are counted and never fire. A test that would advance them finds no way to, and fails. */
function useFakeTimers(): void {
  stubGlobal('setTimeout', () => {
    lastTimer += 1;
    pendingTimers.add(lastTimer);
    return lastTimer;
  });
  stubGlobal('clearTimeout', (timer: number) => pendingTimers.delete(timer));
}

function useRealTimers(): void {
  pendingTimers.clear();
  unstubAllGlobals();
}

const getTimerCount = (): number => pendingTimers.size;

/** The part of `vi` that tests use and that needs no module loader. Anything else is undefined, so that its use fails. */
export const vi = {
  fn,
  spyOn,
  restoreAllMocks,
  stubGlobal,
  unstubAllGlobals,
  useFakeTimers,
  useRealTimers,
  getTimerCount,
};

/** After each test, as the configuration of the house says. */
export function restoreEverything(): void {
  restoreAllMocks();
  useRealTimers();
}
