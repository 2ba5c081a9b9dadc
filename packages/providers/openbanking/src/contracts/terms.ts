/** What the operations of the domain have in common. */
export const shared = {
  version: '1.0.0',
  domain: 'finance',
  stability: 'experimental',
  owners: ['@platform.finance'],
} as const;

/** Tags of one area. The second is kept for hosts that look operations up by it; the contracts fit every provider. */
export const tagsOf = (area: string) => ['open-banking', 'powens', area];

export const capability = { key: 'openbanking', version: '1.0.0' } as const;

/** Users read what is theirs; which rows these are is for the host's policy to say. */
export const readPolicy = (resource: string) => ({ auth: 'user', tenantScoped: true, resource }) as const;

/** Reads from the bank into the host's store. A repeat stores the same again, and nothing is deleted by hand. */
export const syncPolicy = (resource: string) =>
  ({ auth: 'admin', tenantScoped: true, resource, idempotent: true, destructive: false }) as const;

export const connectionErrors = {
  CONNECTION_NOT_FOUND: { description: 'The tenant has no such connection.', httpStatus: 404 },
  CONSENT_REQUIRED: {
    description: 'The bank hands nothing over until the user consents or authenticates again.',
    httpStatus: 403,
  },
} as const;

export const accountErrors = {
  ...connectionErrors,
  ACCOUNT_NOT_FOUND: { description: 'The tenant has no such account.', httpStatus: 404 },
} as const;

export const cursorErrors = {
  CURSOR_INVALID: { description: 'The cursor is not one of this list; start again.', httpStatus: 400 },
} as const;

export const rangeErrors = {
  RANGE_INVALID: { description: '`from` lies after `to`, or the least amount above the most.', httpStatus: 422 },
} as const;

/** Reading from a bank that limits unattended reads. */
export const bankErrors = {
  BANK_RATE_LIMITED: { description: 'The bank allows no further read for now; the error says when.', httpStatus: 429 },
} as const;
