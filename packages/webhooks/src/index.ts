export { verifyWebhook } from './verify/verify-webhook.ts';
