import type { CapabilityDescription, MethodSupport } from '@mortise/core';
import type { HealthProvider } from '../health-provider.ts';

/** Methods of the interface by name. The five lists are always there, but a vendor may have nothing to list. */
export type HealthMethod = Exclude<keyof HealthProvider, 'capabilities'>;

/**
 * What an implementation can do: plain data, known without any call. A method declared `none` rejects with code
 * `unsupported`, also one of the lists that the interface demands.
 */
export interface HealthCapabilities extends CapabilityDescription {
  readonly methods?: Readonly<Partial<Record<HealthMethod, MethodSupport>>>;
  /** `push`: lists serve what deliveries brought; the vendor cannot be asked. Absent: unknown. */
  readonly delivery?: 'pull' | 'push' | 'both';
  /** Ids of the metrics that `listBiometrics` can give. Absent: unknown. */
  readonly metrics?: readonly string[];
  /** How many days back the vendor serves data. Absent: unknown. */
  readonly historyDays?: number;
}
