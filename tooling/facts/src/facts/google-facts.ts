import { basePath, origin, scopes } from '../spec-reading.ts';
import type { VendorFact } from '../vendor-fact.ts';

/** Google's packages, one for each API, are made alike. */
const APIS = [
  ['email.gmail', '@googleapis/gmail', 'v1', '/gmail/v1'],
  ['calendar.google', '@googleapis/calendar', 'v3', '/calendar/v3'],
  ['storage.google-drive', '@googleapis/drive', 'v3', '/drive/v3'],
  ['storage.gcs', '@googleapis/storage', 'v1', '/storage/v1'],
] as const;

export const googleFacts: readonly VendorFact[] = APIS.flatMap(([spec, name, version, path]): VendorFact[] => [
  {
    spec,
    fact: 'host',
    ours: origin,
    theirs: { package: name, file: `build/${version}.js`, says: /rootUrl \|\| '(https:[^']+?)\/'/g },
  },
  {
    spec,
    fact: 'path with the API version',
    ours: basePath,
    theirs: { package: name, file: `build/${version}.js`, says: new RegExp(`rootUrl \\+\\s*'(${path})/`, 'g') },
  },
  {
    spec,
    fact: 'scopes',
    ours: scopes,
    theirs: {
      package: name,
      file: `build/${version}.d.ts`,
      says: /(https:\/\/(?:www\.googleapis\.com\/auth\/[a-z._-]+|mail\.google\.com\/))/g,
    },
    agree: 'ours-among-theirs',
  },
]);
