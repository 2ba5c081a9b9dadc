import * as sdk from '@aws-sdk/client-secrets-manager';
import { TestingError } from '@mortise/testing';
import { checkConstraints } from './constraints.ts';
import { decodeInput } from './decode-input.ts';
import { encodeOutput } from './encode-output.ts';
import { readShape, type WireShape } from './wire-shape.ts';

/** The operations that the server has, with the SDK's own types. */
export interface Operations {
  BatchGetSecretValue: { input: sdk.BatchGetSecretValueRequest; output: sdk.BatchGetSecretValueResponse };
  CreateSecret: { input: sdk.CreateSecretRequest; output: sdk.CreateSecretResponse };
  DeleteSecret: { input: sdk.DeleteSecretRequest; output: sdk.DeleteSecretResponse };
  DescribeSecret: { input: sdk.DescribeSecretRequest; output: sdk.DescribeSecretResponse };
  GetRandomPassword: { input: sdk.GetRandomPasswordRequest; output: sdk.GetRandomPasswordResponse };
  GetSecretValue: { input: sdk.GetSecretValueRequest; output: sdk.GetSecretValueResponse };
  ListSecretVersionIds: { input: sdk.ListSecretVersionIdsRequest; output: sdk.ListSecretVersionIdsResponse };
  ListSecrets: { input: sdk.ListSecretsRequest; output: sdk.ListSecretsResponse };
  PutSecretValue: { input: sdk.PutSecretValueRequest; output: sdk.PutSecretValueResponse };
  RestoreSecret: { input: sdk.RestoreSecretRequest; output: sdk.RestoreSecretResponse };
  TagResource: { input: sdk.TagResourceRequest; output: object };
  UntagResource: { input: sdk.UntagResourceRequest; output: object };
  UpdateSecret: { input: sdk.UpdateSecretRequest; output: sdk.UpdateSecretResponse };
  UpdateSecretVersionStage: {
    input: sdk.UpdateSecretVersionStageRequest;
    output: sdk.UpdateSecretVersionStageResponse;
  };
}

export type OperationName = keyof Operations;

const SCHEMAS: Readonly<Record<OperationName, unknown>> = {
  BatchGetSecretValue: sdk.BatchGetSecretValue$,
  CreateSecret: sdk.CreateSecret$,
  DeleteSecret: sdk.DeleteSecret$,
  DescribeSecret: sdk.DescribeSecret$,
  GetRandomPassword: sdk.GetRandomPassword$,
  GetSecretValue: sdk.GetSecretValue$,
  ListSecretVersionIds: sdk.ListSecretVersionIds$,
  ListSecrets: sdk.ListSecrets$,
  PutSecretValue: sdk.PutSecretValue$,
  RestoreSecret: sdk.RestoreSecret$,
  TagResource: sdk.TagResource$,
  UntagResource: sdk.UntagResource$,
  UpdateSecret: sdk.UpdateSecret$,
  UpdateSecretVersionStage: sdk.UpdateSecretVersionStage$,
};

export const OPERATION_NAMES: ReadonlySet<string> = new Set(Object.keys(SCHEMAS));

export function isOperationName(name: string): name is OperationName {
  return OPERATION_NAMES.has(name);
}

/** Reads and checks the input of an operation against the model. */
export function readInput<Name extends OperationName>(name: Name, json: unknown): Operations[Name]['input'] {
  const input = decodeInput(shapesOf(name).input, json);
  assertInputOf(name, input);
  checkConstraints(input);
  return input;
}

/** Writes the output of an operation, checked against the model. */
export function writeOutput<Name extends OperationName>(name: Name, output: Operations[Name]['output']): unknown {
  return encodeOutput(shapesOf(name).output, output);
}

/** Holds by what `decodeInput` let through: the SDK's types and its schemas come from one model. */
function assertInputOf<Name extends OperationName>(
  name: Name,
  input: unknown,
): asserts input is Operations[Name]['input'] & object {
  if (typeof input === 'object' && input !== null) return;
  throw new TestingError('SERVER_STATE', `The service model has no structure as input of ${name}`);
}

/** An operation's schema is its kind, namespace, name and traits, then its input and output. */
function shapesOf(name: OperationName): { input: WireShape; output: WireShape } {
  const schema = SCHEMAS[name];
  const [, , , , input, output]: readonly unknown[] = Array.isArray(schema) ? schema : [];
  return { input: readShape(input), output: readShape(output) };
}
