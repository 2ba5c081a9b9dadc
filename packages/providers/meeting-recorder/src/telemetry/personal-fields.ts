import { MEETING_RECORDER_PII_FIELDS } from './meeting-recorder-telemetry.ts';

/** What was said or written in a meeting, and addresses that lead to it. */
const CONTENT_FIELDS = [
  'title',
  'subject',
  'summary',
  'summaries',
  'text',
  'rawText',
  'transcript',
  'segments',
  'words',
  'utterance',
  'sentences',
  'notes',
  'description',
  'actionItems',
  'chapters',
  'highlights',
  'chat',
  'message',
  'query',
  'payload',
  'rawBody',
  'raw',
  'meetingUrl',
  'recordingUrl',
  'shareUrl',
  'sourceUrl',
  'joinUrl',
  'organizer',
  'host',
  'speaker',
  'participant',
  'attendee',
  'invitee',
  'address',
  'ipAddress',
] as const;

/** Wherever one of these stands in a name, the value is personal. */
const MARKERS = ['email', 'phone', 'birth'];

/** Names that end like a personal field and are none. */
const HARMLESS = new Set([
  'context',
  'hostname',
  'filename',
  'eventname',
  'toolname',
  'providername',
  'platformname',
  'operationname',
  'typename',
  'classname',
  'fieldname',
]);

const ENDINGS = [...MEETING_RECORDER_PII_FIELDS, ...CONTENT_FIELDS].map(fold);

/**
 * Whether a field of this name holds personal data or what was said. Case, separators, plural, trailing digits and what
 * stands before do not matter: `user_email`, `Attendee-Emails` and `speakerName2` are all found.
 */
export function isPersonalField(name: string): boolean {
  const folded = fold(name);
  if (HARMLESS.has(folded)) return false;
  return MARKERS.some((marker) => folded.includes(marker)) || ENDINGS.some((ending) => folded.endsWith(ending));
}

function fold(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replace(/\d+$/, '')
    .replace(/s$/, '');
}
