/** A model that the connection may use. A fact that the provider does not publish is absent. */
export interface LLMModelInfo {
  /** What goes into `LLMChatOptions.model`. */
  id: string;
  /** Other ids under which the same model answers. */
  aliases?: string[];
  title?: string;
  /** Longest prompt and answer together, in tokens. */
  contextTokens?: number;
  /** Longest answer, in tokens. */
  maxOutputTokens?: number;
  /** Media types that a prompt may hold, such as `image/png` or `image/*`; text is taken for granted. */
  inputMediaTypes?: string[];
  /** Day on which the model stops answering, `YYYY-MM-DD`. */
  retiresOn?: string;
}
