import { listAuthSecretFields } from '../../credentials/auth-secret-fields.ts';
import { ownField } from '../../schema/record.ts';
import { listSchemaFields } from '../../schema/schema-fields.ts';
import { type Report, type SoundParts, visitTexts } from './report.ts';

type Slot = 'configSchema' | 'secretSchema';

/** Texts that name a field. */
const FIELD =
  /^\/supportedAuthMethods\/\d+\/\w+Field$|\/(?:secret|username|password|audience)Field$|\/claimFields\/[^/]+$/;
/** Those whose field is no secret and may stand in the config as well. */
const MAY_BE_CONFIG = /(?:username|audience|issuer|clientId)Field$|\/claimFields\/[^/]+$/;

/** Names of the fields that a schema lists; undefined for one that takes any. */
export function listFieldNames(slot: SoundParts[Slot]): string[] | undefined {
  const names = listSchemaFields(slot?.schema).map(({ key }) => key);
  return names.length > 0 || ownField(slot?.schema, 'additionalProperties') === false ? names : undefined;
}

const CONFIG: readonly Slot[] = ['configSchema'];
const SECRET: readonly Slot[] = ['secretSchema'];
const EITHER: readonly Slot[] = ['configSchema', 'secretSchema'];

/** Where config and secret list their fields, whatever auth methods and webhooks read must be among them. */
export function checkFields(spec: SoundParts, report: Report): void {
  const listed = { configSchema: listFieldNames(spec.configSchema), secretSchema: listFieldNames(spec.secretSchema) };
  const check = (path: string, names: readonly string[], slots: readonly Slot[]): void => {
    const fields = slots.map((slot) => listed[slot]);
    if (fields.some((known) => known === undefined || names.some((name) => known.includes(name)))) return;
    const known = slots.map((slot, index) => `${slot} has ${fields[index]?.join(', ') || 'none'}`);
    report(path, 'reference', `reads the field ${names.join(' or ')}; ${known.join(', ')}`);
  };
  const checkNamed = (data: unknown, at: string, checked: readonly string[]): void => {
    visitTexts(data, at, (path, name) => {
      const isConfig = path.endsWith('/subjectField');
      if (!FIELD.test(path) || (checked.includes(name) && !isConfig)) return;
      check(path, [name], isConfig ? CONFIG : MAY_BE_CONFIG.test(path) ? EITHER : SECRET);
    });
  };
  for (const [index, method] of (spec.supportedAuthMethods ?? []).entries()) {
    const path = `/supportedAuthMethods/${index}`;
    const choices = listAuthSecretFields(method);
    for (const { names, mayBeConfig } of choices) check(path, names, mayBeConfig === true ? EITHER : SECRET);
    checkNamed(
      method,
      path,
      choices.flatMap(({ names }) => names),
    );
    if (
      method.type === 'oauth2' &&
      method.grantType === 'authorization_code' &&
      method.authorizationUrl === undefined
    ) {
      report(`${path}/authorizationUrl`, 'required', 'the grant authorization_code needs it');
    }
  }
  checkNamed(spec.webhooks, '/webhooks', []);
}
