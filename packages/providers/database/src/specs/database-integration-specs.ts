import type { IntegrationSpec } from '@mortise/core';
import { supabasePostgresIntegrationSpec } from './supabase.ts';

/** Every database spec that is shipped. */
export const databaseIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([supabasePostgresIntegrationSpec]);
