import { type Static, Type } from '@mortise/core/schema';
import type { CalendarEvent } from '../model/event.ts';

const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const Text = Type.Optional(Type.String());
const Person = Type.Object({ email: Type.String({ minLength: 1 }), name: Text });

/** `CalendarEvent` as it crosses a process: instants are ISO 8601 text, days stay days, `raw` stays behind. */
export const CalendarEventSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  calendarId: Type.String({ minLength: 1 }),
  title: Type.String(),
  description: Text,
  location: Text,
  conferenceLink: Text,
  start: Instant,
  end: Instant,
  allDay: Type.Optional(Type.Boolean()),
  startZone: Text,
  endZone: Text,
  startDate: Type.Optional(Day),
  endDate: Type.Optional(Day),
  attendees: Type.Optional(
    Type.Array(
      Type.Object({
        email: Type.String({ minLength: 1 }),
        name: Text,
        optional: Type.Optional(Type.Boolean()),
        responseStatus: Type.Optional(
          Type.Union([
            Type.Literal('needsAction'),
            Type.Literal('declined'),
            Type.Literal('tentative'),
            Type.Literal('accepted'),
          ]),
        ),
        rawResponseStatus: Text,
      }),
    ),
  ),
  reminders: Type.Optional(
    Type.Array(
      Type.Object({
        method: Type.Union([Type.Literal('email'), Type.Literal('popup')]),
        minutesBeforeStart: Type.Integer({ minimum: 0 }),
      }),
    ),
  ),
  metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
  createdAt: Type.Optional(Instant),
  updatedAt: Type.Optional(Instant),
  recurrence: Type.Optional(Type.Array(Type.String())),
  recurringEventId: Text,
  originalStart: Type.Optional(Instant),
  iCalUid: Text,
  sequence: Type.Optional(Type.Integer({ minimum: 0 })),
  etag: Text,
  status: Type.Optional(Type.Union([Type.Literal('confirmed'), Type.Literal('tentative'), Type.Literal('cancelled')])),
  visibility: Type.Optional(
    Type.Union([
      Type.Literal('default'),
      Type.Literal('public'),
      Type.Literal('private'),
      Type.Literal('confidential'),
    ]),
  ),
  transparency: Type.Optional(Type.Union([Type.Literal('busy'), Type.Literal('free')])),
  organizer: Type.Optional(Person),
  creator: Type.Optional(Person),
  htmlLink: Text,
  attachments: Type.Optional(Type.Array(Type.Object({ url: Type.String(), title: Text, mimeType: Text }))),
  color: Text,
  eventType: Text,
  conference: Type.Optional(
    Type.Object({
      provider: Type.String(),
      url: Text,
      meetingId: Text,
      phones: Type.Optional(Type.Array(Type.String())),
      pin: Text,
    }),
  ),
});

/** What `JSON.parse(JSON.stringify(event))` gives. */
export type PortableCalendarEvent = Static<typeof CalendarEventSchema>;

/** The event again, after a trip through JSON: instants become `Date`s, days stay text. Check it against the schema before. */
export function reviveCalendarEvent(portable: PortableCalendarEvent): CalendarEvent {
  const { start, end, createdAt, updatedAt, originalStart, ...rest } = portable;
  return {
    ...rest,
    start: new Date(start),
    end: new Date(end),
    ...(createdAt === undefined ? {} : { createdAt: new Date(createdAt) }),
    ...(updatedAt === undefined ? {} : { updatedAt: new Date(updatedAt) }),
    ...(originalStart === undefined ? {} : { originalStart: new Date(originalStart) }),
  };
}
