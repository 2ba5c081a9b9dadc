/** One thing that is wrong with the repository, said so that a person can go and mend it. */
export interface Finding {
  /** Path from the repository root. Absent: the finding concerns the repository as a whole. */
  readonly file?: string;
  /** 1-based. Absent: the whole file. */
  readonly line?: number;
  readonly message: string;
}

/** `path:line message`, the form that editors and terminals turn into a link. */
export function formatFinding(finding: Finding): string {
  if (finding.file === undefined) return finding.message;
  const place = finding.line === undefined ? finding.file : `${finding.file}:${finding.line}`;
  return `${place} ${finding.message}`;
}
