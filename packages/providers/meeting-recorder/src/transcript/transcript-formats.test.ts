import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeetingTranscriptSegment } from '../model/transcript.ts';
import { formatCueTime, parseCueTime } from './cues.ts';
import { toPlainText } from './plain-text.ts';
import { msFromClock, msFromSeconds, withBothTimes } from './segment-times.ts';
import { parseSrt, toSrt } from './srt.ts';
import { parseVtt, toVtt } from './vtt.ts';

const segment = (text: string, startTimeMs: number, more: Partial<MeetingTranscriptSegment> = {}) => ({
  text,
  startTimeMs,
  ...more,
});

const line = fc
  .string({ unit: fc.constantFrom('a', 'é', '👩', '<', '>', '&', ' ', '"', ':', '-', 'lt;') })
  .map((text) => text.replaceAll(/\s+/g, ' ').trim());
const segments = fc
  .array(fc.record({ text: line, speakerName: line, lengthMs: fc.integer({ min: 1, max: 60_000 }) }), { maxLength: 20 })
  .map((parts) => {
    let startTimeMs = 0;
    return parts.map(({ text, speakerName, lengthMs }, index) => {
      const start = startTimeMs;
      startTimeMs += lengthMs;
      const name = speakerName.replaceAll('>', '').replaceAll(/\s+/g, ' ').trim();
      return { index, text, startTimeMs: start, endTimeMs: startTimeMs, ...(name === '' ? {} : { speakerName: name }) };
    });
  });

describe('WebVTT', () => {
  it('is written with voices, in milliseconds', () => {
    const vtt = toVtt([segment('Hi & <bye>', 0, { endTimeMs: 1500, speakerName: 'Ada' }), segment('Yes.', 3_661_001)]);
    expect(vtt).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\n<v Ada>Hi &amp; &lt;bye&gt;\n\n01:01:01.001 --> 01:01:03.001\nYes.\n',
    );
  });

  it('reads back what it wrote, whatever was said', () => {
    fc.assert(
      fc.property(segments, (given) => {
        expect(parseVtt(toVtt(given))).toEqual(given);
      }),
    );
  });

  it('passes over what is no cue, and reads any line endings, identifiers and cue settings', () => {
    const file = [
      '\uFEFFWEBVTT - title',
      '',
      'NOTE 00:00:01.000 --> x',
      '',
      'STYLE',
      '::cue {}',
      '',
      'intro',
      '00:01.000 --> 00:02.000 align:start',
      '<v.loud Ada><b>Hi</b>',
      'there',
      '',
      'broken --> 00:02.000',
      'lost',
    ].join('\r\n');
    expect(parseVtt(file)).toEqual([
      { index: 0, text: 'Hi there', startTimeMs: 1000, endTimeMs: 2000, speakerName: 'Ada' },
    ]);
  });

  it('shows speech before the recording at its start, and gives every cue a length', () => {
    expect(parseVtt(toVtt([segment('Early', -500, { endTimeMs: -100 })]))).toEqual([
      { index: 0, text: 'Early', startTimeMs: 0, endTimeMs: 1 },
    ]);
  });
});

describe('SubRip', () => {
  it('is numbered, with commas, the speaker in brackets', () => {
    expect(toSrt([segment('Hi', 1250, { endTimeMs: 2000, speakerName: 'A[d]a' })])).toBe(
      '1\n00:00:01,250 --> 00:00:02,000\n[Ada] Hi\n',
    );
  });

  it('reads back texts and times, whatever was said', () => {
    fc.assert(
      fc.property(segments, (given) => {
        const read = parseSrt(toSrt(given));
        expect(read.map(({ text, startTimeMs }) => ({ text, startTimeMs }))).toEqual(
          given.map(({ text, startTimeMs }) => ({ text, startTimeMs })),
        );
      }),
    );
  });
});

describe('times of cues', () => {
  it('survive being written and read, for any length', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000_000 }), fc.constantFrom('.' as const, ',' as const), (ms, mark) => {
        expect(parseCueTime(formatCueTime(ms, mark))).toBe(ms);
      }),
    );
  });

  it.each(['', '1:2', '00:60:00.000', '00:00.00', '-00:00:01.000'])('refuse %j', (text) => {
    expect(parseCueTime(text)).toBeUndefined();
  });
});

describe('plain text', () => {
  it('joins what one speaker says in a row', () => {
    const spoken = [
      segment('Hi.', 0, { speakerName: 'Ada' }),
      segment('All?', 1, { speakerName: 'Ada' }),
      segment('Yes.', 2, { speakerId: 'voice-2' }),
      segment('…', 3),
    ];
    expect(toPlainText(spoken)).toBe('Ada: Hi. All?\nvoice-2: Yes.\n…');
  });
});

describe('times of segments', () => {
  const origin = '2026-03-02T09:00:00.000Z';

  it('are completed either way, and agree', () => {
    expect(withBothTimes(segment('x', -1500), origin)).toMatchObject({ startTime: '2026-03-02T08:59:58.500Z' });
    expect(withBothTimes({ text: 'x', startTime: '2026-03-02T10:00:01+01:00' }, origin)).toEqual({
      text: 'x',
      startTime: '2026-03-02T10:00:01+01:00',
      startTimeMs: 1000,
    });
  });

  it.each([[undefined], ['no instant']])('stay as they are without an origin (%j)', (none) => {
    const given = segment('x', 5);
    expect(withBothTimes(given, none)).toBe(given);
  });

  it('do not break on times beyond the calendar', () => {
    expect(withBothTimes(segment('x', 1e20), origin)).toEqual(segment('x', 1e20));
  });

  it('come from seconds without the noise of binary fractions', () => {
    expect([0.1, 1.1, 2.675, 1234.567].map(msFromSeconds)).toEqual([100, 1100, 2675, 1_234_567]);
  });

  it('come from clocks', () => {
    expect(['01:02:03', '2:03.5', '00:00:00'].map(msFromClock)).toEqual([3_723_000, 123_500, 0]);
    expect(['', '3', '1:60', 'x:00:00'].map(msFromClock)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
