import { IntegrationRequestError, misconfigured } from '../errors/integration-request-error.ts';
import type { ClientCredentials } from './client-options.ts';

interface LinkSource {
  /** Address of the page that holds the link. */
  readonly from: string;
  /** Where requests of this connection go. */
  readonly origin: string;
  readonly credentials: ClientCredentials;
  readonly subject: string;
}

/**
 * The provider's link to the next page as a cursor: path and query alone, so that whoever gets to choose a cursor cannot
 * choose where the credentials go. Credentials that the provider repeats in the link are taken out.
 */
export function linkedCursor(link: string, { from, origin, credentials, subject }: LinkSource): string {
  const url = URL.canParse(link, from) ? new URL(link, from) : undefined;
  if (url === undefined) throw refused(subject, 'is no valid URL');
  // Providers behind a proxy are known to write http where they are reached by https.
  if (url.protocol === 'http:' && origin.startsWith('https:') && url.port === '') url.protocol = 'https:';
  if (url.origin !== origin) throw refused(subject, 'leads to another origin');
  for (const name of Object.keys(credentials.query)) url.searchParams.delete(name);
  return `${url.pathname}${url.search}`;
}

/** What a cursor of a linked page may be: a path of the same origin. */
export function pageFromLink(cursor: string): string {
  if (!/^\/(?!\/)[^#\\\s]*$/.test(cursor)) throw misconfigured('The cursor of a linked page is a path', 'cursor');
  return cursor;
}

function refused(subject: string, what: string): IntegrationRequestError {
  return new IntegrationRequestError({
    code: 'provider_error',
    reason: 'address-refused',
    message: `${subject}: the link to the next page ${what}`,
  });
}
