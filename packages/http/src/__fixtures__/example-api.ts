import {
  defineIntegration,
  type IntegrationAuthConfig,
  type IntegrationSpec,
  type RestTransportConfig,
} from '@mortise/core';
import { FakeClock } from '@mortise/testing';
import type { HttpClock } from '../clock.ts';
import type { FetchLike } from '../exchange/send.ts';

export const API_KEY = 'canary-4711-secret-0815';

export interface ExampleParts {
  readonly transport?: Partial<RestTransportConfig>;
  readonly auth?: readonly IntegrationAuthConfig[];
  readonly spec?: Partial<Pick<IntegrationSpec, 'versionPolicy' | 'constraints' | 'healthCheck' | 'webhooks'>>;
}

/** A spec with a REST transport, but for what the test changes. */
export function specOf({ transport = {}, auth, spec = {} }: ExampleParts = {}): IntegrationSpec {
  return defineIntegration({
    meta: { key: 'crm.example', version: '1.0.0', owners: ['@team.crm'], tags: ['crm'], category: 'crm' },
    supportedModes: ['managed', 'byok'],
    capabilities: { provides: [{ key: 'crm.contacts' }] },
    configSchema: { schema: { type: 'object' } },
    secretSchema: { schema: { type: 'object', properties: { apiKey: { type: 'string' }, token: { type: 'string' } } } },
    transports: [{ type: 'rest', baseUrl: 'https://api.example.com/v1', ...transport }],
    supportedAuthMethods: auth ?? [{ type: 'bearer', tokenField: 'apiKey' }],
    ...spec,
  });
}

/** A request as the client handed it to `fetch`. */
export interface SeenRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly init: RequestInit;
}

export interface RecordingFetch {
  readonly fetch: FetchLike;
  readonly seen: SeenRequest[];
}

type Answer = (request: SeenRequest, index: number) => Response | Promise<Response>;

/** A `fetch` that answers as the test says and remembers what it was asked. */
export function recordingFetch(answer: Answer = () => Response.json({ ok: true })): RecordingFetch {
  const seen: SeenRequest[] = [];
  return {
    seen,
    fetch: async (url, init) => {
      const request: SeenRequest = {
        url,
        method: init.method ?? 'GET',
        headers: Object.fromEntries(new Headers(init.headers)),
        body: init.body,
        init,
      };
      seen.push(request);
      return answer(request, seen.length - 1);
    },
  };
}

/** A virtual clock in the client's shape, with the fake behind it. */
export function virtualClock(): { readonly fake: FakeClock; readonly clock: HttpClock } {
  const fake = new FakeClock();
  return {
    fake,
    clock: { now: () => new Date(fake.now()), monotonicMs: fake.monotonicMs, setTimer: fake.setTimer },
  };
}

/** What a promise rejects with; fails when it does not. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`Expected a rejection, got ${JSON.stringify(value)}`);
}
