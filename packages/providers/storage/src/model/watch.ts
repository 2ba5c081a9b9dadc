/** Where changes are watched. */
export interface WatchObjectsInput {
  readonly bucket: string;
  readonly prefix?: string;
}

/** Something that happened to an object. */
export interface StorageChange {
  readonly type: 'created' | 'updated' | 'deleted';
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  /** Instant (ISO 8601). */
  readonly at: string;
}
