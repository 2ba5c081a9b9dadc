import type { IntegrationSpec } from '@mortise/core';
import { jiraIntegrationSpec } from './jira.ts';
import { linearIntegrationSpec } from './linear.ts';
import { notionIntegrationSpec } from './notion.ts';

/** Every project-management spec that is shipped. */
export const projectManagementIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([
  linearIntegrationSpec,
  jiraIntegrationSpec,
  notionIntegrationSpec,
]);
