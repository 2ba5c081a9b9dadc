import { all, either, filledListOf, listOf, mapOf, object, someOf, terms, word } from './terms.ts';

/** Forms of what a spec says about requests and responses. */
export function requestForms() {
  const { amount, flag, header, host, name, period, pointer, scalar, status, text } = terms();
  const value = either(object({ header }), object({ pointer }));
  const match = object(
    {},
    {
      status: someOf(status),
      header: object({ name: header }, { equals: text }),
      body: filledListOf(
        object({ pointer }, { equals: scalar, oneOf: filledListOf(scalar), startsWith: name, exists: flag }),
      ),
    },
  );
  const rules = listOf(
    object(
      {
        when: match,
        means: word(
          'bad_credential missing_scope throttled quota_exhausted misconfigured not_found invalid_request conflict unavailable',
        ),
      },
      { retryable: flag },
    ),
  );
  const resetFormat = word('delta-seconds delta-ms delta-minutes epoch-seconds epoch-ms iso duration http-date');
  const page = { sizeParam: name, maxSize: period };
  const hasMore = pointer;
  const pages = (style: string, required: object, optional: object) =>
    object({ style: word(style), items: pointer, ...required }, { ...page, ...optional });
  const pagination = either(
    pages('cursor', { param: name, cursor: value }, { in: word('query body'), hasMore }),
    pages('last-item', { param: name, id: pointer }, { hasMore }),
    pages('page', { param: name }, { first: amount, hasMore }),
    pages('offset', { param: name }, { hasMore }),
    pages('link', {}, {}),
    pages('next-url', { url: pointer }, {}),
  );
  const rest = {
    allowedHosts: filledListOf(host),
    rateLimits: listOf({
      ...object({}, { name, ...all('limit remaining used reset', header), resetFormat }),
      dependentRequired: { reset: ['resetFormat'] },
    }),
    retryAfter: listOf(either(object({ header, format: resetFormat }), object({ pointer, format: resetFormat }))),
    errors: object({}, { failures: listOf(match), ...all('code message requestId', listOf(value)), rules }),
    idempotency: object({ header }, { methods: listOf(name), quoted: flag, ...all('maxLength lifetimeMs', period) }),
    pagination,
  };
  const healthRequest = object(
    { path: name },
    { method: word('GET HEAD POST'), headers: mapOf(text), body: {}, expect: match, rules },
  );
  return { resetFormat, rest, healthRequest };
}
