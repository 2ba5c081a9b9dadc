import type { ValueReader } from '../contract/read-value.ts';
import { DUPLICATED } from '../request/read-headers.ts';
import type { RequestView } from '../request/request-view.ts';
import { type ProofFailure, refuse } from './proof.ts';

/** The text of a value that must be there exactly once. */
export function requireValue(reader: ValueReader, view: RequestView): string | ProofFailure {
  const value = reader.read(view);
  const isHeader = 'header' in reader.value;
  if (value === DUPLICATED)
    return refuse(isHeader ? 'duplicate_header' : 'malformed', `Several times: ${reader.where}`);
  if (value === undefined || value === '')
    return refuse(isHeader ? 'missing_header' : 'missing_value', `Missing: ${reader.where}`);
  return value;
}
