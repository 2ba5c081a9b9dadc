/** A message of the server that is no error. May quote data: not for logs of others. */
export interface DatabaseNotice {
  /** Such as `NOTICE` or `WARNING`. */
  readonly severity: string;
  readonly message: string;
  /** Five characters of the SQL standard or the database. */
  readonly sqlState?: string;
}
