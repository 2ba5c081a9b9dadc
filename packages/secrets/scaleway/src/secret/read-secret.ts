import { crc32 } from 'node:zlib';
import { createSecretValue, normalizeSecretPayload, type SecretValue } from '@mortise/secrets';
import type { Secretv1beta1 } from '@scaleway/sdk-secret';
import { isUuid, type ScalewayReference } from '../reference/scaleway-reference.ts';
import { failure } from '../reference/subject.ts';
import { type ApiCall, projectOf, regionOf } from './api-call.ts';

/** The newest version that has not been disabled: what a reference without a version stands for. */
const CURRENT = 'latest_enabled';

/** Reads one version in one round trip, by id or by name. */
export async function readSecret(call: ApiCall, reference: ScalewayReference): Promise<SecretValue> {
  const { secret, version: revision = CURRENT } = reference;
  const region = regionOf(call, reference.region);
  const answer =
    'id' in secret
      ? await accessVersion(call, region, secret.id, revision)
      : await call.connection.call(call.signal, async (api) =>
          api.accessSecretVersionByPath({
            region,
            revision,
            secretName: secret.name,
            secretPath: secret.folder,
            projectId: projectOf(call, secret),
          }),
        );
  const { data, version, secretId } = checkAnswer(call, answer, revision);
  const type = SECRET_TYPES.has(answer.type) ? { type: answer.type } : {};
  return createSecretValue({
    data,
    version,
    metadata: { region, secretId, ...type },
    retrievedAt: call.settings.now(),
  });
}

/** Metadata is printed as it is, so that no text of the service's own choice may get into it. */
const SECRET_TYPES: ReadonlySet<unknown> = new Set<Secretv1beta1.SecretType>([
  'opaque',
  'certificate',
  'key_value',
  'basic_credentials',
  'database_credentials',
  'ssh_key',
]);

/** The bytes of one version of a secret whose id is known. */
export async function readVersionBytes(
  call: ApiCall,
  region: string,
  id: string,
  revision: number,
): Promise<Uint8Array> {
  const answer = await accessVersion(call, region, id, String(revision));
  return checkAnswer(call, answer, String(revision)).data;
}

async function accessVersion(
  { connection, signal, subject }: ApiCall,
  region: string,
  secretId: string,
  revision: string,
): Promise<Secretv1beta1.AccessSecretVersionResponse> {
  const answer = await connection.call(signal, async (api) => api.accessSecretVersion({ region, secretId, revision }));
  if (answer.secretId === secretId) return answer;
  throw failure(subject, 'INTEGRITY', 'the answer is about another secret');
}

/** The SDK's types promise what no one has checked. */
function checkAnswer(
  { subject }: ApiCall,
  answer: Readonly<Partial<Record<keyof Secretv1beta1.AccessSecretVersionResponse, unknown>>>,
  asked: string,
): { readonly data: Uint8Array; readonly version: string; readonly secretId: string } {
  const { revision, secretId, data: text, dataCrc32: checksum } = answer;
  if (!isRevision(revision) || !isUuid(secretId)) throw failure(subject, 'INTEGRITY', 'the answer names no version');
  const version = String(revision);
  if (/^\d+$/.test(asked) && version !== asked) throw failure(subject, 'INTEGRITY', 'the answer is another version');
  const data = decode(text);
  if (data === undefined) throw failure(subject, 'INTEGRITY', 'the payload in the answer is not base64');
  // Null for a version that was written without one.
  const isUnchecked = checksum === undefined || checksum === null;
  if (!isUnchecked && checksum !== crc32(data)) {
    throw failure(subject, 'INTEGRITY', 'the checksum in the answer is not that of the payload');
  }
  return { data, version, secretId };
}

export function isRevision(revision: unknown): revision is number {
  return typeof revision === 'number' && Number.isSafeInteger(revision) && revision > 0;
}

function decode(data: unknown): Uint8Array | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    return normalizeSecretPayload({ data, encoding: 'base64' });
  } catch {
    return undefined;
  }
}
