import { IntegrationError } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { createIntegrationClient, type FetchLike, type IntegrationClient } from '@mortise/http';
import type { Vendor } from './vendor.ts';

/** A vendor with a connection's configuration and secret: all that both adapters are made of. */
export interface ConnectedVendor {
  readonly vendor: Vendor;
  readonly client: IntegrationClient;
  readonly config: Readonly<Record<string, unknown>>;
  /** Where a request goes, below the API's version. */
  readonly at: (path: string) => { readonly path: string } | { readonly url: string };
}

export interface ConnectOptions {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Default the platform's. */
  readonly fetch?: FetchLike;
}

/**
 * Makes a vendor's client from its spec. Time limits are the adapters' own, as long as a call's `timeoutMs`.
 *
 * @throws {IntegrationError} `invalid_request`: the configuration does not fit the spec.
 */
export function connectVendor(vendor: Vendor, { config = {}, secrets, fetch }: ConnectOptions): ConnectedVendor {
  const { spec } = vendor;
  const [problem] = validateAgainstSchema<unknown>(spec.configSchema.schema, config).problems;
  if (problem !== undefined) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: problem.path,
      message: `Configuration of "${spec.meta.key}"${problem.path}: ${problem.message}`,
    });
  }
  const client = createIntegrationClient(spec, {
    connection: { config },
    secrets,
    timeoutMs: false,
    ...(fetch === undefined ? {} : { fetch }),
  });
  const { baseUrl } = config;
  return {
    vendor,
    client,
    config,
    // The spec lists the hosts that a connection may choose, and the configuration was checked.
    at: (path) => (typeof baseUrl === 'string' ? { url: `${baseUrl}/{apiVersion}${path}` } : { path }),
  };
}

/**
 * To the HTTP client, a POST without an answer may have had an effect. Neither a generation nor an embedding has one, so that
 * it may be sent again; it may be billed twice.
 */
export function withoutEffect(error: unknown): unknown {
  if (!IntegrationError.is(error) || error.code !== 'outcome_unknown') return error;
  const { message, httpStatus, requestId } = error;
  return new IntegrationError({
    code: 'unavailable',
    retry: 'transient',
    message,
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}
