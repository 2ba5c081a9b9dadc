export { fathomIntegrationSpec, registerFathomIntegration } from './fathom.ts';
export { firefliesIntegrationSpec, registerFirefliesIntegration } from './fireflies.ts';
export { granolaIntegrationSpec, registerGranolaIntegration } from './granola.ts';
export { meetingRecorderIntegrationSpecs } from './meeting-recorder-integration-specs.ts';
export { registerTldvIntegration, tldvIntegrationSpec } from './tldv.ts';
