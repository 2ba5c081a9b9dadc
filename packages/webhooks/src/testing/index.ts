export { signedFetchRequest, signedNodeRequest } from './signed-requests.ts';
export type { TestNodeRequest } from './signed-requests.ts';
export { tamperWebhook } from './tamper-webhook.ts';
export type { TamperedWebhook } from './tamper-webhook.ts';
export { replayStoreCases } from './replay-store-cases.ts';
export type { ReplayStoreSubject } from './replay-store-cases.ts';
export { WebhookConformanceError } from './assertions.ts';
