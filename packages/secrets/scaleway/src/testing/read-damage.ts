type Answer = Readonly<Record<string, unknown>>;

/**
 * `checksum`: the checksum is another one. `payload`: a byte of the payload is. `encoding`: the payload is no base64.
 * `revision`: the number is that of another version. `secret`: the id is another's. `empty`: a JSON object with nothing
 * in it.
 */
export type ReadDamage = 'checksum' | 'payload' | 'encoding' | 'revision' | 'secret' | 'empty';

/** An answer to a read as a broken service, or a broken path to it, would give it. */
export function damage(answer: Answer, kind: ReadDamage): Answer {
  return DAMAGES[kind](answer);
}

const DAMAGES: Readonly<Record<ReadDamage, (answer: Answer) => Answer>> = {
  checksum: (answer) => ({ ...answer, data_crc32: (Number(answer['data_crc32'] ?? 0) ^ 1) >>> 0 }),
  payload: (answer) => ({ ...answer, data: withLastBitFlipped(String(answer['data'])) }),
  encoding: (answer) => ({ ...answer, data: `${String(answer['data'])}*` }),
  revision: (answer) => ({ ...answer, revision: Number(answer['revision']) + 1 }),
  secret: (answer) => ({ ...answer, secret_id: '00000000-0000-4000-8000-000000000000' }),
  empty: () => ({}),
};

function withLastBitFlipped(base64: string): string {
  const data = Buffer.from(base64, 'base64');
  return Buffer.concat([data.subarray(0, -1), Buffer.from([(data.at(-1) ?? 0) ^ 1])]).toString('base64');
}
