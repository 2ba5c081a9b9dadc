export { qdrantIntegrationSpec, registerQdrantIntegration } from './qdrant.ts';
export { registerSupabaseVectorIntegration, supabaseVectorIntegrationSpec } from './supabase-vector.ts';
export { vectorStoreIntegrationSpecs } from './vector-store-integration-specs.ts';
