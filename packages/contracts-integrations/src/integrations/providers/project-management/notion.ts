export { notionIntegrationSpec, registerNotionIntegration } from '@mortise/provider-project-management/specs';
