import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SmsMessage } from '../model/sms-message.ts';
import { estimateSegments } from './estimate-segments.ts';
import { readOptKeyword } from './opt-keyword.ts';
import { maskNumber, redactSms } from './redact-sms.ts';

const x = (count: number): string => 'x'.repeat(count);
const ya = (count: number): string => 'я'.repeat(count);

describe('the segments of a text', () => {
  it.each([
    ['', 'GSM-7', 0, 160],
    [x(1), 'GSM-7', 1, 159],
    [x(160), 'GSM-7', 1, 0],
    [x(161), 'GSM-7', 2, 145],
    [x(306), 'GSM-7', 2, 0],
    [x(307), 'GSM-7', 3, 152],
    [`${x(158)}€`, 'GSM-7', 1, 0],
    // Two septets do not fit beside 159.
    [`${x(159)}€`, 'GSM-7', 2, 145],
    // The escape is not cut off from its character at septet 153.
    [`${x(152)}€${x(151)}`, 'GSM-7', 2, 0],
    [`${x(152)}€${x(152)}`, 'GSM-7', 3, 152],
    [ya(70), 'UCS-2', 1, 0],
    [ya(71), 'UCS-2', 2, 63],
    [ya(134), 'UCS-2', 2, 0],
    [ya(135), 'UCS-2', 3, 66],
    ['👋'.repeat(35), 'UCS-2', 1, 0],
    // 67 code units take 33 pairs: a pair is not cut.
    ['👋'.repeat(36), 'UCS-2', 2, 61],
    ['👋'.repeat(67), 'UCS-2', 3, 65],
  ] as const)('of %j are %s × %d, with room for %d', (text, encoding, segments, charactersLeft) => {
    expect(estimateSegments(text)).toMatchObject({ encoding, segments, charactersLeft });
  });

  it('take the whole default alphabet and its extension as GSM-7', () => {
    const alphabet =
      '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
    expect(alphabet).toHaveLength(127);
    expect(estimateSegments(alphabet)).toEqual({ encoding: 'GSM-7', segments: 1, charactersLeft: 33 });
    expect(estimateSegments('\f^{}\\[~]|€')).toEqual({ encoding: 'GSM-7', segments: 1, charactersLeft: 140 });
  });

  it.each([
    ['ça va', ['ç']],
    ['“quotes” and “quotes”', ['“', '”']],
    ['tab\tand `', ['\t', '`']],
    ['a\u001Bb', ['\u001B']],
    ['hi 👋🏽', ['👋', '🏽']],
  ])('name what forces UCS-2 in %j', (text, offending) => {
    expect(estimateSegments(text)).toMatchObject({ encoding: 'UCS-2', offending });
  });

  it('have no offending characters in GSM-7', () => {
    expect(estimateSegments('Grüße für 5 €')).not.toHaveProperty('offending');
  });

  const piece = fc.constantFrom('a', '€', '\n', 'Ω', '{', 'я', '👋', 'ç', '中');
  const gsmPiece = fc.constantFrom('a', '€', '\n', 'Ω', '{', '~', '@');

  it('hold each unit once: no segment is overfull, and none could take the next character', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, gsmPiece), { maxLength: 500 }), (pieces) => {
        const { encoding, segments, charactersLeft } = estimateSegments(pieces.join(''));
        const isExtended = (text: string): boolean => '\f^{}\\[~]|€'.includes(text);
        const units = pieces.map((text) => (encoding === 'UCS-2' ? text.length : isExtended(text) ? 2 : 1));
        const total = units.reduce((sum, unit) => sum + unit, 0);
        const [alone, joined] = encoding === 'UCS-2' ? [70, 67] : [160, 153];
        if (total <= alone) {
          expect([segments, charactersLeft]).toEqual([total === 0 ? 0 : 1, alone - total]);
          return;
        }
        const rooms = [joined];
        for (const unit of units) {
          const room = rooms.at(-1) ?? 0;
          if (unit > room) rooms.push(joined - unit);
          else rooms[rooms.length - 1] = room - unit;
        }
        expect([segments, charactersLeft]).toEqual([rooms.length, rooms.at(-1)]);
        // At most one unit is lost at the end of each segment but the last.
        const least = Math.ceil(total / joined);
        expect(segments).toBeGreaterThanOrEqual(least);
        expect(segments).toBeLessThanOrEqual(Math.ceil(total / (joined - 1)));
      }),
    );
  });

  it('never become fewer when text is added', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), piece, (pieces, more) => {
        const text = pieces.join('');
        expect(estimateSegments(`${text}${more}`).segments).toBeGreaterThanOrEqual(estimateSegments(text).segments);
      }),
    );
  });
});

describe('a keyword', () => {
  it.each(['STOP', 'stop', ' Stop! ', 'Arrêt', 'ARRET', 'unsubscribe', '«Stopp»', 'DÉSABONNER'])(
    '%j ends the subscription',
    (body) => {
      expect(readOptKeyword(body)).toBe('opt_out');
    },
  );

  it.each(['START', 'unstop', 'Oui.'])('%j renews it', (body) => {
    expect(readOptKeyword(body)).toBe('opt_in');
  });

  it.each(['do not stop', 'STOP IT NOW', 'stopped', '', '   ', '👋', 'pare'])('is not %j', (body) => {
    expect(readOptKeyword(body)).toBeUndefined();
  });

  it("may be one of the campaign's own", () => {
    expect(readOptKeyword('genug', { optOut: ['GENUG'] })).toBe('opt_out');
    expect(readOptKeyword('weiter', { optIn: ['Weiter'] })).toBe('opt_in');
  });
});

describe('a message in a log', () => {
  const message: SmsMessage = {
    id: 'sm1',
    to: '+447700900001',
    from: '+447700900100',
    body: 'Your code is 493817',
    status: 'undelivered',
    direction: 'outbound',
    segments: 1,
    encoding: 'GSM-7',
    errorCode: '30003',
    errorMessage: 'no route to +447700900001',
    failureReason: 'unreachable',
    priceDecimal: '0.0075',
    mediaUrls: ['https://media.example.com/secret.jpg'],
    metadata: { patient: 'Ada' },
    reference: 'patient-1',
    raw: { body: 'Your code is 493817' },
  };

  it('has neither its text nor its numbers, and nothing that was not named', () => {
    expect(redactSms(message)).toEqual({
      id: 'sm1',
      status: 'undelivered',
      to: '+44…(13)',
      from: '+44…(13)',
      bodyLength: 19,
      direction: 'outbound',
      segments: 1,
      encoding: 'GSM-7',
      errorCode: '30003',
      failureReason: 'unreachable',
      priceDecimal: '0.0075',
    });
  });

  it('leaves out what is not known', () => {
    const { id, to, from, body } = message;
    expect(Object.keys(redactSms({ id, to, from, body, status: 'queued' }))).toEqual([
      'id',
      'status',
      'to',
      'from',
      'bodyLength',
    ]);
  });

  it('masks short senders too', () => {
    expect(maskNumber('12345')).toBe('1…(5)');
    expect(maskNumber('')).toBe('…(0)');
  });
});
