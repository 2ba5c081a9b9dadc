import { describe, expect, it } from 'vitest';
import { seedCompatConversational, seedCompatSTT, seedCompatTTS } from './seed-compat.ts';
import type { AudioFormat } from './audio/audio-format.ts';
import type { ConversationalEvent } from './conversation/conversational-event.ts';
import { decodeSamples } from './audio/samples.ts';
import { hearTones } from './testing/memory/hear-tones.ts';
import { InMemoryConversationalProvider } from './testing/memory/in-memory-conversational-provider.ts';
import { InMemoryTTSProvider } from './testing/memory/in-memory-tts-provider.ts';
import type { TTSProvider } from './synthesis/tts-provider.ts';

function speakingAs(format: AudioFormat): TTSProvider {
  return {
    synthesize: () => Promise.resolve({ audio: { data: Uint8Array.of(1), format, sampleRateHz: 8000 } }),
    listVoices: () => Promise.resolve([{ id: 'a', name: 'A' }]),
  };
}

describe('seedCompatTTS', () => {
  it.each(['mulaw', 'alaw'] as const)('turns %s into the same sound as pcm', async (format) => {
    const provider = seedCompatTTS(new InMemoryTTSProvider());
    const { audio } = await provider.synthesize({ text: 'hello there', voiceId: 'low', format, sampleRateHz: 8000 });
    expect(audio).toMatchObject({ format: 'pcm', sampleRateHz: 8000 });
    expect(hearTones(decodeSamples(audio.data, 'pcm_s16le'), 8000)).toMatchObject([{ text: 'hello there' }]);
  });

  it.each(['mp3', 'wav', 'ogg', 'pcm', 'opus'] as const)('passes %s on', async (format) => {
    const { audio } = await seedCompatTTS(speakingAs(format)).synthesize({ text: 'a', voiceId: 'b' });
    expect(audio).toEqual({ data: Uint8Array.of(1), format, sampleRateHz: 8000 });
  });

  it.each(['aac', 'flac', 'webm', 'm4a'] as const)('refuses %s, which had no name', async (format) => {
    const provider = seedCompatTTS(speakingAs(format));
    await expect(provider.synthesize({ text: 'a', voiceId: 'b' })).rejects.toMatchObject({ code: 'unsupported' });
    expect(await provider.listVoices()).toHaveLength(1);
  });
});

describe('seedCompatSTT', () => {
  it.each([
    [1234, [], 1234],
    [undefined, [{ text: 'a', startMs: 0, endMs: 700 }], 700],
    [undefined, [], 0],
  ])('always has a length: given %s', async (durationMs, segments, expected) => {
    const provider = seedCompatSTT({
      transcribe: async () => ({
        text: '',
        language: 'en',
        segments,
        ...(durationMs === undefined ? {} : { durationMs }),
      }),
    });
    const audio = { bytes: Uint8Array.of(), mediaType: 'audio/wav' };
    expect((await provider.transcribe({ audio })).durationMs).toBe(expected);
  });
});

describe('seedCompatConversational', () => {
  it('gives the events of the first interface only', async () => {
    const honest = new InMemoryConversationalProvider();
    const session = await seedCompatConversational(honest).startSession({ voiceId: 'low', extendedEvents: true });
    session.sendText('one two three');
    session.interrupt();
    const { turns } = await session.close();
    expect(turns.map(({ role }) => role)).toEqual(['user']);
    const types: ConversationalEvent['type'][] = [];
    for await (const event of session.events) types.push(event.type);
    expect(types).toEqual([
      'session_started',
      'transcript',
      'agent_speech_started',
      'agent_speech_ended',
      'session_ended',
    ]);
  });
});
