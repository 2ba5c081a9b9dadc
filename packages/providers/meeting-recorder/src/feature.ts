import type { FeatureModuleSpec } from '@mortise/core';

/** The operations that belong to recorded meetings. */
export const MeetingRecorderFeature = {
  meta: {
    key: 'meeting-recorder',
    version: '1.0.0',
    title: 'Meeting Recorder Integration',
    description: 'Read recorded meetings and transcripts, keep copies of them, and take in webhooks of recorders.',
    domain: 'integrations',
    stability: 'experimental',
    owners: ['@platform.integrations'],
    tags: ['meeting-recorder', 'transcripts', 'integrations'],
  },
  operations: [
    { key: 'meeting-recorder.meetings.list', version: '1.0.0' },
    { key: 'meeting-recorder.meetings.get', version: '1.0.0' },
    { key: 'meeting-recorder.transcripts.get', version: '1.0.0' },
    { key: 'meeting-recorder.transcripts.sync', version: '1.0.0' },
    { key: 'meeting-recorder.webhooks.ingest', version: '1.0.0' },
  ],
  events: [],
  presentations: [],
  capabilities: {
    provides: [{ key: 'meeting-recorder', version: '1.0.0' }],
    requires: [{ key: 'identity', version: '1.0.0' }],
  },
  opToPresentation: [],
  presentationsTargets: [],
} as const satisfies FeatureModuleSpec;
