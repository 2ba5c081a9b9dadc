import type { CapabilitySpec } from '@mortise/core';

/** The ability to read recorded meetings. Integrations provide parts of it, such as `meeting-recorder.transcripts.read`. */
export const MeetingRecorderCapability = {
  meta: {
    key: 'meeting-recorder',
    version: '1.0.0',
    kind: 'integration',
    title: 'Meeting Recorder',
    description: 'Recorded meetings, their transcripts, and word when there are new ones.',
    stability: 'experimental',
    owners: ['@platform.integrations'],
    tags: ['meeting-recorder', 'transcripts', 'integrations'],
  },
} as const satisfies CapabilitySpec;
