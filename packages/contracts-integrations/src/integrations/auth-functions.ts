export {
  buildAuthHeaders,
  buildOAuth2AuthorizationUrl,
  exchangeOAuth2Code,
  isOAuth2TokenExpired,
  isWebhookTimestampValid,
  refreshOAuth2Token,
  verifyWebhookSignature,
} from '@mortise/auth';
