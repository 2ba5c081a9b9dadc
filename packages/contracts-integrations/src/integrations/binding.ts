export type { AppIntegrationBinding } from '@mortise/core';
