import { type HttpRule, type RpcModel, serviceModel } from '../model/service-model.ts';

export interface MatchedRule {
  readonly model: RpcModel;
  readonly rule: HttpRule;
  /** What stands in the path, by the name of its field: `name`, `secret.name`. */
  readonly fields: Readonly<Record<string, string>>;
}

interface CompiledRule {
  readonly model: RpcModel;
  readonly rule: HttpRule;
  readonly field: string;
  readonly pattern: RegExp;
}

let compiled: readonly CompiledRule[] | undefined;

/** The RPC that a method and a path stand for, by the rules in the protos. */
export function matchRule(method: string, path: string): MatchedRule | undefined {
  compiled ??= [...serviceModel().values()].flatMap((model) => model.rules.map((rule) => compile(model, rule)));
  for (const { model, rule, field, pattern } of compiled) {
    if (rule.method !== method) continue;
    const value = pattern.exec(path)?.[1];
    if (value !== undefined) return { model, rule, fields: { [field]: decodePath(value) } };
  }
  return undefined;
}

/** Every template of this service has one variable, such as `{name=projects/*\/secrets/*}`. */
function compile(model: RpcModel, rule: HttpRule): CompiledRule {
  const {
    before = '',
    field = '',
    form = '',
    after = '',
  } = /^(?<before>[^{]*)\{(?<field>[^=]+)=(?<form>[^}]+)\}(?<after>.*)$/.exec(rule.template)?.groups ?? {};
  const pattern = `${escape(before)}(${form.split('*').map(escape).join('[^/:]+')})${escape(after)}`;
  return { model, rule, field, pattern: new RegExp(`^${pattern}$`) };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
