import type { ProviderDeltaEnvelope } from '../sync-state.ts';

/** Days for which a key is remembered: longer than the senders' retries, of which three days are the longest known. */
export const DEFAULT_DEDUPE_WINDOW_MS = 7 * 86_400_000;

/** Key against taking one event in twice: `<provider>:<connection>:<event>`, each part percent-encoded. */
export function dedupeKeyOfEvent(providerKey: string, connectionId: string, eventId: string): string {
  return [providerKey, connectionId, eventId].map(encodeURIComponent).join(':');
}

/** Key against having one effect twice: `<tenant>:<provider>:<event>`, each part percent-encoded. */
export function idempotencyKeyOfEvent(tenantId: string, providerKey: string, eventId: string): string {
  return [tenantId, providerKey, eventId].map(encodeURIComponent).join(':');
}

/**
 * Key for a change that came without an event id: a digest of kind, record and revision. `undefined` where it has no
 * revision either: two changes of one record could then not be told apart, and dropping one of them would lose it.
 */
export async function dedupeKeyOfChange(
  envelope: ProviderDeltaEnvelope,
  connectionId: string,
): Promise<string | undefined> {
  const { providerKey, sourceId, delta } = envelope;
  const revision = delta.tombstone === undefined ? delta.providerRevision : delta.tombstone.providerRevision;
  if (revision === undefined) return undefined;
  const kind = delta.tombstone === undefined ? 'upsert' : 'delete';
  const text = JSON.stringify([kind, sourceId, revision]);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return dedupeKeyOfEvent(providerKey, connectionId, `sha256-${hex(digest)}`);
}

/** The key of an envelope: its own, else one made of its event id, else of its content. */
export async function dedupeKeyOf(envelope: ProviderDeltaEnvelope, connectionId: string): Promise<string | undefined> {
  const { dedupeKey, providerEventId } = envelope.delta;
  if (dedupeKey !== undefined) return dedupeKey;
  if (providerEventId !== undefined) return dedupeKeyOfEvent(envelope.providerKey, connectionId, providerEventId);
  return dedupeKeyOfChange(envelope, connectionId);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
