import { IntegrationError } from '@mortise/core';
import type { GoogleDriveProvider } from './google-drive-provider.ts';

/** A Drive provider with every optional method in place. */
export type CompleteGoogleDriveProvider = Required<Omit<GoogleDriveProvider, 'capabilities'>> &
  Pick<GoogleDriveProvider, 'capabilities'>;

/**
 * Fills in what a provider lacks: each optional method as one that rejects with `unsupported`. Methods that the provider has
 * are used as they are.
 */
export function completeGoogleDrive(provider: GoogleDriveProvider): CompleteGoogleDriveProvider {
  const { capabilities } = provider;
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    listFiles: (query, options) => provider.listFiles(query, options),
    getFile: (fileId, options) => provider.getFile(fileId, options),
    watchChanges: (input, options) => provider.watchChanges?.(input, options) ?? unsupported('watchChanges'),
    stopWatch: (watch, options) => provider.stopWatch?.(watch, options) ?? unsupported('stopWatch'),
    listChanges: (cursor, options) => provider.listChanges?.(cursor, options) ?? unsupported('listChanges'),
    exportFile: (fileId, mediaType, options) =>
      provider.exportFile?.(fileId, mediaType, options) ?? unsupported('exportFile'),
    createFile: (input, options) => provider.createFile?.(input, options) ?? unsupported('createFile'),
    updateFile: (fileId, input, options) => provider.updateFile?.(fileId, input, options) ?? unsupported('updateFile'),
    deleteFile: (fileId, options) => provider.deleteFile?.(fileId, options) ?? unsupported('deleteFile'),
  };
}

function unsupported(method: string): Promise<never> {
  return Promise.reject(
    new IntegrationError({ code: 'unsupported', message: `This Drive provider has no method "${method}"` }),
  );
}
