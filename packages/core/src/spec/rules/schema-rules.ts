import { looksLikeSecret } from '../../credentials/secret-shape.ts';
import { createSchemaChecker } from '../../schema/schema-checker.ts';
import { listSchemaFaults } from '../../schema/schema-faults.ts';
import { type Report, type SoundParts, visitTexts } from './report.ts';

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
  visitTexts(secretSchema, '/secretSchema', (path, text) => {
    // The text of a pattern describes a credential without being one.
    if (path.endsWith('/pattern') || !looksLikeSecret(text)) return;
    report(path, 'secret', 'looks like a real credential; write a made-up value such as "key_xxxxxxxxxxxxxxxx"');
  });
}
