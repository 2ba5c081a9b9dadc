import { Format } from 'typebox/format';
import { describe, expect, it } from 'vitest';
import { FORMATS } from './formats.ts';

const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  date: ['2026-02-28', '2024-02-29', '2026-02-29', '2026-13-01', '2026-1-1', '', '2026-02-28T00:00:00Z'],
  time: ['10:00:00Z', '10:00:00+02:00', '10:00:00.123Z', '24:00:00Z', '10:00', '10:60:00Z'],
  'date-time': ['2026-02-28T10:00:00Z', '2026-02-28t10:00:00z', '2026-02-30T10:00:00Z', '2026-02-28 10:00:00', '2026'],
  duration: ['P1D', 'PT1H', 'P1Y2M3DT4H5M6S', 'P2W', 'P', 'PT', '1D', 'P1S'],
  email: ['a@example.com', 'a.b+c@example.co', 'a@', '@b.c', 'a b@c.d', 'a@b..c', 'a@-b.c'],
  hostname: ['example.com', 'a', '-a.com', 'a..b', 'a_b.com'],
  ipv4: ['127.0.0.1', '256.0.0.1', '1.2.3', '1.2.3.4.5', '01.2.3.4', ''],
  ipv6: ['::1', '2001:db8::1', '1:2', ':::', '::ffff:127.0.0.1', 'g::1'],
  uri: ['https://example.com/a?b#c', 'urn:isbn:1', 'mailto:a@b.c', '/a', 'example.com', 'https://a b', 'http:'],
  uuid: ['123e4567-e89b-12d3-a456-426614174000', '123e4567e89b12d3a456426614174000', ''],
  regex: ['^a$', '(', '[a-'],
  'json-pointer': ['', '/a/b~0', '/a~2', 'a'],
};

describe('FORMATS', () => {
  it.each(Object.entries(SAMPLES))('agree with an independent checker on %s', (format, samples) => {
    for (const sample of samples)
      expect([sample, FORMATS[format]?.(sample)]).toEqual([sample, Format.Test(format, sample)]);
    const answers = new Set(samples.map((sample) => FORMATS[format]?.(sample)));
    expect(answers).toEqual(new Set([true, false]));
  });

  it('take an absolute address of any scheme for a url, if it can be parsed', () => {
    expect(FORMATS['url']?.('https://example.com')).toBe(true);
    expect(FORMATS['url']?.('https://')).toBe(false);
  });
});
