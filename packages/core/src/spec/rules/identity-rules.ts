import { reportRepeated, type Report, type SoundParts } from './report.ts';

export function checkProvidedCapabilities({ capabilities }: SoundParts, report: Report): void {
  if (capabilities === undefined) return;
  reportRepeated(capabilities.provides, '/capabilities/provides', (ref) => `${ref.key} ${ref.version}`, report);
  reportRepeated(
    capabilities.requires ?? [],
    '/capabilities/requires',
    (ref) => `${ref.key} ${ref.version ?? ''}`,
    report,
  );
}

export function checkByokSetup({ byokSetup, supportedModes }: SoundParts, report: Report): void {
  if (byokSetup !== undefined && supportedModes !== undefined && !supportedModes.includes('byok')) {
    report('/byokSetup', 'reference', 'needs "byok" in supportedModes');
  }
}

export function checkApiVersions({ versionPolicy }: SoundParts, report: Report): void {
  if (versionPolicy === undefined) return;
  const { currentVersion, supportedVersions } = versionPolicy;
  reportRepeated(supportedVersions, '/versionPolicy/supportedVersions', (entry) => entry.version, report);
  if (!supportedVersions.some((entry) => entry.version === currentVersion)) {
    report('/versionPolicy/currentVersion', 'reference', `"${currentVersion}" is not in supportedVersions`);
  }
  for (const [index, entry] of supportedVersions.entries()) {
    for (const field of ['sunsetDate', 'releasedAt'] as const) {
      const date = entry[field];
      if (date !== undefined && Number.isNaN(Date.parse(date))) {
        report(`/versionPolicy/supportedVersions/${index}/${field}`, 'format', 'expected an ISO 8601 day or instant');
      }
    }
  }
}
