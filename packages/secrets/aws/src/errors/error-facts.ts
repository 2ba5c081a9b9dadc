import { retryAfterMsFromHeaders } from '@mortise/core';

/** What of an SDK's error may be looked at. Everything else about it may hold a request or a response. */
export interface ErrorFacts {
  /** As AWS or the SDK named it; empty where it has no name. */
  readonly name: string;
  /** For telling apart what shares a name. Never shown: a backend may echo a value in it. */
  readonly message: string;
  /** Codes of the error and of what caused it, such as `ECONNRESET`. */
  readonly codes: readonly string[];
  readonly httpStatus?: number;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  /** The SDK has set its clock by the answer, so that the next request is signed with the right time. */
  readonly isClockCorrected: boolean;
}

const MAX_DEPTH = 5;

/** Looks at any thrown value without trusting it: fields may be missing, odd, or throw when they are read. */
export function factsOf(error: unknown, nowMs: number): ErrorFacts {
  const metadata = fieldOf(error, '$metadata');
  const response = fieldOf(error, '$response');
  const httpStatus = numberOf(fieldOf(metadata, 'httpStatusCode')) ?? numberOf(fieldOf(response, 'statusCode'));
  const requestId = textOf(fieldOf(metadata, 'requestId'));
  const retryAfterMs = retryAfterOf(fieldOf(response, 'headers'), nowMs);
  return {
    name: textOf(fieldOf(error, 'name')) ?? '',
    message: textOf(fieldOf(error, 'message')) ?? '',
    codes: codesOf(error),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    isClockCorrected: fieldOf(metadata, 'clockSkewCorrected') === true,
  };
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < MAX_DEPTH && typeof current === 'object' && current !== null; depth += 1) {
    for (const key of ['code', 'errno']) {
      const code = textOf(fieldOf(current, key));
      if (code !== undefined) codes.push(code);
    }
    current = fieldOf(current, 'cause');
  }
  return codes;
}

function retryAfterOf(headers: unknown, nowMs: number): number | undefined {
  const texts: Record<string, string> = {};
  for (const name of ['retry-after-ms', 'x-amz-retry-after', 'retry-after']) {
    const value = textOf(fieldOf(headers, name));
    if (value !== undefined) texts[name] = value;
  }
  return retryAfterMsFromHeaders(texts, nowMs);
}

function fieldOf(holder: unknown, key: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined;
  try {
    return Reflect.get(holder, key);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
