import { GcpSecretServerError } from '../gcp-secret-server-error.ts';
import { findMissingField, findViolation } from '../model/check-message.ts';
import { writeJsonMessage } from '../model/read-json.ts';
import { type RpcModel, serviceModel } from '../model/service-model.ts';
import type { OpenCall } from '../recorded-call.ts';
import { parseResource } from '../store/resource-key.ts';
import { HANDLERS } from './handlers.ts';
import { type Permissions, PERMISSIONS } from './permissions.ts';
import type { QuotaMeter } from './quotas.ts';
import { RpcError } from './rpc-error.ts';
import type { ServiceContext } from './service-context.ts';

export interface ServiceOptions {
  readonly context: ServiceContext;
  readonly permissions: Permissions;
  readonly quotas: QuotaMeter | undefined;
}

/** The service behind both transports: takes and gives messages as bytes, and holds both to the protos. */
export class SecretManagerService {
  readonly #options: ServiceOptions;
  readonly #violations: string[] = [];

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Answers of this server that did not fit the protos. */
  get violations(): readonly string[] {
    return this.#violations;
  }

  /** @throws {RpcError} As the service answers. */
  answer(call: OpenCall, request: Uint8Array): Uint8Array {
    const model = serviceModel().get(call.rpc);
    const handler = Object.hasOwn(HANDLERS, call.rpc) ? HANDLERS[call.rpc] : undefined;
    if (model === undefined || handler === undefined) {
      throw new RpcError('UNIMPLEMENTED', `Method ${call.rpc} is not implemented by this server.`);
    }
    call.request = this.#decode(model, request);
    const missing = findMissingField(model.request, model.request.decode(request));
    if (missing !== undefined) throw new RpcError('INVALID_ARGUMENT', `Field [${missing}] is required.`);
    this.#admit(call, handler.resourceOf(request));
    return this.#encode(model, handler.handle(this.#options.context, request));
  }

  #decode(model: RpcModel, request: Uint8Array): unknown {
    try {
      return writeJsonMessage(model.request, request, false);
    } catch {
      throw new RpcError('INTERNAL', 'The request message cannot be parsed.');
    }
  }

  /** Checks the endpoint, the permission and the quota, in this order. */
  #admit({ rpc, location }: OpenCall, resource: string): void {
    const { context, permissions, quotas } = this.#options;
    const kind = resource.includes('/versions/') ? 'version' : resource.includes('/secrets/') ? 'secret' : 'parent';
    const parsed = parseResource(resource, kind);
    if (parsed.location !== location) {
      const where = parsed.location === undefined ? 'the global endpoint' : `the endpoint of ${parsed.location}`;
      throw new RpcError('INVALID_ARGUMENT', `The resource has to be reached through ${where}.`);
    }
    const key = context.projects.keyOf(parsed);
    try {
      permissions.check(PERMISSIONS[rpc], key, resource);
    } finally {
      permissions.countCall();
    }
    quotas?.take(rpc, resource, location !== undefined);
  }

  #encode(model: RpcModel, response: object): Uint8Array {
    const violation = findViolation(model.response, Object.fromEntries(Object.entries(response)));
    if (violation !== undefined) {
      this.#violations.push(`${model.name}: ${violation}`);
      throw new GcpSecretServerError(
        'MODEL_VIOLATION',
        `The answer to ${model.name} does not fit the protos: ${violation}`,
      );
    }
    return model.response.encode(model.response.fromObject(response)).finish();
  }
}
