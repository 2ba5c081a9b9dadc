import { parsePointer } from '../schema/json-pointer.ts';
import type { SchemaProblem } from '../schema/validation.ts';
import { looksLikeSecret } from './secret-shape.ts';

/** A credential that was put where a field's name belongs would be quoted as that name: such a problem says less. */
export function hideSecretNames(problem: SchemaProblem): SchemaProblem {
  const steps = parsePointer(problem.path);
  const at = steps.findIndex(looksLikeSecret);
  if (at < 0) return problem;
  const path = [...steps.slice(0, at), '(hidden)'].map((step) => `/${step}`).join('');
  return { path, keyword: problem.keyword, message: 'does not fit; the name of the field looks like a credential' };
}
