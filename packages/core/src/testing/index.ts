export type { ShippedSpecCheck, ShippedSpecFinding, ShippedSpecOptions } from './check-shipped-spec.ts';
export { checkShippedSpec } from './check-shipped-spec.ts';
