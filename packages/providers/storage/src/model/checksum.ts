/** How a checksum is computed. */
export type StorageChecksumAlgorithm = 'sha256' | 'crc32c' | 'crc64nvme' | 'md5';

/** A checksum over the whole content. */
export interface StorageChecksum {
  readonly algorithm: StorageChecksumAlgorithm;
  /** In base64, CRCs in big-endian byte order, as object stores write them. */
  readonly value: string;
}
