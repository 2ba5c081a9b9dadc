import { IntegrationError } from '@mortise/core';
import type { EmbeddingDocument } from '../model/embedding-document.ts';
import type { EmbeddingResult } from '../model/embedding-result.ts';
import { check, ConformanceFailure, fail } from './conformance-failure.ts';
import type { EmbeddingConformanceTarget, EmbeddingSubject } from './conformance-target.ts';
import type { ScriptedEmbeddingModel, ScriptedEmbeddings } from './scripted-embeddings.ts';

/** How long a rejection may take after an abort. */
export const ABORT_WITHIN_MS = 100;

/** Small, so that a handful of documents needs several requests. */
export const MAX_BATCH_SIZE = 4;

/** Documents whose text tells their place. */
export function documents(count: number): EmbeddingDocument[] {
  return Array.from({ length: count }, (_, index) => ({ id: `doc-${index}`, text: `text number ${index}` }));
}

/** Runs a check against a provider whose service answers as told, and releases everything afterwards. */
export async function withSubject(
  target: EmbeddingConformanceTarget,
  answer: ScriptedEmbeddings | ScriptedEmbeddingModel,
  run: (subject: EmbeddingSubject) => Promise<void>,
  credential: string = 'conformance-credential',
): Promise<void> {
  const model = typeof answer === 'function' ? answer : () => answer;
  const subject = await target.open({ model, credential, maxBatchSize: MAX_BATCH_SIZE });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

/** Waits for a rejection and gives its error. */
export async function rejectionOf(promise: Promise<unknown>, what: string): Promise<IntegrationError<string>> {
  const error = await promise.then(
    () => fail(`${what}: expected a rejection, got a result`),
    (reason: unknown) => reason,
  );
  if (error instanceof ConformanceFailure) throw error;
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

/** Whether every result names the field among its warnings. */
export function warnsOf(results: readonly EmbeddingResult[], field: string): boolean {
  return (
    results.length > 0 &&
    results.every(({ warnings = [] }) => warnings.some((warning) => warning.field?.includes(field) === true))
  );
}

/** Checks that two vectors are the same within what a trip through JSON or 32 bits may change. */
export function checkVector(actual: readonly number[], expected: readonly number[], what: string): void {
  const isSame =
    actual.length === expected.length &&
    actual.every((component, index) => Math.abs(component - (expected[index] ?? Number.NaN)) < 1e-6);
  check(isSame, `${what}: expected [${clip(expected)}], got [${clip(actual)}]`);
}

function clip(vector: readonly number[]): string {
  return vector
    .slice(0, 3)
    .map((component) => component.toFixed(4))
    .join(', ');
}

/** Freezes a value and all plain data in it. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || value instanceof AbortSignal) return value;
  for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}
