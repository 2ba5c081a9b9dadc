import { MortiseError } from '../errors/mortise-error.ts';
import type { SchemaProblem } from '../schema/validation.ts';

const MARKER = Symbol.for('@mortise/integration-spec-error');

/** Problems that the message spells out; the rest is counted. */
const SHOWN = 5;

/** An integration spec that does not hold together. `problems` lists everything that is wrong with it. */
export class IntegrationSpecError extends MortiseError<'INVALID_SPEC'> {
  /** Key and version of the spec as far as they could be read. */
  readonly specKey: string;
  readonly problems: readonly SchemaProblem[];

  constructor(specKey: string, problems: readonly SchemaProblem[]) {
    super({ code: 'INVALID_SPEC', message: describe(specKey, problems) });
    this.specKey = specKey;
    this.problems = problems;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `IntegrationSpecError`, whichever copy of the package made it. */
  static override is(value: unknown): value is IntegrationSpecError {
    return MortiseError.is(value) && MARKER in value;
  }
}

function describe(specKey: string, problems: readonly SchemaProblem[]): string {
  const shown = problems.slice(0, SHOWN).map(({ path, message }) => `${path === '' ? '(spec)' : path}: ${message}`);
  const rest = problems.length > SHOWN ? `; and ${problems.length - SHOWN} more` : '';
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return `Integration spec "${specKey}" has ${count}: ${shown.join('; ')}${rest}`;
}
