import type { Client } from '@scaleway/sdk-client';
import { isRegion } from '../reference/scaleway-reference.ts';
import { failure, type Subject } from '../reference/subject.ts';
import type { ScalewayNewSecretOptions, ScalewaySecretManagerOptions } from './scaleway-options.ts';
import { createTokenSource } from './token-source.ts';

/** The options with the environment and the defaults filled in. */
export interface ScalewaySettings {
  readonly baseUrl: string;
  readonly client: Client | undefined;
  readonly fetch: () => typeof fetch;
  readonly token: () => Promise<string>;
  readonly region: string | undefined;
  readonly projectId: string | undefined;
  readonly timeoutMs: number;
  readonly newSecrets: ScalewayNewSecretOptions;
  readonly retireBy: 'disable' | 'delete';
  readonly now: () => number;
  readonly setTimer: (callback: () => void, delayMs: number) => () => void;
}

const DEFAULT_BASE_URL = 'https://api.scaleway.com';
const DEFAULT_TIMEOUT_MS = 10_000;
/** Longest delay that a timer takes without firing at once. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/** @throws {SecretProviderError} `INVALID` for options that cannot work, a missing token included. */
export function resolveSettings(options: ScalewaySecretManagerOptions, subject: Subject): ScalewaySettings {
  const { client, timeoutMs = DEFAULT_TIMEOUT_MS, now = Date.now } = options;
  const env = options.env ?? process.env;
  const lookUp = (...names: readonly string[]): string | undefined =>
    names.map((name) => env[name]).find((value) => value !== undefined && value !== '');
  if (client !== undefined) refuseBesideClient(options, subject);
  checkTimeout(timeoutMs, subject);
  const region = options.defaultRegion ?? lookUp('SCW_DEFAULT_REGION', 'SCW_REGION');
  if (region !== undefined && !isRegion(region)) {
    throw failure(subject, 'INVALID', 'defaultRegion must be like "fr-par"');
  }
  if (options.defaultProjectId === '') throw failure(subject, 'INVALID', 'defaultProjectId is empty');
  return {
    baseUrl: checkBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL, subject),
    client,
    fetch: () => options.fetch ?? globalThis.fetch,
    token: createTokenSource(
      client === undefined ? (options.token ?? lookUp('SCW_SECRET_KEY', 'SCALEWAY_SECRET_KEY')) : () => '',
      subject,
    ),
    region,
    projectId: options.defaultProjectId ?? lookUp('SCW_DEFAULT_PROJECT_ID', 'SCW_PROJECT_ID'),
    timeoutMs,
    newSecrets: checkNewSecrets(options.newSecrets ?? {}, subject),
    retireBy: options.retireBy ?? 'disable',
    now,
    setTimer: options.setTimer ?? setNodeTimer,
  };
}

/** @throws {SecretProviderError} `INVALID`: a timer could not wait for so long. */
export function checkTimeout(timeoutMs: number, subject: Subject): void {
  if (timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS) return;
  throw failure(
    subject,
    'INVALID',
    `timeoutMs must be above 0 and at most ${MAX_TIMEOUT_MS}, and is ${String(timeoutMs)}`,
  );
}

function refuseBesideClient({ token, baseUrl, fetch }: ScalewaySecretManagerOptions, subject: Subject): void {
  if (token === undefined && baseUrl === undefined && fetch === undefined) return;
  throw failure(subject, 'INVALID', 'client brings its own token, baseUrl and fetch; leave these out');
}

function checkBaseUrl(text: string, subject: Subject): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && `${url.username}${url.password}${url.search}${url.hash}` === '';
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    throw failure(subject, 'INVALID', 'baseUrl must be an http or https URL without user, query and fragment');
  }
  return text.replace(/\/+$/, '');
}

function checkNewSecrets(newSecrets: ScalewayNewSecretOptions, subject: Subject): ScalewayNewSecretOptions {
  const policy = newSecrets.ephemeralPolicy;
  if (policy === undefined) return newSecrets;
  const { timeToLiveMs, expiresOnceAccessed = false } = policy;
  const isTimed = timeToLiveMs !== undefined && timeToLiveMs >= 1000 && timeToLiveMs <= 366 * 86_400_000;
  if (timeToLiveMs === undefined ? expiresOnceAccessed : isTimed) return newSecrets;
  throw failure(
    subject,
    'INVALID',
    'newSecrets.ephemeralPolicy needs expiresOnceAccessed or a timeToLiveMs from 1,000 to one year',
  );
}

function setNodeTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
