import { IntegrationError } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { completeConversational } from '../conversation/complete-conversational.ts';
import { InMemoryConversationalProvider } from '../testing/memory/in-memory-conversational-provider.ts';
import { InMemoryTTSProvider } from '../testing/memory/in-memory-tts-provider.ts';
import { completeTTS } from './complete-tts.ts';
import type { TTSProvider } from './tts-provider.ts';
import type { TTSStreamPart } from './tts-stream-part.ts';

const honest = new InMemoryTTSProvider();
const least: TTSProvider = {
  synthesize: (input, options) => honest.synthesize(input, options),
  listVoices: () => honest.listVoices(),
};

async function read(parts: AsyncIterable<TTSStreamPart>): Promise<TTSStreamPart[]> {
  const seen: TTSStreamPart[] = [];
  for await (const part of parts) seen.push(part);
  return seen;
}

async function* pieces(): AsyncGenerator<string> {
  yield 'hel';
  yield 'lo there';
}

describe('completeTTS', () => {
  it('streams by one whole synthesis where the provider cannot stream', async () => {
    const parts = await read(completeTTS(least).synthesizeStream(pieces(), { voiceId: 'low', pitch: 1 }));
    expect(parts.map(({ type }) => type)).toEqual(['start', 'audio', 'timing', 'finish']);
    const whole = await honest.synthesize({ text: 'hello there', voiceId: 'low', pitch: 1 });
    expect(parts[0]).toMatchObject({ format: 'wav', sampleRateHz: 16_000, warnings: [{ field: 'pitch' }] });
    expect(parts[1]).toMatchObject({ bytes: whole.audio.data });
    expect(parts[3]).toMatchObject({ usage: { characters: 11 } });
  });

  it('streams once', async () => {
    const parts = completeTTS(least).synthesizeStream('hello', { voiceId: 'low' });
    await read(parts);
    await expect(read(parts)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('uses what the provider has', async () => {
    const parts = await read(completeTTS(honest).synthesizeStream('hello there', { voiceId: 'low' }));
    expect(parts[0]).toMatchObject({ type: 'start', format: 'pcm' });
    expect((await completeTTS(honest).listModels()).items).toHaveLength(1);
    expect(completeTTS(honest).capabilities).toBe(honest.capabilities);
  });

  it('says what cannot be composed, and closes nothing', async () => {
    await expect(completeTTS(least).listModels()).rejects.toMatchObject({ code: 'unsupported' });
    await expect(completeTTS(least).close()).resolves.toBeUndefined();
    expect(completeTTS(least)).not.toHaveProperty('capabilities');
  });
});

describe('the in-memory provider', () => {
  it('joins the pieces of a word that came apart', async () => {
    const parts = await read(honest.synthesizeStream(pieces(), { voiceId: 'low' }));
    const words = parts.flatMap((part) => (part.type === 'timing' ? part.words.map(({ word }) => word) : []));
    expect(words).toEqual(['hello', 'there']);
  });

  it('says that a stream of WAV comes bare', async () => {
    const [start] = await read(honest.synthesizeStream('a', { voiceId: 'low', format: 'wav' }));
    expect(start).toMatchObject({ format: 'pcm', warnings: [{ field: 'format' }] });
  });

  it.each([
    ['voiceId', { voiceId: 'nobody' }, 'not_found'],
    ['rate', { rate: 3 }, 'invalid_request'],
    ['sampleRateHz', { sampleRateHz: 12_345 }, 'unsupported'],
    ['format', { format: 'mp3' as const }, 'unsupported'],
  ])('refuses a bad %s by name', async (field, wish, code) => {
    const error: unknown = await honest
      .synthesize({ text: 'a', voiceId: 'low', ...wish })
      .catch((reason: unknown) => reason);
    expect(IntegrationError.is(error) && [error.code, error.field]).toEqual([code, field]);
  });
});

describe('completeConversational', () => {
  it('fills in what a provider lacks', async () => {
    const full = new InMemoryConversationalProvider();
    const config = { voiceId: 'low' };
    const provider = completeConversational({
      startSession: (wish, options) => full.startSession(wish, options),
      listVoices: (options) => full.listVoices(options),
    });
    await expect(provider.createClientToken({ config })).rejects.toMatchObject({ code: 'unsupported' });
    await expect(provider.close()).resolves.toBeUndefined();
    expect(await completeConversational(full).createClientToken({ config, expiresInSeconds: 60 })).toMatchObject({
      url: expect.stringMatching(/^wss:/),
    });
    await (await provider.startSession(config)).close();
  });
});
