import { describe, expect, it } from 'vitest';
import { toneFixtures } from '../testing/memory/in-memory-targets.ts';
import { InMemorySTTProvider } from '../testing/memory/in-memory-stt-provider.ts';
import { completeSTT } from './complete-stt.ts';
import type { STTProvider } from './stt-provider.ts';

const honest = new InMemorySTTProvider();
const { live, dialogue, text } = toneFixtures();
const SETTINGS = { format: 'pcm', sampleRateHz: live.sampleRateHz } as const;

async function* chunks(data: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < data.byteLength; offset += 4000) yield data.slice(offset, offset + 4000);
}

async function read<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const seen: Item[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

const transcribe: STTProvider['transcribe'] = (input, options) => honest.transcribe(input, options);
const PROVIDERS: readonly (readonly [string, STTProvider])[] = [
  ['whole recordings only', { transcribe }],
  ['live segments', { transcribe, transcribeStream: (...call) => honest.transcribeStream(...call) }],
  ['live events', { transcribe, transcribeEvents: (...call) => honest.transcribeEvents(...call) }],
];

describe('completeSTT', () => {
  it.each(PROVIDERS)('gives both kinds of live transcription to a provider of %s', async (_kind, provider) => {
    const full = completeSTT(provider);
    const segments = await read(full.transcribeStream(chunks(live.data), SETTINGS));
    expect(segments.map((segment) => segment.text).join(' ')).toBe(text);
    const events = await read(full.transcribeEvents(chunks(live.data), SETTINGS));
    const finals = events.flatMap((event) => (event.type === 'final' ? [event.segment.text] : []));
    expect(finals.join(' ')).toBe(text);
  });

  it('reads what chunks are from a header, where they have one', async () => {
    const segments = await read(completeSTT({ transcribe }).transcribeStream(chunks(dialogue.data)));
    expect(segments).toHaveLength(3);
  });

  it('refuses chunks of which nobody knows what they are', async () => {
    const { transcribeStream } = completeSTT({ transcribe });
    await expect(read(transcribeStream(chunks(live.data)))).rejects.toMatchObject({ field: 'format' });
    await expect(read(transcribeStream(chunks(live.data), { format: 'pcm' }))).rejects.toMatchObject({
      field: 'sampleRateHz',
    });
  });

  it('says what cannot be composed', async () => {
    const { submitTranscription, close } = completeSTT({ transcribe });
    await expect(submitTranscription.start({ audio: dialogue })).rejects.toMatchObject({ code: 'unsupported' });
    await expect(submitTranscription.get('token')).rejects.toMatchObject({ code: 'unsupported' });
    await expect(close()).resolves.toBeUndefined();
  });
});

describe('the in-memory ears', () => {
  it('understand what was spoken as mu-law and A-law, and a file given as base64', async () => {
    const base64 = btoa(Array.from(dialogue.data, (byte) => String.fromCharCode(byte)).join(''));
    const result = await honest.transcribe({ audio: { base64, mediaType: 'audio/x-wav' } });
    expect(result.text).toBe(text);
  });

  it('fetch nothing', async () => {
    const audio = { url: 'https://example.com/a.wav', mediaType: 'audio/wav' };
    await expect(honest.transcribe({ audio })).rejects.toMatchObject({ code: 'unsupported', field: 'audio' });
  });
});
