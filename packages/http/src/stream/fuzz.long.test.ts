import { describe, expect, it } from 'vitest';
import { mutations } from '../__fixtures__/mutations.ts';
import { EventReader } from './event-reader.ts';
import { LineReader } from './line-reader.ts';

const MILLION = 1_000_000;

describe('a million streams', () => {
  it('of events are read without a throw, alike in one piece and in two', { timeout: 600_000 }, () => {
    const seeds = [
      'event: a\nid: 1\ndata: x\n\n',
      'data: {"a":1}\r\n\r\ndata: [DONE]\n\n',
      ': hi\n\nretry: 10\ndata\n\n',
      '\ufeffdata:1\rdata:2\r\r',
    ];
    let different = 0;
    let events = 0;
    let index = 0;
    for (const text of mutations(seeds, 'data:eventid \n\r\0\ufeff{}', MILLION)) {
      const whole = new EventReader(1000).push(text);
      events += whole.length;
      index += 1;
      // Comparing doubles the work; one in four will do.
      if (index % 4 > 0) continue;
      const cut = index % (text.length + 1);
      const reader = new EventReader(1000);
      const inTwo = [...reader.push(text.slice(0, cut)), ...reader.push(text.slice(cut))];
      if (JSON.stringify(whole) !== JSON.stringify(inTwo)) different += 1;
    }
    expect(different).toBe(0);
    expect(events).toBeGreaterThan(100_000);
  });

  it('of lines are read without a throw, alike in one piece and in two', { timeout: 600_000 }, () => {
    const seeds = ['{"a":1}\n{"b":2}\n', '1\r\n\r\n[2]\n"x"', '\n\n'];
    let different = 0;
    let index = 0;
    for (const text of mutations(seeds, '{}[]":,0123 \n\r\0\u2028', MILLION)) {
      index += 1;
      const cut = index % (text.length + 1);
      const reader = new LineReader(1000);
      const lines = [...reader.push(text.slice(0, cut)), ...reader.push(text.slice(cut)), reader.end()];
      if (lines.join('\n') !== text) different += 1;
    }
    expect(different).toBe(0);
  });
});

describe('a stream that was made to take long', () => {
  it.each(['\n', '\r', '\r\n', 'data:\n', 'data: x', ':', 'a', 'id:\0\n', 'event: \n', '\ufeff'])(
    'from %j takes no time, in one piece and in many',
    (part) => {
      const text = part.repeat(Math.ceil(200_000 / part.length));
      const startedAt = performance.now();
      for (const size of [text.length, 1000, 7]) {
        const events = new EventReader(1_000_000);
        const lines = new LineReader(1_000_000);
        for (let start = 0; start < text.length; start += size) {
          events.push(text.slice(start, start + size));
          lines.push(text.slice(start, start + size));
        }
      }
      expect(performance.now() - startedAt).toBeLessThan(5000);
    },
  );

  it('is given up when an event or a line is too long', () => {
    const events = new EventReader(10);
    expect(events.push('data: 12345\n\ndata: 1234567890123\n\ndata: 1\n\n')).toEqual([{ data: '12345' }]);
    expect(events.isTooLong).toBe(true);
    expect(events.push('data: 1\n\n')).toEqual([]);
    const lines = new LineReader(5);
    expect(lines.push('1\n123456\n2\n')).toEqual(['1']);
    expect(lines.isTooLong).toBe(true);
  });
});
