/** What all operations of the domain have in common. */
export const shared = {
  version: '1.0.0',
  domain: 'integrations',
  stability: 'experimental',
  owners: ['@platform.integrations'],
} as const;

export const capability = { key: 'meeting-recorder', version: '1.0.0' } as const;

/** A member of the tenant may read; what may be read of others is for the host's policy, named by `resource`. */
export const readMeetings = { auth: 'user', tenantScoped: true, resource: 'meeting-recorder.meeting' } as const;

export const connectionErrors = {
  CONNECTION_NOT_FOUND: { description: 'The tenant has no such meeting-recorder connection.', httpStatus: 404 },
  CONNECTION_NOT_READY: {
    description: 'The connection is broken or waits for consent; reconnect it.',
    httpStatus: 409,
  },
  PROVIDER_UNAVAILABLE: { description: 'The provider did not answer; try again later.', httpStatus: 503 },
} as const;

export const meetingErrors = {
  ...connectionErrors,
  MEETING_NOT_FOUND: { description: 'The tenant has no meeting with this id.', httpStatus: 404 },
} as const;

/** The code of an error, or its name: messages may hold names and addresses of people. */
export function errorCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code: unknown = Reflect.get(error, 'declaredCode') ?? Reflect.get(error, 'code');
  return typeof code === 'string' ? code : error.name;
}
