/** A mailbox, with the name that is shown for it. */
export interface EmailAddress {
  /** `local@domain`, without a name and without angle brackets. */
  email: string;
  name?: string;
}
