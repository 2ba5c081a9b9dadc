export { connectVendor } from './connected-vendor.ts';
export { createHttpEmbeddingProvider } from './http-embedding-provider.ts';
export { HttpLLMProvider } from './http-llm-provider.ts';
export type { Vendor } from './vendor.ts';
export { MISTRAL, OPENAI } from './vendor.ts';
