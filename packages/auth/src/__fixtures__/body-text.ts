/** The body of a request that is sent as text, as all of this package's are. */
export function bodyText(body: unknown): string {
  return typeof body === 'string' ? body : '';
}
