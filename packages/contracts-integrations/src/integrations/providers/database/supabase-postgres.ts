export { registerSupabasePostgresIntegration, supabasePostgresIntegrationSpec } from '@mortise/provider-database/specs';
