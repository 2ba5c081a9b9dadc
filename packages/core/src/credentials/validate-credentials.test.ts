import { describe, expect, it } from 'vitest';
import { exampleSpec, smallSpec } from '../__fixtures__/example-spec.ts';
import { defineIntegration } from '../spec/define-integration.ts';
import { validateCredentials } from './validate-credentials.ts';

const spec = defineIntegration(exampleSpec());
const pathsOf = (result: { readonly problems: readonly { readonly path: string }[] }) =>
  result.problems.map((problem) => problem.path);

describe('validateCredentials', () => {
  it('gives values back that fit both schemas and the manifest', () => {
    const values = { config: { region: 'eu' }, secrets: { apiKey: 'key_12345678' } };
    expect(validateCredentials(spec, 'byok', values)).toEqual({ valid: true, value: values, problems: [] });
  });

  it('lists every problem in config and secrets, each once', () => {
    const result = validateCredentials(spec, 'managed', {
      config: { maxTokens: 'x' },
      secrets: { apiKey: '        ' },
    });
    expect(pathsOf(result)).toEqual(['/config/maxTokens', '/config/region', '/secrets/apiKey']);
  });

  it('asks for what the manifest requires though the schema does not', () => {
    const loose = defineIntegration({
      ...smallSpec(),
      credentialManifest: { modes: { byok: { mode: 'byok', secretFields: [{ key: 'apiKey', required: true }] } } },
    });
    expect(pathsOf(validateCredentials(loose, 'byok', { config: {}, secrets: {} }))).toEqual(['/secrets/apiKey']);
    expect(pathsOf(validateCredentials(loose, 'managed', { config: {}, secrets: {} }))).toEqual([]);
  });

  it('refuses a mode that the spec does not support', () => {
    const managed = defineIntegration({ ...smallSpec(), supportedModes: ['managed'] });
    expect(validateCredentials(managed, 'byok', { config: {}, secrets: {} }).problems).toEqual([
      { path: '', keyword: 'agreement', message: 'the integration supports managed; got "byok"' },
    ]);
  });

  it('never quotes a value', () => {
    const canary = 'canary7f3k29Xq7Lm4Zp1Rt';
    for (const values of [
      { config: { region: canary }, secrets: { apiKey: [canary] } },
      { config: { [canary]: 1 }, secrets: { [canary]: 1 } },
      { config: canary, secrets: canary },
    ]) {
      const result = validateCredentials(spec, 'byok', values);
      expect(result.valid).toBe(false);
      expect(JSON.stringify(result)).not.toContain('canary');
    }
  });
});
