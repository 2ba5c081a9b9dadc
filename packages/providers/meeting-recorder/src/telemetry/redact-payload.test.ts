import { createCanary, findCanary } from '@mortise/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEETING_RECORDER_PII_FIELDS, MEETING_RECORDER_TELEMETRY_EVENTS } from './meeting-recorder-telemetry.ts';
import { isPersonalField } from './personal-fields.ts';
import { redactMeetingRecorderTelemetryPayload } from './redact-payload.ts';

const redact = redactMeetingRecorderTelemetryPayload;

const SPELLINGS: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  (name) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter}`),
  (name) => `user_${name}`,
  (name) => `${name}2`,
  (name) => `meeting.${name}`,
];

describe('redaction of telemetry', () => {
  it.each([...MEETING_RECORDER_PII_FIELDS, 'title', 'summary', 'text', 'segments', 'transcript', 'meetingUrl'])(
    'masks "%s" wholly, in any spelling, at any depth, in arrays, maps and sets',
    (field) => {
      const canary = createCanary();
      for (const spell of SPELLINGS) {
        const hidden = { [spell(field)]: canary };
        const payload = {
          ...hidden,
          nested: [[hidden], { deeper: { list: [hidden] } }],
          map: new Map<string, unknown>([
            [spell(field), canary],
            ['inner', hidden],
          ]),
          set: new Set([hidden]),
          listed: { [spell(field)]: [canary, { any: canary }] },
          lazy: {
            get inner() {
              return hidden;
            },
          },
          sent: { toJSON: () => hidden },
        };
        const redacted = redact(payload);
        expect(findCanary(redacted, canary)).toEqual([]);
        expect(Reflect.get(redacted, spell(field))).toBe('[redacted]');
        expect(Reflect.get(payload, spell(field))).toBe(canary);
      }
    },
  );

  it('finds addresses and telephone numbers inside other texts and in names of fields', () => {
    const redacted = redact({
      error: 'could not mail ada.lovelace+x@example.co.uk or call +44 20 7946 0958',
      counts: { 'ada@example.com': 3 },
    });
    expect(redacted).toEqual({
      error: 'could not mail [redacted] or call [redacted]',
      counts: { '[redacted]': 3 },
    });
  });

  it('keeps what telemetry is for', () => {
    const payload = {
      tenantId: 'tenant-1',
      meetingId: '01234567-89ab-cdef-0123-456789abcdef',
      segmentCount: 42,
      latencyMs: 12_345_678.5,
      transcriptAvailable: true,
      emailVerified: false,
      nextCursor: null,
      at: new Date('2026-03-02T09:00:00Z'),
      startedAt: '2026-03-02T09:00:00.000Z',
      eventName: 'meeting-recorder.transcripts.synced',
      context: 'sync',
      absent: undefined,
    };
    expect(redact(payload)).toEqual(payload);
  });

  it('masks numbers and dates under personal names, not only text', () => {
    expect(redact({ phone: 442_079_460_958, birthDate: new Date(0) })).toEqual({
      phone: '[redacted]',
      birthDate: '[redacted]',
    });
  });

  it('ends on cycles and great depth, letting nothing through', () => {
    const canary = createCanary();
    const cyclic: Record<string, unknown> = { email: canary };
    cyclic['self'] = cyclic;
    let deep: Record<string, unknown> = { email: canary };
    for (let depth = 0; depth < 10_000; depth += 1) deep = { inner: deep };
    expect(findCanary(redact({ cyclic, deep }), canary)).toEqual([]);
  });

  it('cannot be led to change a prototype', () => {
    const payload: Record<string, unknown> = JSON.parse('{"__proto__": {"polluted": true}, "email": "x"}');
    const redacted = redact(payload);
    expect(Object.getPrototypeOf(redacted)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('never throws and never lets a marked value through, whatever the payload', () => {
    const canary = createCanary();
    fc.assert(
      fc.property(fc.object(), fc.constantFrom('email', 'speaker_name', 'Participants'), (payload, field) => {
        expect(findCanary(redact({ payload, inner: [{ ...payload, [field]: canary }] }), canary)).toEqual([]);
      }),
    );
  });
});

describe('personal fields', () => {
  it.each(['context', 'hostname', 'eventName', 'tenantId', 'participantCount', 'speakerId', 'transcriptId', 'status'])(
    'are not %s',
    (name) => {
      expect(isPersonalField(name)).toBe(false);
    },
  );
});

it('has one key for each event', () => {
  const keys = Object.values(MEETING_RECORDER_TELEMETRY_EVENTS);
  expect(new Set(keys).size).toBe(8);
  for (const key of keys) expect(key).toMatch(/^meeting-recorder\.(meetings|transcripts|webhooks)\.[a-z_]+$/);
});
