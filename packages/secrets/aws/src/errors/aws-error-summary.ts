import type { ErrorFacts } from './error-facts.ts';

/**
 * What is kept of an SDK's error as the `cause` of ours: enough to look it up in AWS's logs. The error itself holds the
 * request and the response, and AWS may echo a value in its message, so it goes no further.
 */
export interface AwsErrorSummary {
  /** As AWS or the SDK named it; `unrecognised` for what does not look like a name of an error. */
  readonly name: string;
  /** Of the network, such as `ECONNRESET`. */
  readonly code?: string;
  readonly httpStatus?: number;
  /** As in AWS's own logs. */
  readonly requestId?: string;
}

const ERROR_NAME =
  /^[A-Z][A-Za-z]{2,60}(?:Exception|Error|Failure|Denied|Token|TokenId|Exceeded|Unavailable|Throttling|Timeout|Expired)$/;
const NETWORK_CODE = /^(?:E[A-Z_]{3,24}|UND_ERR_[A-Z_]{3,30})$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function summarize({ name, codes, httpStatus, requestId }: ErrorFacts): AwsErrorSummary {
  const code = codes.find((candidate) => NETWORK_CODE.test(candidate));
  return Object.freeze({
    name: ERROR_NAME.test(name) || name === 'Error' ? name : 'unrecognised',
    ...(code === undefined ? {} : { code }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(requestId === undefined || !UUID.test(requestId) ? {} : { requestId }),
  });
}
