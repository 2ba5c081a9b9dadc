import { IntegrationError } from '@mortise/core';
import type { TTSSynthesisInput } from '../synthesis/synthesis-input.ts';
import type { VoiceSegment } from './build-timing-map.ts';
import type { VoicePacingDirective } from './timing-map.ts';

/**
 * The segments as they will be with the directives: lengths and words scaled by the rate, silences set. A segment without
 * a directive stays as it is. Durations are taken as spoken at normal speed.
 *
 * @throws {IntegrationError} `invalid_request` for a directive whose scene is not among the segments, or a rate that is not
 * above 0.
 */
export function applyPacing(
  segments: readonly VoiceSegment[],
  directives: readonly VoicePacingDirective[],
): VoiceSegment[] {
  const byScene = new Map(directives.map((directive) => [directive.sceneId, directive]));
  const known = new Set(segments.map(({ sceneId }) => sceneId));
  for (const { sceneId, rate } of directives) {
    if (!known.has(sceneId)) throw wrong(`the scene "${sceneId}" is not among the segments`);
    if (!(rate > 0) || !Number.isFinite(rate)) throw wrong(`scene "${sceneId}": expected a rate above 0, got ${rate}`);
  }
  return segments.map((segment) => {
    const directive = byScene.get(segment.sceneId);
    return directive === undefined ? segment : paced(segment, directive);
  });
}

/** What a directive asks of a speech provider. The tone goes into `instructions`, in words. */
export function pacingToSynthesis(
  directive: Pick<VoicePacingDirective, 'rate' | 'emphasis' | 'tone'>,
): Pick<TTSSynthesisInput, 'rate' | 'emphasis' | 'instructions'> {
  const { rate, emphasis, tone } = directive;
  return { rate, emphasis, ...(tone === 'neutral' ? {} : { instructions: `Speak in a tone that is ${tone}.` }) };
}

function paced(segment: VoiceSegment, directive: VoicePacingDirective): VoiceSegment {
  const { rate, leadingSilenceMs, trailingSilenceMs } = directive;
  const { wordTimings } = segment;
  return {
    ...segment,
    durationMs: segment.durationMs / rate,
    leadingSilenceMs,
    trailingSilenceMs,
    ...(wordTimings === undefined
      ? {}
      : {
          wordTimings: wordTimings.map((timing) => ({
            ...timing,
            startMs: timing.startMs / rate,
            endMs: timing.endMs / rate,
          })),
        }),
  };
}

function wrong(message: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field: 'directives', message: `directives: ${message}` });
}
