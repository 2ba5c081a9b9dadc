export { paymentsIntegrationSpecs } from './payments-integration-specs.ts';
export { registerStripeIntegration, stripeIntegrationSpec } from './stripe.ts';
