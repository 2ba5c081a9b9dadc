import { IntegrationError } from '@mortise/core';
import type { LLMMessage } from '../model/message.ts';
import type { LLMProvider } from '../llm-provider.ts';
import type { LLMStreamPart } from '../stream/stream-part.ts';
import { check, ConformanceFailure, fail } from './conformance-failure.ts';
import type { LLMConformanceTarget, LLMSubject } from './conformance-target.ts';
import type { ScriptedAnswer, ScriptedModel } from './scripted-answer.ts';

/** How long a rejection may take after an abort. */
export const ABORT_WITHIN_MS = 100;

/** A user turn of one text. */
export function ask(text: string): LLMMessage[] {
  return [{ role: 'user', content: [{ type: 'text', text }] }];
}

/** Runs a check against a provider whose model answers as told, and releases everything afterwards. */
export async function withSubject(
  target: LLMConformanceTarget,
  answer: ScriptedAnswer | ScriptedModel,
  run: (subject: LLMSubject) => Promise<void>,
  credential: string = 'conformance-credential',
): Promise<void> {
  const model = typeof answer === 'function' ? answer : () => answer;
  const subject = await target.open({ model, credential });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

/** What a stream gave: its items, and the error that ended it. */
export interface Drained<Item> {
  readonly items: Item[];
  readonly error?: Error;
}

/** Reads a stream to its end or to the error that ends it. */
export async function drain<Item>(items: AsyncIterable<Item>): Promise<Drained<Item>> {
  const seen: Item[] = [];
  try {
    for await (const item of items) seen.push(item);
    return { items: seen };
  } catch (reason) {
    return {
      items: seen,
      error: reason instanceof Error ? reason : new ConformanceFailure('The stream threw no Error'),
    };
  }
}

/** The parts of a call that must not fail. */
export async function partsOf(
  provider: LLMProvider,
  ...call: Parameters<LLMProvider['chat']>
): Promise<LLMStreamPart[]> {
  const { items, error } = await drain(streamParts(provider, ...call));
  if (error !== undefined) fail(`streamParts failed: ${describeError(error)}`);
  return items;
}

export function streamParts(
  provider: LLMProvider,
  ...call: Parameters<LLMProvider['chat']>
): AsyncIterable<LLMStreamPart> {
  return provider.streamParts?.(...call) ?? fail('streamParts is declared but missing');
}

/** Waits for a rejection and gives its error. */
export async function rejectionOf(promise: Promise<unknown>, what: string): Promise<IntegrationError<string>> {
  const error = await promise.then(
    () => fail(`${what}: expected a rejection, got a result`),
    (reason: unknown) => reason,
  );
  if (!IntegrationError.is(error)) fail(`${what}: expected an IntegrationError, got ${describeError(error)}`);
  return error;
}

/** Checks that a promise rejects with a code. */
export async function rejectsWith(promise: Promise<unknown>, code: string, what: string): Promise<void> {
  const error = await rejectionOf(promise, what);
  check(error.code === code, `${what}: expected code "${code}", got "${error.code}" (${error.message})`);
}

/** The promise, or a failure when it has not settled in time. */
export async function within<Value>(ms: number, promise: Promise<Value>, what: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ConformanceFailure(`${what}: nothing happened within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until a condition holds, which takes a few turns of the event loop where sockets are involved. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 1000;
  while (!condition()) {
    if (Date.now() > deadline) fail(`${what}: did not happen within 1000 ms`);
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
}

export function describeError(error: unknown): string {
  if (IntegrationError.is(error)) return `code "${error.code}" (${error.message})`;
  return error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
}

/** Freezes a value and all plain data in it. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof AbortSignal) {
    return value;
  }
  for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}
