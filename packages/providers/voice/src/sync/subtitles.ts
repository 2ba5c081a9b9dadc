import type { WordTiming } from '../synthesis/word-timing.ts';
import type { VoiceTimingMap } from './timing-map.ts';

/** One subtitle. Milliseconds from the start of the video. */
export interface SubtitleCue {
  readonly startMs: number;
  readonly endMs: number;
  /** May hold line breaks; blank lines are left out. */
  readonly text: string;
}

export interface CuesFromTimingMapOptions {
  /** Words are put together up to so many characters. Default 84 (two lines of 42). */
  readonly maxCharacters?: number;
}

/** Subtitles from the words of a timing map. Segments without words or without `startMs` give none. */
export function cuesFromTimingMap(
  { segments }: VoiceTimingMap,
  { maxCharacters = 84 }: CuesFromTimingMapOptions = {},
): SubtitleCue[] {
  return segments.flatMap(({ startMs, wordTimings = [] }) =>
    startMs === undefined ? [] : grouped(wordTimings, maxCharacters).map((words) => cueOf(words, startMs)),
  );
}

/** Subtitles as a WebVTT file. Cues without text or without a length are left out: players do not take them. */
export function toVtt(cues: readonly SubtitleCue[]): string {
  const blocks = shown(cues).map(
    ({ startMs, endMs, text }) => `${timestamp(startMs, '.')} --> ${timestamp(endMs, '.')}\n${escapeVtt(text)}\n`,
  );
  return ['WEBVTT\n', ...blocks].join('\n');
}

/** Subtitles as a SubRip file. */
export function toSrt(cues: readonly SubtitleCue[]): string {
  return shown(cues)
    .map(
      ({ startMs, endMs, text }, index) =>
        `${index + 1}\n${timestamp(startMs, ',')} --> ${timestamp(endMs, ',')}\n${text.replaceAll('-->', '->')}\n`,
    )
    .join('\n');
}

/** Reads the cues of a WebVTT file; settings, notes and styles are passed over. */
export function parseVtt(vtt: string): SubtitleCue[] {
  const blocks = vtt.replaceAll(/\r\n?/g, '\n').split(/\n{2,}/);
  return blocks.flatMap((block) => {
    const lines = block.split('\n');
    const index = lines.findIndex((line) => line.includes('-->'));
    const times = /^([\d:.]+)[ \t]+-->[ \t]+([\d:.]+)/.exec(lines[index] ?? '');
    const startMs = parseTimestamp(times?.[1]);
    const endMs = parseTimestamp(times?.[2]);
    if (index === -1 || startMs === undefined || endMs === undefined) return [];
    const text = lines
      .slice(index + 1)
      .filter((line) => line !== '')
      .join('\n');
    return [{ startMs, endMs, text: unescapeVtt(text) }];
  });
}

function grouped(words: readonly WordTiming[], maxCharacters: number): WordTiming[][] {
  const groups: WordTiming[][] = [];
  let length = 0;
  for (const word of words) {
    const group = groups.at(-1);
    if (group !== undefined && length + 1 + word.word.length <= maxCharacters) {
      group.push(word);
      length += 1 + word.word.length;
    } else {
      groups.push([word]);
      length = word.word.length;
    }
  }
  return groups;
}

function cueOf(words: readonly WordTiming[], offsetMs: number): SubtitleCue {
  return {
    startMs: offsetMs + (words[0]?.startMs ?? 0),
    endMs: offsetMs + (words.at(-1)?.endMs ?? 0),
    text: words.map(({ word }) => word).join(' '),
  };
}

function shown(cues: readonly SubtitleCue[]): SubtitleCue[] {
  return cues
    .map(({ text, ...cue }) => ({
      ...cue,
      text: text
        .replaceAll(/\r\n?/g, '\n')
        .replaceAll(/\n{2,}/g, '\n')
        .trim(),
    }))
    .filter(({ startMs, endMs, text }) => text !== '' && Math.round(endMs) > Math.round(startMs));
}

function timestamp(ms: number, point: '.' | ','): string {
  const whole = Math.round(ms);
  const part = (value: number, digits: number): string => String(value).padStart(digits, '0');
  const seconds = Math.floor(whole / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${clock.map((value) => part(value, 2)).join(':')}${point}${part(whole % 1000, 3)}`;
}

function parseTimestamp(text: string | undefined): number | undefined {
  const parts = /^(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})$/.exec(text ?? '');
  if (parts === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', ms = '0'] = parts;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms);
}

/** Line starts with `-->` cannot happen once `>` is escaped. */
function escapeVtt(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescapeVtt(text: string): string {
  return text
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
