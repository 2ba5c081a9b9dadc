export { imageIntegrationSpecs } from './image-integration-specs.ts';
export { falImageIntegrationSpec, registerFalImageIntegration } from './fal-image.ts';
export { openaiImageIntegrationSpec, registerOpenaiImageIntegration } from './openai-image.ts';
