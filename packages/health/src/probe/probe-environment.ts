import type { ClientToken, FetchLike, HttpClock, NetworkPolicy } from '@mortise/http';

/** What probes that speak HTTP are given besides the connection. */
export interface ProbeEnvironment {
  readonly fetch: FetchLike | undefined;
  readonly clock: HttpClock;
  readonly network: NetworkPolicy | undefined;
  readonly token: ClientToken | (() => ClientToken | Promise<ClientToken>) | undefined;
}
