import { looksLikeSecret } from '../../credentials/secret-shape.ts';
import { appendPointer } from '../../schema/json-pointer.ts';
import { createSchemaChecker } from '../../schema/schema-checker.ts';
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
    // Not kept: most specs of a large registry are never used for a connection.
    for (const problem of createSchemaChecker(slot.schema).listProblems(slot.example)) {
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
export function listSecretLookingTexts(data: unknown, visited = new Set<object>()): string[] {
  if (typeof data === 'string') return looksLikeSecret(data) ? [''] : [];
  if (typeof data !== 'object' || data === null || visited.has(data)) return [];
  visited.add(data);
  const found: string[] = [];
  for (const [name, part] of Object.entries(data)) {
    // The text of a pattern describes a credential without being one.
    if (name === 'pattern') continue;
    for (const path of listSecretLookingTexts(part, visited)) found.push(appendPointer('', name) + path);
  }
  return found;
}
