import { protos } from '@google-cloud/secret-manager';
import type { GcpFault } from './gcp-fault.ts';

const { AccessSecretVersionResponse } = protos.google.cloud.secretmanager.v1;

/** Damages the answer to a read. A damaged payload keeps its checksum and the other way round, so that a client can tell. */
export function corruptAnswer(answer: Uint8Array, part: Extract<GcpFault, { kind: 'corrupt' }>['part']): Uint8Array {
  if (part === 'answer') return Uint8Array.from(answer, (byte, index) => (index % 3 === 0 ? byte ^ 0xff : byte));
  const response = AccessSecretVersionResponse.toObject(AccessSecretVersionResponse.decode(answer));
  const { data, dataCrc32c } = response['payload'] ?? {};
  const payload =
    part === 'payload'
      ? { data: Uint8Array.from(data, (byte: number, index) => (index === 0 ? byte ^ 1 : byte)), dataCrc32c }
      : { data, dataCrc32c: Number(String(dataCrc32c ?? 0)) ^ 1 };
  return AccessSecretVersionResponse.encode({ name: response['name'], payload }).finish();
}
