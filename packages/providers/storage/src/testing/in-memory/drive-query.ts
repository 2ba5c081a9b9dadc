import type { GoogleDriveFileMetadata } from '../../drive/file.ts';
import { refused } from './bucket.ts';

type Condition = (file: GoogleDriveFileMetadata) => boolean;

const TEXT = String.raw`'((?:[^'\\]|\\.)*)'`;
/** The part of Drive's search syntax that the in-memory Drive understands. */
const FORMS: readonly (readonly [RegExp, (text: string) => Condition])[] = [
  [
    new RegExp(`^${TEXT} in parents$`),
    (id) =>
      ({ parents = [] }) =>
        parents.includes(id),
  ],
  [new RegExp(`^name = ${TEXT}$`), (name) => (file) => file.name === name],
  [new RegExp(`^name contains ${TEXT}$`), (part) => (file) => file.name.toLowerCase().includes(part.toLowerCase())],
  [new RegExp(`^mimeType = ${TEXT}$`), (type) => (file) => file.mimeType === type],
  [/^trashed = (true|false)$/, (text) => (file) => (file.trashed === true) === (text === 'true')],
];

/**
 * Conditions of a search, joined by `and`. An empty search is fulfilled by every file.
 *
 * @throws {IntegrationError} `invalid_request` for anything else
 */
export function parseDriveQuery(query: string): Condition {
  if (query.trim() === '') return () => true;
  const conditions = query.split(/ and (?=(?:[^']*'[^']*')*[^']*$)/).map((part) => parseCondition(part.trim()));
  return (file) => conditions.every((holds) => holds(file));
}

function parseCondition(text: string): Condition {
  for (const [form, make] of FORMS) {
    const match = form.exec(text);
    if (match !== null) return make((match[1] ?? '').replaceAll(/\\(.)/g, '$1'));
  }
  throw refused('query', 'the in-memory Drive knows name, mimeType, parents and trashed, joined by "and"');
}
