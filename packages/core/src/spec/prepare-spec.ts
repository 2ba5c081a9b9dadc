import { DEFAULT_CAPABILITY_VERSION } from '../capability.ts';
import { ownField, isRecord } from '../schema/record.ts';

/**
 * Fills in what an author may leave out and turns whole-number versions into text. Returns the very same object when
 * there was nothing to do, and never changes the one it was given. A value of another form is returned as it is.
 */
export function fillSpecDefaults(input: unknown): unknown {
  if (!isRecord(input)) return input;
  const meta = fillMeta(input['meta']);
  const capabilities = fillCapabilities(input['capabilities']);
  return meta === input['meta'] && capabilities === input['capabilities'] ? input : { ...input, meta, capabilities };
}

function fillMeta(meta: unknown): unknown {
  if (!isRecord(meta)) return meta;
  const version = versionText(meta['version']);
  const description = meta['description'] ?? meta['title'] ?? meta['key'];
  const stability = meta['stability'] ?? 'stable';
  const isComplete =
    version === meta['version'] && description === meta['description'] && stability === meta['stability'];
  return isComplete ? meta : { ...meta, version, description, stability };
}

function fillCapabilities(capabilities: unknown): unknown {
  const provides = ownField(capabilities, 'provides');
  if (!isRecord(capabilities) || !Array.isArray(provides)) return capabilities;
  const filled = provides.map((ref: unknown) => {
    if (!isRecord(ref)) return ref;
    const version = versionText(ref['version'] ?? DEFAULT_CAPABILITY_VERSION);
    return version === ref['version'] ? ref : { ...ref, version };
  });
  return filled.every((ref, index) => ref === provides[index]) ? capabilities : { ...capabilities, provides: filled };
}

/** Fractions stay as they are and are refused later: `1.10` as a number is `1.1`. */
function versionText(version: unknown): unknown {
  return typeof version === 'number' && Number.isSafeInteger(version) && version >= 0 ? String(version) : version;
}
