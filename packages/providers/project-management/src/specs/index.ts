export { jiraIntegrationSpec, registerJiraIntegration } from './jira.ts';
export { linearIntegrationSpec, registerLinearIntegration } from './linear.ts';
export { notionIntegrationSpec, registerNotionIntegration } from './notion.ts';
export { projectManagementIntegrationSpecs } from './project-management-integration-specs.ts';
