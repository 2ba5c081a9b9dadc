import type {
  LanguageModelV2,
  LanguageModelV2CallWarning,
  LanguageModelV2Content,
  LanguageModelV2StreamPart,
  LanguageModelV2Usage,
  LanguageModelV3Content,
  LanguageModelV3FinishReason,
  LanguageModelV3GenerateResult,
  LanguageModelV3StreamPart,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
  SharedV2ProviderMetadata,
  SharedV3Warning,
  SharedV4Warning,
} from '@ai-sdk/provider';

type V2Result = Awaited<ReturnType<LanguageModelV2['doGenerate']>>;
type V2Part = Exclude<LanguageModelV2Content, { type: 'text' | 'reasoning' }>;
type V3Part = Exclude<LanguageModelV3Content, { type: 'text' | 'reasoning' }>;
type V4Part = Exclude<LanguageModelV4Content, { type: 'text' | 'reasoning' }>;

/** An answer as models of the third version give it. */
export function toV3Result(result: LanguageModelV4GenerateResult): LanguageModelV3GenerateResult {
  const { content, finishReason, usage, warnings, providerMetadata, response } = result;
  return {
    content: content.flatMap((part): LanguageModelV3Content[] =>
      part.type === 'text' || part.type === 'reasoning' ? [part] : toV3Part(part),
    ),
    finishReason: toV3Finish(finishReason),
    usage,
    warnings: [...warnings, ...lostFiles(content)].map(toV3Warning),
    ...(providerMetadata === undefined ? {} : { providerMetadata }),
    ...(response === undefined ? {} : { response: identityOf(response) }),
  };
}

/** An answer as models of the second version give it, which knows no approvals. */
export function toV2Result(result: LanguageModelV4GenerateResult): V2Result {
  const { content, finishReason, usage, warnings, response } = result;
  return {
    content: content.flatMap((part): LanguageModelV2Content[] =>
      part.type === 'text' || part.type === 'reasoning'
        ? [{ type: part.type, text: part.text, ...v2Metadata(part) }]
        : toV2Part(part),
    ),
    finishReason: toV3Finish(finishReason).unified,
    usage: toV2Usage(usage),
    warnings: [...warnings, ...lostFiles(content)].map(toV2Warning),
    ...v2Metadata(result),
    ...(response === undefined ? {} : { response: identityOf(response) }),
  };
}

/** A step of a stream as models of the third version give it. */
export function toV3StreamPart(part: LanguageModelV4StreamPart): LanguageModelV3StreamPart[] {
  switch (part.type) {
    case 'stream-start':
      return [{ type: part.type, warnings: part.warnings.map(toV3Warning) }];
    case 'finish':
      return [{ ...part, finishReason: toV3Finish(part.finishReason) }];
    case 'ping':
      return [];
    case 'custom':
    case 'reasoning-file':
    case 'file':
    case 'source':
    case 'tool-call':
    case 'tool-result':
    case 'tool-approval-request':
      return toV3Part(part);
    default:
      return [part];
  }
}

/** A step of a stream as models of the second version give it. */
export function toV2StreamPart(part: LanguageModelV4StreamPart): LanguageModelV2StreamPart[] {
  switch (part.type) {
    case 'stream-start':
      return [{ type: part.type, warnings: part.warnings.map(toV2Warning) }];
    case 'finish': {
      const { type, finishReason, usage } = part;
      return [{ type, finishReason: toV3Finish(finishReason).unified, usage: toV2Usage(usage), ...v2Metadata(part) }];
    }
    case 'response-metadata':
    case 'raw':
    case 'error':
      return [part];
    case 'text-start':
    case 'text-end':
    case 'reasoning-start':
    case 'reasoning-end':
    case 'tool-input-end':
      return [{ type: part.type, id: part.id, ...v2Metadata(part) }];
    case 'text-delta':
    case 'reasoning-delta':
    case 'tool-input-delta':
      return [{ type: part.type, id: part.id, delta: part.delta, ...v2Metadata(part) }];
    case 'tool-input-start': {
      const { type, id, toolName, providerExecuted } = part;
      const executed = providerExecuted === undefined ? {} : { providerExecuted };
      return [{ type, id, toolName, ...executed, ...v2Metadata(part) }];
    }
    case 'ping':
      return [];
    default:
      return toV2Part(part);
  }
}

