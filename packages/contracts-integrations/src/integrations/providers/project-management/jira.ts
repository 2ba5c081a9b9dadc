export { jiraIntegrationSpec, registerJiraIntegration } from '@mortise/provider-project-management/specs';
