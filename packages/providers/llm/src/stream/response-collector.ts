import { IntegrationError, type IntegrationWarning, type JsonObject } from '@mortise/core';
import type { LLMContentPart, LLMToolResultPart } from '../model/content-part.ts';
import type { LLMResponse } from '../model/response.ts';
import type { LLMFinishPart, LLMMetadataPart, LLMStreamPart } from './stream-part.ts';

type BlockKind = 'text' | 'reasoning' | 'refusal';
type Metadata = Readonly<Record<string, JsonObject>>;

interface OpenBlock {
  readonly kind: BlockKind;
  /** Its place in the message, taken when it starts. */
  readonly place: number;
  text: string;
  metadata?: Metadata;
  redacted?: boolean;
}

/**
 * Puts a stream of parts together into the answer that `chat` would have given. Content stands in the order in which
 * the stream began it. Built for one stream.
 */
export class ResponseCollector {
  readonly #content: (LLMContentPart | undefined)[] = [];
  readonly #open = new Map<string, OpenBlock>();
  readonly #preliminary = new Map<string, number>();
  readonly #warnings: IntegrationWarning[] = [];
  #identity: Omit<LLMMetadataPart, 'type'> = {};
  #finish: LLMFinishPart | undefined;

  /**
   * Takes the next part.
   *
   * @throws {IntegrationError} `provider_error` when the part breaks the rules of a stream: a delta for a block that
   * is not open, a part after `finish`.
   */
  add(part: LLMStreamPart): void {
    if (this.#finish !== undefined) throw brokenStream(`a "${part.type}" part came after "finish"`);
    switch (part.type) {
      case 'start':
        this.#warnings.push(...part.warnings);
        return;
      case 'metadata': {
        const { type: _, ...identity } = part;
        this.#identity = { ...this.#identity, ...identity };
        return;
      }
      case 'text-start':
      case 'reasoning-start':
      case 'refusal-start':
        this.#openBlock(kindOf(part.type), part.id, part.providerMetadata);
        if (part.redacted === true) this.#block('reasoning', part.id, undefined).redacted = true;
        return;
      case 'text-delta':
      case 'reasoning-delta':
      case 'refusal-delta':
        this.#block(kindOf(part.type), part.id, part.providerMetadata).text += part.delta;
        return;
      case 'text-end':
      case 'reasoning-end':
      case 'refusal-end':
        this.#closeBlock(kindOf(part.type), part.id, part.providerMetadata);
        return;
      case 'tool-call':
      case 'file':
      case 'source':
        this.#content.push(part);
        return;
      case 'tool-result':
        this.#addToolResult(part);
        return;
      case 'finish':
        this.#finish = part;
        this.#warnings.push(...(part.warnings ?? []));
        return;
      default:
        // Tool input repeats the call that follows; raw, error and approval parts are no content.
        return;
    }
  }

  /**
   * The answer.
   *
   * @throws {IntegrationError} `unavailable` (transient) when the stream ended without `finish`.
   */
  response(): LLMResponse {
    const finish = this.#finish;
    if (finish === undefined) {
      throw new IntegrationError({
        code: 'unavailable',
        retry: 'transient',
        message: 'The stream ended without a "finish" part: the answer is cut off, repeat the call',
      });
    }
    for (const [id, block] of this.#open) this.#closeBlock(block.kind, id, undefined);
    const { usage, rawFinishReason, object, providerMetadata } = finish;
    return {
      message: { role: 'assistant', content: this.#content.filter((part) => part !== undefined) },
      finishReason: finish.finishReason,
      ...this.#identity,
      ...(usage === undefined ? {} : { usage }),
      ...(rawFinishReason === undefined ? {} : { rawFinishReason }),
      ...(object === undefined ? {} : { object }),
      ...(providerMetadata === undefined ? {} : { providerMetadata }),
      ...(this.#warnings.length === 0 ? {} : { warnings: this.#warnings }),
    };
  }

  #openBlock(kind: BlockKind, id: string, metadata: Metadata | undefined): void {
    if (this.#open.has(id)) throw brokenStream(`block "${id}" was started twice`);
    const place = this.#content.push(undefined) - 1;
    this.#open.set(id, { kind, place, text: '', ...(metadata === undefined ? {} : { metadata }) });
  }

  #block(kind: BlockKind, id: string, metadata: Metadata | undefined): OpenBlock {
    const block = this.#open.get(id);
    if (block?.kind !== kind) throw brokenStream(`${kind} block "${id}" is not open`);
    if (metadata !== undefined) block.metadata = { ...block.metadata, ...metadata };
    return block;
  }

  #closeBlock(kind: BlockKind, id: string, metadata: Metadata | undefined): void {
    const block = this.#block(kind, id, metadata);
    this.#open.delete(id);
    // A block that stayed empty said nothing, unless it stands for something withheld or needed back.
    if (block.text === '' && block.metadata === undefined && block.redacted !== true) return;
    const metadataField = block.metadata === undefined ? {} : { providerMetadata: block.metadata };
    this.#content[block.place] =
      kind === 'reasoning' && block.redacted === true
        ? { type: kind, text: block.text, redacted: true, ...metadataField }
        : { type: kind, text: block.text, ...metadataField };
  }

  #addToolResult(part: LLMToolResultPart & { readonly preliminary?: boolean }): void {
    const { preliminary, ...result } = part;
    const earlier = this.#preliminary.get(result.toolCallId);
    if (earlier === undefined) {
      const place = this.#content.push(result) - 1;
      if (preliminary === true) this.#preliminary.set(result.toolCallId, place);
      return;
    }
    this.#content[earlier] = result;
    if (preliminary !== true) this.#preliminary.delete(result.toolCallId);
  }
}

function kindOf(type: `${BlockKind}-${string}`): BlockKind {
  if (type.startsWith('text')) return 'text';
  return type.startsWith('reasoning') ? 'reasoning' : 'refusal';
}

function brokenStream(what: string): IntegrationError {
  return new IntegrationError({ code: 'provider_error', message: `The stream breaks the contract: ${what}` });
}
