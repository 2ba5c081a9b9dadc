export type { ConnectedVendor, ConnectOptions } from './connected-vendor.ts';
export { connectVendor } from './connected-vendor.ts';
export type { HttpEmbeddingProviderOptions } from './http-embedding-provider.ts';
export { createHttpEmbeddingProvider } from './http-embedding-provider.ts';
export type { HttpLLMProviderOptions } from './http-llm-provider.ts';
export { HttpLLMProvider } from './http-llm-provider.ts';
export type { Vendor } from './vendor.ts';
export { MISTRAL, OPENAI } from './vendor.ts';
