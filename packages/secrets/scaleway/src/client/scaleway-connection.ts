import type { Client } from '@scaleway/sdk-client';
import type { Secretv1beta1 } from '@scaleway/sdk-secret';
import { networkCodeOf, ScalewayFailure } from '../errors/scaleway-failure.ts';
import { SecretProviderError } from '@mortise/secrets';
import { type Exchange, exchanges } from './exchange.ts';
import { createHttpClient } from './http-client.ts';
import type { ScalewaySettings } from '../options/scaleway-settings.ts';

export type SecretApi = InstanceType<typeof Secretv1beta1.API>;

/** The SDK, loaded and set up at the first call. One client serves every region: the region is part of each path. */
export class ScalewayConnection {
  readonly #settings: ScalewaySettings;
  #api: Promise<SecretApi> | undefined;

  constructor(settings: ScalewaySettings) {
    this.#settings = settings;
  }

  /**
   * Runs one call of the API, or several that belong together, and cancels it with the signal.
   *
   * @throws {ScalewayFailure} With nothing in it that the service or the SDK said in words of their own.
   */
  async call<Result>(signal: AbortSignal, run: (api: SecretApi) => Promise<Result>): Promise<Result> {
    const exchange: Exchange = { signal, isSent: false };
    try {
      const api = await this.#load();
      signal.throwIfAborted();
      return await exchanges.run(exchange, async () => run(api));
    } catch (error) {
      if (SecretProviderError.is(error) || error instanceof ScalewayFailure) throw error;
      throw toFailure(error, exchange);
    }
  }

  async #load(): Promise<SecretApi> {
    const loading = (this.#api ??= createApi(this.#settings));
    try {
      return await loading;
    } catch (error) {
      if (this.#api === loading) this.#api = undefined;
      throw error;
    }
  }
}

function toFailure(error: unknown, exchange: Exchange): ScalewayFailure {
  if (!exchange.isSent) return new ScalewayFailure('unsent');
  const { status } = exchange;
  if (status === undefined) return new ScalewayFailure('network', {}, networkCodeOf(error));
  return new ScalewayFailure(status >= 200 && status < 300 ? 'unreadable' : 'refused', exchange);
}

async function createApi(settings: ScalewaySettings): Promise<SecretApi> {
  const [{ createAdvancedClient }, { Secretv1beta1: secrets }] = await Promise.all([
    import('@scaleway/sdk-client'),
    import('@scaleway/sdk-secret'),
  ]);
  const { now, client, token, baseUrl } = settings;
  if (client !== undefined) {
    const { httpClient, ...given } = withoutLegacyInterceptors(client.settings);
    const wrapped = createHttpClient({ fetch: () => httpClient, now });
    return new secrets.API(createAdvancedClient(() => ({ ...given, httpClient: wrapped })));
  }
  // Not `createClient`: without an access key, which no request carries, that one would send no token either.
  const httpClient = createHttpClient({ fetch: settings.fetch, token, now });
  return new secrets.API(
    createAdvancedClient((defaults) => ({
      ...defaults,
      apiURL: baseUrl,
      httpClient,
      userAgent: `${defaults.userAgent} mortise-secrets-scaleway`,
    })),
  );
}

/** A client's settings list these among `interceptors` already, and a client made of them would run them twice. */
function withoutLegacyInterceptors({
  requestInterceptors: _request,
  responseInterceptors: _response,
  ...settings
}: Client['settings']): Client['settings'] {
  return settings;
}