function toV3Part(part: V4Part): V3Part[] {
  switch (part.type) {
    case 'file':
      // A file by URL has no form before the fourth version.
      return part.data.type === 'data' ? [{ ...part, data: part.data.data }] : [];
    case 'custom':
    case 'reasoning-file':
      return [];
    default:
      return [part];
  }
}

function toV2Part(part: V4Part): V2Part[] {
  switch (part.type) {
    case 'file':
      return part.data.type === 'data' ? [{ type: 'file', mediaType: part.mediaType, data: part.data.data }] : [];
    case 'source': {
      const { providerMetadata: _, ...source } = part;
      return [{ ...source, ...v2Metadata(part) }];
    }
    case 'tool-call': {
      const { type, toolCallId, toolName, input, providerExecuted } = part;
      const executed = providerExecuted === undefined ? {} : { providerExecuted };
      return [{ type, toolCallId, toolName, input, ...executed, ...v2Metadata(part) }];
    }
    case 'tool-result': {
      // The second version has no word for a result that is not the last: it waits for that.
      const { type, toolCallId, toolName, result, isError, preliminary } = part;
      if (preliminary === true) return [];
      const failed = isError === undefined ? {} : { isError };
      return [{ type, toolCallId, toolName, result, providerExecuted: true, ...failed, ...v2Metadata(part) }];
    }
    default:
      return [];
  }
}

/** Says so where an answer loses a file. */
function lostFiles(content: readonly LanguageModelV4Content[]): SharedV4Warning[] {
  const isLost = content.some((part) => part.type === 'file' && part.data.type !== 'data');
  const details = 'This version of the AI SDK takes files of an answer as data only';
  return isLost ? [{ type: 'unsupported', feature: 'file', details }] : [];
}

function toV3Finish({ unified, raw }: LanguageModelV4FinishReason): LanguageModelV3FinishReason {
  return { unified: unified === 'interrupted' ? 'other' : unified, raw };
}

function toV3Warning(warning: SharedV4Warning): SharedV3Warning {
  return warning.type === 'deprecated' ? { type: 'other', message: `${warning.setting}: ${warning.message}` } : warning;
}

function toV2Warning(warning: SharedV4Warning): LanguageModelV2CallWarning {
  switch (warning.type) {
    case 'unsupported':
    case 'compatibility':
      return {
        type: 'unsupported-setting',
        setting: warning.feature,
        ...(warning.details === undefined ? {} : { details: warning.details }),
      };
    case 'deprecated':
      return { type: 'other', message: `${warning.setting}: ${warning.message}` };
    default:
      return warning;
  }
}

function toV2Usage({ inputTokens, outputTokens }: LanguageModelV4Usage): LanguageModelV2Usage {
  const { total: input, cacheRead } = inputTokens;
  const { total: output, reasoning } = outputTokens;
  return {
    inputTokens: input,
    outputTokens: output,
    totalTokens: input === undefined || output === undefined ? undefined : input + output,
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
    ...(cacheRead === undefined ? {} : { cachedInputTokens: cacheRead }),
  };
}

function identityOf({ id, modelId, timestamp }: NonNullable<LanguageModelV4GenerateResult['response']>) {
  return {
    ...(id === undefined ? {} : { id }),
    ...(modelId === undefined ? {} : { modelId }),
    ...(timestamp === undefined ? {} : { timestamp }),
  };
}

/** Metadata without undefined members, which the second version does not allow. */
function v2Metadata({ providerMetadata }: { readonly providerMetadata?: unknown }): {
  providerMetadata?: SharedV2ProviderMetadata;
} {
  if (providerMetadata === undefined) return {};
  const copy: SharedV2ProviderMetadata = JSON.parse(JSON.stringify(providerMetadata));
  return { providerMetadata: copy };
}
