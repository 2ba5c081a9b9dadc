import { describe, expect, it } from 'vitest';
import { linkTools, makeWorkspace, packageFiles } from './__fixtures__/make-workspace.ts';
import { checkDocs } from './docs.ts';
import { formatFinding } from './finding.ts';

async function findingsOf(readme: string): Promise<string[]> {
  const workspace = makeWorkspace(packageFiles('packages/core', { 'README.md': readme }));
  linkTools(workspace);
  return (await checkDocs(workspace)).map(formatFinding);
}

const block = (code: string, head = 'ts'): string => `# Title\n\n\`\`\`${head}\n${code}\n\`\`\`\n`;

describe('examples in documents', { timeout: 30_000 }, () => {
  it('import the package by its name and run on its source', async () => {
    expect(await findingsOf(block("import { one } from '@mortise/core';\nif (one !== 1) process.exit(3);"))).toEqual(
      [],
    );
  });

  it('fail at their line when they do not type-check', async () => {
    const findings = await findingsOf(
      block("import { one } from '@mortise/core';\nconst text: string = one;\nconsole.log(text);"),
    );
    expect(findings).toEqual([expect.stringMatching(/^packages\/core\/README\.md:5 error TS2322/)]);
  });

  it('fail at their line when they throw', async () => {
    const findings = await findingsOf(block("const a = 1;\n\nthrow new Error('planted');"));
    expect(findings).toEqual([
      expect.stringMatching(/^packages\/core\/README\.md:6 the example ends with code 1[^]*planted/),
    ]);
  });

  it('fail when they never settle', async () => {
    const findings = await findingsOf(block('await new Promise(() => undefined);'));
    expect(findings).toEqual([expect.stringContaining('the example ends with code 13')]);
  });

  it('are type-checked and not run when marked so, and then show nothing that runs', async () => {
    expect(await findingsOf(block("throw new Error('planted');", 'ts no-run'))).toEqual([
      'packages/core/README.md shows no example that runs',
    ]);
    const findings = await findingsOf(block('const a: string = 1;\nvoid a;', 'ts no-run'));
    expect(findings.some((finding) => finding.includes('README.md:4 error TS2322'))).toBe(true);
  });

  it.each(['typescript', 'js', 'tsx', ''])('do not hide from the check as "%s"', async (language) => {
    const readme = block('const a = 1;', language) + block('console.log(1);');
    expect(await findingsOf(readme)).toEqual([expect.stringContaining('README.md:3 shows code as')]);
  });

  it('do not hide from the run by a mistyped mark', async () => {
    expect(await findingsOf(block('export {};', 'ts norun'))).toEqual([
      'packages/core/README.md:3 has unknown words after ts: norun',
    ]);
  });
});
