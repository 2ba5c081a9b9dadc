export { registerStripeIntegration, stripeIntegrationSpec } from '@mortise/provider-payments/specs';
