import type { PackageFiles, Subject } from './kinds.ts';

/** What every package needs first: an error that a program can act on, and a test that holds it to that. */
export function starterFiles({ name, packageName, pascal }: Subject): PackageFiles {
  return {
    'src/index.ts': `export { ${pascal}Error } from './${name}-error.ts';
export type { ${pascal}ErrorCode } from './${name}-error.ts';
`,
    [`src/${name}-error.ts`]: errorSource(pascal),
    [`src/${name}-error.test.ts`]: `import { MortiseError } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { ${pascal}Error } from './${name}-error.ts';

describe('${pascal}Error', () => {
  it('is a Mortise error that says what was wrong and that trying again will not help', () => {
    const error = new ${pascal}Error('INVALID_ARGUMENT', 'expected a name, got an empty text');
    expect(MortiseError.is(error)).toBe(true);
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: '${pascal}Error',
      code: 'INVALID_ARGUMENT',
      message: 'expected a name, got an empty text',
      retryable: false,
    });
  });
});
`,
    'example.ts': `import { MortiseError } from '@mortise/core';
import { ${pascal}Error } from '${packageName}';

const error: unknown = new ${pascal}Error('INVALID_ARGUMENT', 'expected a name, got an empty text');

if (MortiseError.is(error)) {
  console.log(error.code, error.retryable); // INVALID_ARGUMENT false
}
`,
  };
}

function errorSource(pascal: string): string {
  return `import { MortiseError } from '@mortise/core';

/** Why a call could not be served. */
export type ${pascal}ErrorCode =
  /** The caller's input is malformed; the same call will fail again. */
  'INVALID_ARGUMENT';

/** A call could not be served. \`code\` says why. */
export class ${pascal}Error extends MortiseError<${pascal}ErrorCode> {
  /** @param message What was expected, what came, and where; never a secret. */
  constructor(code: ${pascal}ErrorCode, message: string) {
    super({ code, message });
  }
}
`;
}
