import type { AuthRequiredReason } from '../errors/auth-error.ts';

/** What a keeper tells as it goes. Never a token. */
export type KeeperEvent =
  | { readonly type: 'renewed'; readonly grantId: string; readonly at: string; readonly expiresAt?: string }
  /** Another process had renewed it. */
  | { readonly type: 'adopted'; readonly grantId: string; readonly at: string }
  /** A renewal came to nothing and is tried again after `retryAt`. */
  | {
      readonly type: 'renewal_failed';
      readonly grantId: string;
      readonly at: string;
      readonly code: string;
      readonly retryAt: string;
    }
  /** Whether a renewal happened is not known. */
  | { readonly type: 'uncertain'; readonly grantId: string; readonly at: string }
  /** Somebody has to authorise again: tell them. */
  | {
      readonly type: 'auth_required';
      readonly grantId: string;
      readonly at: string;
      readonly reason: AuthRequiredReason;
    }
  /** A token was obtained and could not be stored; it is kept in memory, and stored before anybody gets it. */
  | { readonly type: 'store_failed'; readonly grantId: string; readonly at: string };
