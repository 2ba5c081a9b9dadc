export type { ResolvedAddress, ResolveHost } from './checked-lookup.ts';
export type { GuardedFetch, GuardedFetchOptions } from './guarded-fetch.ts';
export { createGuardedFetch } from './guarded-fetch.ts';
