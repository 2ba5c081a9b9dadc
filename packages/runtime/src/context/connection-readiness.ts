import { type ConnectionStatus, MortiseError, type ResolvedIntegration } from '@mortise/core';

/** A connection cannot be used in its present state. */
export class ConnectionNotReadyError extends MortiseError<'CONNECTION_NOT_READY'> {}

/** Whether calls may be made. A connection that was never checked (`unknown`) may be used. */
export function isConnectionReady(status: ConnectionStatus): boolean {
  return status !== 'disconnected' && status !== 'error';
}

/**
 * Throws unless the connection can be used.
 *
 * @throws {ConnectionNotReadyError} Its status is `disconnected` or `error`.
 */
export function ensureConnectionReady(integration: ResolvedIntegration): void {
  const { connection } = integration;
  if (isConnectionReady(connection.status)) return;
  throw new ConnectionNotReadyError({
    code: 'CONNECTION_NOT_READY',
    message: connectionNotReadyMessage(connection.meta.label, connection.status),
  });
}

export function connectionNotReadyMessage(label: string, status: ConnectionStatus): string {
  return `Connection "${label}" is not ready: its status is "${connectionStatusLabel(status)}"`;
}

const STATUSES: ReadonlySet<ConnectionStatus> = new Set(['connected', 'disconnected', 'error', 'unknown']);

/** The status as text; anything unexpected is `unknown`. */
export function connectionStatusLabel(status: ConnectionStatus): ConnectionStatus {
  return STATUSES.has(status) ? status : 'unknown';
}
