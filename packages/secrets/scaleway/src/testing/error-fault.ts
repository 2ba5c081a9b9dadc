import type { StatusFault } from '@mortise/testing';
import { ApiRefusal, type ScalewayErrorType } from './store/api-refusal.ts';

/**
 * A fault for `inject`: an error answer as the service makes it, such as
 * `errorFault('too_many_requests', { help_message: '', reset_seconds: 3 })`.
 *
 * @param fields Of the body, beside `type` and `message`.
 * @param status Default: what the service uses for this type.
 * @throws {TestingError} `INVALID_ARGUMENT`: a field is missing that the SDK needs to recognise the type.
 */
export function errorFault(
  type: ScalewayErrorType,
  fields: Readonly<Record<string, unknown>> = {},
  status?: number,
): StatusFault {
  const refusal = new ApiRefusal(type, fields, status);
  return { kind: 'status', status: refusal.status, body: JSON.stringify(refusal.body) };
}
