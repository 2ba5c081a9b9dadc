export { verifyWebhook } from './verify/verify-webhook.ts';
export type { VerifyWebhook, VerifyWebhookOptions, WebhookResult } from './verify/verify-webhook.ts';
export type { VerifiedWebhook } from './verify/verified-webhook.ts';
export type { WebhookFailure, WebhookFailureReason } from './verify/webhook-failure.ts';
export type { WebhookScheme } from './verify/proof.ts';
export type { WebhookSpec } from './contract/list-contracts.ts';
export type { WebhookSecrets } from './keys/webhook-secrets.ts';

export { answerHandshake } from './handshake/answer-handshake.ts';
export type { AnswerHandshakeOptions, HandshakeAnswer } from './handshake/answer-handshake.ts';
export { receiveWebhook } from './handshake/receive-webhook.ts';
export type { ReceivedWebhook } from './handshake/receive-webhook.ts';
export { toFetchResponse } from './handshake/webhook-response.ts';
export type { WebhookResponse } from './handshake/webhook-response.ts';

export { signWebhook } from './sign/sign-webhook.ts';
export type { SignWebhookOptions, WebhookToSign } from './sign/signing-context.ts';
export type { SentWebhook } from './sign/sent-webhook.ts';
export { standardWebhooks } from './sign/standard-webhooks.ts';
export type { StandardWebhooksOptions } from './sign/standard-webhooks.ts';
export { WebhookSigningError } from './sign/webhook-signing-error.ts';
export type { WebhookSigningErrorCode } from './sign/webhook-signing-error.ts';

export { readFetchRequest, readNodeRequest } from './request/read-source.ts';
export type { ReadRequestResult } from './request/read-source.ts';
export type { ReadRequestOptions } from './request/read-stream.ts';
export type { SignedUrlOptions } from './request/request-view.ts';
export type { InboundHeaders, InboundRequest, NodeRequest, WebhookSource } from './request/inbound-request.ts';

export type { ReplayStore } from './replay/replay-store.ts';
export type { ReplayOptions } from './verify/check-replay.ts';
export { MemoryReplayStore } from './replay/memory-replay-store.ts';
export type { MemoryReplayStoreOptions } from './replay/memory-replay-store.ts';

export { createKeySets } from './keys/key-sets.ts';
export type { KeySets, KeySetsOptions } from './keys/key-sets.ts';
export { KeySetError } from './keys/key-set-error.ts';
