export type { VoicePacingDirective, VoiceSegmentTiming, VoiceTimingMap } from '@mortise/provider-voice';
