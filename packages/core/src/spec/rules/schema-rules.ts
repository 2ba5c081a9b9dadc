import { looksLikeSecret } from '../../credentials/secret-shape.ts';
import { appendPointer } from '../../schema/json-pointer.ts';
import { isRecord } from '../../schema/record.ts';
import { schemaCheckerOf } from '../../schema/schema-checker.ts';
import { listSchemaFaults } from '../../schema/schema-faults.ts';
import type { Report, SoundParts } from './report.ts';

/** The two schemas must be usable, and their examples must fit them. */
export function checkSchemas(spec: SoundParts, report: Report): void {
  for (const part of ['configSchema', 'secretSchema'] as const) {
    const slot = spec[part];
    if (slot === undefined) continue;
    const faults = listSchemaFaults(slot.schema);
    for (const fault of faults) report(`/${part}/schema${fault.path}`, fault.keyword, fault.message);
    if (faults.length > 0 || slot.example === undefined) continue;
    for (const problem of schemaCheckerOf(slot.schema).listProblems(slot.example)) {
      report(`/${part}/example${problem.path}`, problem.keyword, problem.message);
    }
  }
}

/** Neither the schema of a secret nor its example may carry what could be a real one. */
export function checkSecretSchemaCarriesNoSecret({ secretSchema }: SoundParts, report: Report): void {
  if (secretSchema === undefined) return;
  const message = 'looks like a real credential; write a made-up value such as "key_xxxxxxxxxxxxxxxx"';
  for (const path of listSecretLookingTexts(secretSchema.example))
    report(`/secretSchema/example${path}`, 'secret', message);
  for (const path of listSecretLookingTexts(secretSchema.schema))
    report(`/secretSchema/schema${path}`, 'secret', message);
}

/** Pointers to the texts in plain data that have the form of a credential. */
export function listSecretLookingTexts(data: unknown, path = '', visited = new Set<object>()): string[] {
  if (typeof data === 'string') return looksLikeSecret(data) ? [path] : [];
  if (typeof data !== 'object' || data === null || visited.has(data)) return [];
  visited.add(data);
  const parts = isRecord(data) || Array.isArray(data) ? Object.entries(data) : [];
  return parts.flatMap(([name, part]) =>
    // The text of a pattern describes a credential without being one.
    name === 'pattern' ? [] : listSecretLookingTexts(part, appendPointer(path, name), visited),
  );
}
