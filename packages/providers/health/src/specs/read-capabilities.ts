/** Capabilities of reading the given areas, and of taking deliveries. New objects with each call. */
export function readCapabilities(
  ...areas: readonly ('activities' | 'workouts' | 'sleep' | 'biometrics' | 'nutrition' | 'webhooks')[]
): { readonly key: string; readonly version: string }[] {
  return areas.map((area) => ({
    key: area === 'webhooks' ? 'health.webhooks' : `health.${area}.read`,
    version: '1.0.0',
  }));
}
