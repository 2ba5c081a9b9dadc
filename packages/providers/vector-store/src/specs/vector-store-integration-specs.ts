import type { IntegrationSpec } from '@mortise/core';
import { qdrantIntegrationSpec } from './qdrant.ts';
import { supabaseVectorIntegrationSpec } from './supabase-vector.ts';

/** Every vector-store spec that is shipped. */
export const vectorStoreIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([
  qdrantIntegrationSpec,
  supabaseVectorIntegrationSpec,
]);
