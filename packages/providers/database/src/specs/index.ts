export { databaseIntegrationSpecs } from './database-integration-specs.ts';
export { registerSupabasePostgresIntegration, supabasePostgresIntegrationSpec } from './supabase.ts';
