export { qdrantIntegrationSpec, registerQdrantIntegration } from '@mortise/provider-vector-store/specs';
