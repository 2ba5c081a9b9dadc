import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SecretManagerServiceClient } from '@google-cloud/secret-manager';

/** The SDK's API extensions with gRPC, which its client takes as an argument; there is also a part of them without. */
type Gax = Extract<
  NonNullable<ConstructorParameters<typeof SecretManagerServiceClient>[1]>,
  { readonly googleAuthLibrary: unknown }
>;

/** A kind of message, as protobuf describes it. */
export type MessageType = InstanceType<Gax['protobuf']['Type']>;
export type MessageField = InstanceType<Gax['protobuf']['Field']>;
export type ServiceMethod = InstanceType<Gax['protobuf']['Method']>;
type Message = InstanceType<Gax['protobuf']['Message']>;

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** What is used of `proto3-json-serializer`. */
interface Serializer {
  fromProto3JSON(type: MessageType, json: JsonValue): Message | null;
  toProto3JSON(message: Message, options: { numericEnums: boolean }): JsonValue;
}

// The SDK's own copies, whichever they are: no dependency of ours, and never a second gRPC beside the client's.
const fromHere = createRequire(import.meta.url);
const fromSdk = createRequire(fromHere.resolve('@google-cloud/secret-manager'));
const gaxEntry = fromSdk.resolve('google-gax');
const fromGax = createRequire(gaxEntry);

/** Google's API extensions: gRPC, authentication and protobuf as the client uses them. */
export const gax: Gax = fromSdk('google-gax');

/** Conversion between messages and JSON, as the client does it in REST mode. */
export const serializer: Serializer = fromGax('proto3-json-serializer');

/** The service's protos as JSON. */
export const SERVICE_PROTOS: Readonly<Record<string, unknown>> = fromHere(
  '@google-cloud/secret-manager/build/protos/protos.json',
);

/** Protos of error details: `google.rpc.Status`, `RetryInfo`, `ErrorInfo`. */
export const STATUS_PROTOS: Readonly<Record<string, unknown>> = fromGax(
  join(dirname(gaxEntry), '../protos/status.json'),
);
