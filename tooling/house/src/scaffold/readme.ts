import type { Kind, Subject } from './kinds.ts';

/** A README with every section that a package has; what only its author knows is left as a question. */
export function readmeFor(kind: Kind, { packageName, name }: Subject, example: string): string {
  const entries = kind.entries.map(
    (entry) => `| \`${packageName}${entry.slice(1)}\` | which names, and what each is for |`,
  );
  return `# ${packageName}

${kind.describe(name)}.

Status: new.

## Install

\`\`\`sh
npm install ${packageName}
\`\`\`

${kind.platform === 'neutral' ? 'Runs on Node ≥ 22.13, Bun, Deno, workerd and in browsers.' : 'Runs on Node ≥ 22.13.'} ESM only.

## Example

\`\`\`ts
${example.trim()}
\`\`\`

## What it owns

- The first thing that only this package knows.

## What it does not own

- The thing that a reader would expect here, and the package where it is.

## Entries

| entry | what it offers |
| --- | --- |
${entries.join('\n')}

## Errors

| code | when | what to do |
| --- | --- | --- |
| the code | what happened | what the caller changes, or whether trying again helps |

## Good to know

- Each default, with its unit.
- Each limit, with what happens beyond it.

## Tests

\`\`\`sh
pnpm --filter ${packageName} test
\`\`\`

## Sources

- The documentation that the facts in this package were taken from, with the date of reading.
`;
}
