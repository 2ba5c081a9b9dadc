import type { IntegrationCredentialModeManifest } from '../../credentials/manifest.ts';
import { listSchemaFields } from '../../schema/schema-fields.ts';
import type { Report, SoundParts } from './report.ts';

/** Prefixes by which build tools decide that a variable goes into the code that browsers load. */
const PUBLIC_VARIABLE = /^(?:NEXT_PUBLIC_|NUXT_PUBLIC_|EXPO_PUBLIC_|REACT_APP_|GATSBY_|VITE_|PUBLIC_)/;

export function checkManifest(spec: SoundParts, report: Report): void {
  const { credentialManifest: manifest, supportedModes } = spec;
  if (manifest === undefined) return;
  if (manifest.exempt === true && (manifest.exemptionReason ?? '').trim() === '') {
    report('/credentialManifest/exemptionReason', 'required', 'an exempt integration must say why');
  }
  const secretNames = listSchemaFields(spec.secretSchema?.schema).map((field) => field.key);
  for (const [mode, entry] of Object.entries(manifest.modes ?? {})) {
    const path = `/credentialManifest/modes/${mode}`;
    if (entry.mode !== mode) {
      report(`${path}/mode`, 'agreement', `"${entry.mode}" differs from "${mode}", under which the entry stands`);
    }
    if (supportedModes !== undefined && !supportedModes.some((supported) => supported === mode)) {
      report(path, 'reference', `"${mode}" is not in supportedModes`);
    }
    checkPublicAliases(entry, path, secretNames, report);
  }
}

/** A secret must not go where clients can read it. */
function checkPublicAliases(
  entry: IntegrationCredentialModeManifest,
  path: string,
  secretNames: readonly string[],
  report: Report,
): void {
  const secretFields = new Set([...(entry.secretFields ?? []).map((field) => field.key), ...secretNames]);
  for (const [index, field] of (entry.secretFields ?? []).entries()) {
    if (field.envVar !== undefined && PUBLIC_VARIABLE.test(field.envVar)) {
      report(
        `${path}/secretFields/${index}/envVar`,
        'secret',
        `"${field.envVar}" is published to clients by its prefix`,
      );
    }
  }
  for (const [index, alias] of (entry.envAliases ?? []).entries()) {
    if (!secretFields.has(alias.logicalKey)) continue;
    if (alias.public === true) {
      report(
        `${path}/envAliases/${index}/public`,
        'secret',
        `"${alias.logicalKey}" is a secret field and must not be public`,
      );
    }
    if (PUBLIC_VARIABLE.test(alias.envVar)) {
      report(`${path}/envAliases/${index}/envVar`, 'secret', `"${alias.envVar}" is published to clients by its prefix`);
    }
  }
}
