import type {
  LanguageModelV2,
  LanguageModelV2CallOptions,
  LanguageModelV2FunctionTool,
  LanguageModelV2StreamPart,
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3StreamPart,
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FunctionTool,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import type { WarningList } from '../wire/warning-list.ts';
import { toV2Prompt, toV3Prompt, v2Options } from './downgrade-prompt.ts';

/** A language model of the AI SDK, in any version that its provider packages come in. */
export type AiSdkLanguageModel = LanguageModelV2 | LanguageModelV3 | LanguageModelV4;

/** What a model of any version answers with. */
export type AiSdkGenerateResult =
  | Awaited<ReturnType<LanguageModelV2['doGenerate']>>
  | Awaited<ReturnType<LanguageModelV3['doGenerate']>>
  | Awaited<ReturnType<LanguageModelV4['doGenerate']>>;

/** A step of the stream of a model of any version. */
export type AiSdkStreamPart = LanguageModelV2StreamPart | LanguageModelV3StreamPart | LanguageModelV4StreamPart;

/** Asks a model for a whole answer. What its version does not know becomes a warning. */
export async function doGenerate(
  model: AiSdkLanguageModel,
  call: LanguageModelV4CallOptions,
  warnings: WarningList,
): Promise<AiSdkGenerateResult> {
  switch (model.specificationVersion) {
    case 'v4':
      return model.doGenerate(call);
    case 'v3':
      return model.doGenerate(toV3Call(call, warnings));
    default:
      return model.doGenerate(toV2Call(call, warnings));
  }
}

/** Asks a model for a stream. What its version does not know becomes a warning. */
export async function doStream(
  model: AiSdkLanguageModel,
  call: LanguageModelV4CallOptions,
  warnings: WarningList,
): Promise<ReadableStream<AiSdkStreamPart>> {
  switch (model.specificationVersion) {
    case 'v4':
      return (await model.doStream(call)).stream;
    case 'v3':
      return (await model.doStream(toV3Call(call, warnings))).stream;
    default:
      return (await model.doStream(toV2Call(call, warnings))).stream;
  }
}

function toV3Call(call: LanguageModelV4CallOptions, warnings: WarningList): LanguageModelV3CallOptions {
  const { reasoning, prompt, tools, ...rest } = call;
  warnOfReasoning(reasoning, warnings);
  return { ...rest, prompt: toV3Prompt(prompt), ...(tools === undefined ? {} : { tools: functionTools(tools) }) };
}

function toV2Call(call: LanguageModelV4CallOptions, warnings: WarningList): LanguageModelV2CallOptions {
  const { reasoning, prompt, tools, ...rest } = call;
  warnOfReasoning(reasoning, warnings);
  return {
    ...rest,
    ...v2Options(call),
    prompt: toV2Prompt(prompt),
    ...(tools === undefined ? {} : { tools: functionTools(tools).map((tool) => toV2Tool(tool, warnings)) }),
  };
}

/** Ours are never provider tools: those are set up on the model itself. */
function functionTools(tools: NonNullable<LanguageModelV4CallOptions['tools']>): LanguageModelV4FunctionTool[] {
  return tools.filter((tool) => tool.type === 'function');
}

function toV2Tool(tool: LanguageModelV4FunctionTool, warnings: WarningList): LanguageModelV2FunctionTool {
  for (const field of ['strict', 'inputExamples'] as const) {
    if (tool[field] !== undefined) warnings.unsupported(field, `Models of this AI SDK version do not know "${field}"`);
  }
  const { type, name, description, inputSchema } = tool;
  return { type, name, inputSchema, ...(description === undefined ? {} : { description }) };
}

function warnOfReasoning(reasoning: LanguageModelV4CallOptions['reasoning'], warnings: WarningList): void {
  if (reasoning === undefined) return;
  warnings.unsupported('reasoning', 'Models of this AI SDK version take an effort in providerOptions only');
}
