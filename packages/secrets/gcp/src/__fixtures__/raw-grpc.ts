import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { credentials, loadPackageDefinition, Metadata, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const fromHere = createRequire(import.meta.url);
const sdkProtos = join(dirname(fromHere.resolve('@google-cloud/secret-manager')), '../protos');
const commonProtos = join(dirname(fromHere.resolve('google-gax')), '../protos');

export type Json = Record<string, unknown>;

interface RawAnswer {
  readonly response?: Json;
  readonly error?: ServiceError;
}

/** A client made of the `.proto` files themselves, without the SDK: what it sends is what the test says. */
export interface RawClient {
  call(rpc: string, request: Json, headers?: Readonly<Record<string, string>>): Promise<RawAnswer>;
  close(): void;
}

export function rawGrpc(port: number): RawClient {
  const definition = loadSync('google/cloud/secretmanager/v1/service.proto', {
    includeDirs: [sdkProtos, commonProtos],
    longs: String,
    enums: String,
  });
  const loaded: unknown = loadPackageDefinition(definition);
  const Service = lookUp(loaded, 'google.cloud.secretmanager.v1.SecretManagerService');
  if (typeof Service !== 'function') throw new TypeError('The protos have no such service');
  const client: object = Reflect.construct(Service, [`127.0.0.1:${port}`, credentials.createInsecure()]);
  const method = (name: string): ((...args: unknown[]) => unknown) => {
    const found: unknown = Reflect.get(client, name);
    if (typeof found !== 'function') throw new TypeError(`The client has no method ${name}`);
    return (...args) => Reflect.apply(found, client, args);
  };
  return {
    call: (rpc, request, headers = {}) =>
      new Promise((resolve) => {
        const metadata = new Metadata();
        for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
        method(rpc)(request, metadata, (error: ServiceError | null, response: Json) => {
          resolve(error === null ? { response } : { error });
        });
      }),
    close: () => void method('close')(),
  };
}

function lookUp(root: unknown, path: string): unknown {
  let found = root;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, name);
  }
  return found;
}
