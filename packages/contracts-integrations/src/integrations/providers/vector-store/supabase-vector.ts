export { registerSupabaseVectorIntegration, supabaseVectorIntegrationSpec } from '@mortise/provider-vector-store/specs';
