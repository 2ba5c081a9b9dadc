import type { WebhookContract } from '@mortise/core';
import { type CompiledContract, compileContract } from '../contract/compile-contract.ts';
import { listContracts, type WebhookSpec } from '../contract/list-contracts.ts';
import { type Digests, platformDigests } from '../crypto/digests.ts';
import { createKeySets, type KeySets } from '../keys/key-sets.ts';
import type { WebhookSecrets } from '../keys/webhook-secrets.ts';
import { DUPLICATED } from '../request/read-headers.ts';
import type { InboundRequest, WebhookSource } from '../request/inbound-request.ts';
import { readSource } from '../request/read-source.ts';
import { DEFAULT_MAX_BODY_BYTES, isWithin, type ReadRequestOptions } from '../request/read-stream.ts';
import { RequestView, type SignedUrlOptions } from '../request/request-view.ts';
import { type Accepted, checkReplay, type ReplayOptions } from './check-replay.ts';
import { dedupeScope } from './dedupe-key.ts';
import type { Proof, ProofContext, ProofFailure, Prover } from './proof.ts';
import { Verified, type VerifiedWebhook } from './verified-webhook.ts';
import { failure, type WebhookFailure, type WebhookFailureReason } from './webhook-failure.ts';

export type WebhookResult = VerifiedWebhook | WebhookFailure;

export interface VerifyWebhookOptions extends ReadRequestOptions, SignedUrlOptions {
  /** Key of the contract, where a spec has several. Absent: each is tried. */
  readonly contract?: string;
  /** Secrets that were in use until a while ago and are still accepted, the latest first. */
  readonly previousSecrets?: WebhookSecrets | readonly WebhookSecrets[];
  /** The connection's config, for values that are no secret, such as an expected audience. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Whose delivery it is, such as a connection's id; part of the dedupe key. */
  readonly scope?: string;
  /** Tolerance in both directions in place of the contract's. 0: any time is accepted, to process stored deliveries. */
  readonly toleranceMs?: number;
  readonly replay?: ReplayOptions;
  /** Where public keys come from. Default a cache of the process that uses `fetch`. */
  readonly keySets?: KeySets;
  /** True: a contract that says that the vendor proves nothing is fulfilled by anything. Default false. */
  readonly acceptUnverified?: boolean;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

/** How far a verification came, the furthest last: the message of that one helps most. */
const CLOSENESS: readonly WebhookFailureReason[] = [
  'unsupported_scheme',
  'missing_header',
  'missing_value',
  'no_secret',
  'invalid_secret',
  'missing_url',
  'duplicate_header',
  'malformed',
  'no_match',
  'keys_unavailable',
  'timestamp_out_of_tolerance',
];

let sharedKeySets: KeySets | undefined;

export type VerifyWebhook = (
  spec: WebhookSpec,
  request: WebhookSource,
  secrets: WebhookSecrets,
  options?: VerifyWebhookOptions,
) => Promise<WebhookResult>;

/**
 * Whether a delivery comes from the vendor, by what the spec says about its webhooks. Never throws, whatever was sent.
 *
 * @param request A `Request` of Fetch, an `IncomingMessage` of Node, or their parts. The body must not have been parsed.
 * @param secrets The connection's secret. Several values of a field may be active at the same time.
 * @returns The delivery, or a typed reason why it is not accepted. Nobody but a log should see the reason.
 */
export const verifyWebhook: VerifyWebhook = (spec, request, secrets, options) => {
  shared ??= createVerifier(platformDigests());
  return shared.verify(spec, request, secrets, options);
};

let shared: Verifier | undefined;

export interface Verifier {
  readonly compile: (contract: WebhookContract) => CompiledContract;
  readonly verify: VerifyWebhook;
}

/** A verifier by these digests. Contracts are made ready once each; they must not be changed afterwards. */
export function createVerifier(digests: Digests): Verifier {
  const cache = new WeakMap<WebhookContract, CompiledContract>();
  const compile = (contract: WebhookContract): CompiledContract => {
    let compiled = cache.get(contract);
    if (compiled === undefined) {
      compiled = compileContract(contract, digests);
      cache.set(contract, compiled);
    }
    return compiled;
  };
  const verify: VerifyWebhook = async (spec, source, secrets, options = {}) => {
    try {
      const contracts = listContracts(spec, options.contract);
      if (!Array.isArray(contracts)) return contracts;
      const request = isRead(source) ? source : await readSource(source, options);
      if ('ok' in request && !request.ok) return request;
      const read = 'ok' in request ? request.request : request;
      const { maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options;
      if (!isWithin(read.rawBody, maxBodyBytes)) return failure('too_large', `The body exceeds ${maxBodyBytes} bytes`);
      const task = { digests, request: read, secrets, options, specKey: 'meta' in spec ? spec.meta.key : undefined };
      const [only] = contracts;
      if (only !== undefined && contracts.length === 1) return await tryContract(compile(only), task);
      return await tryContracts(contracts.map(compile), task);
    } catch {
      // Reached only by what is no request at all, such as an object whose properties throw.
      return failure('malformed', 'The request cannot be read');
    }
  };
  return { compile, verify };
}

interface Task {
  readonly digests: Digests;
  readonly request: InboundRequest;
  readonly secrets: WebhookSecrets;
  readonly options: VerifyWebhookOptions;
  readonly specKey: string | undefined;
}

async function tryContracts(compiled: readonly CompiledContract[], task: Task): Promise<WebhookResult> {
  let closest: WebhookFailure | undefined;
  for (const one of compiled) {
    // Where others could prove a delivery, the one that needs no proof must be asked for by its key.
    if (one.hasNone) continue;
    const result = await tryContract(one, task);
    if (result.ok || result.reason === 'replayed' || result.reason === 'replay_store_failed') return result;
    if (closest === undefined || rank(result) > rank(closest)) closest = result;
  }
  return closest ?? failure('unverifiable', 'No contract of the spec proves a delivery; name one of them');
}

async function tryContract(compiled: CompiledContract, task: Task): Promise<WebhookResult> {
  const { options, request } = task;
  const view = new RequestView(request, compiled.headers, options);
  const context: ProofContext = {
    sources: { secrets: task.secrets, previousSecrets: listPrevious(options) },
    config: options.config ?? {},
    nowMs: options.now === undefined ? Date.now() : options.now(),
    keySets: options.keySets ?? (sharedKeySets ??= createKeySets()),
    toleranceMs: options.toleranceMs,
  };
  let closest: ProofFailure | undefined;
  for (const prover of compiled.provers) {
    const proving = prover.prove(view, context);
    const proof = proving instanceof Promise ? await proving : proving;
    if (proof.ok) return accept({ compiled, view, prover, proof }, task);
    if (closest === undefined || rank(proof) > rank(closest)) closest = proof;
  }
  if (compiled.hasNone && options.acceptUnverified === true) {
    const proof: Proof = { ok: true, keyId: undefined, timestampMs: undefined, message: [request.rawBody] };
    return accept({ compiled, view, prover: UNPROVEN, proof }, task);
  }
  return explain(compiled, closest);
}

const UNPROVEN: Pick<Prover, 'scheme' | 'covers'> = { scheme: 'none', covers: () => false };

function explain(compiled: CompiledContract, closest: ProofFailure | undefined): WebhookFailure {
  const contract = { contract: compiled.key };
  if (closest !== undefined) return failure(closest.reason, closest.message, contract);
  const [unsupported] = compiled.unsupported;
  if (unsupported !== undefined) return failure('unsupported_scheme', unsupported, contract);
  return failure('unverifiable', 'The vendor proves nothing; acceptUnverified was not given', contract);
}

function accept(accepted: Accepted, task: Task): WebhookResult | Promise<WebhookResult> {
  const { compiled, view, proof } = accepted;
  for (const reader of compiled.idHeaders) {
    if (reader.read(view) === DUPLICATED)
      return failure('duplicate_header', `Several times: ${reader.where}`, { contract: compiled.key });
  }
  const { digests, options } = task;
  if (digests.isSynchronous && options.replay === undefined)
    return verified(accepted, task, () => syncDigest(digests, proof));
  return acceptLater(accepted, task);
}

async function acceptLater(accepted: Accepted, task: Task): Promise<WebhookResult> {
  const digest = await task.digests.sha256(accepted.proof.message);
  const { replay } = task.options;
  const result = verified(accepted, task, () => digest);
  return replay === undefined ? result : checkReplay(result, accepted, replay);
}

function verified({ compiled, view, prover, proof }: Accepted, task: Task, digest: () => Uint8Array): Verified {
  const scope = (): string => dedupeScope(task.options.scope, task.specKey, compiled.key);
  return new Verified({ view, compiled, scheme: prover.scheme, proof, scope, digest });
}

function syncDigest(digests: Digests, proof: Proof): Uint8Array {
  const digest = digests.sha256(proof.message);
  return digest instanceof Uint8Array ? digest : new Uint8Array();
}

const NONE: readonly WebhookSecrets[] = [];

export function listPrevious({ previousSecrets = NONE }: VerifyWebhookOptions): readonly WebhookSecrets[] {
  return isList(previousSecrets) ? previousSecrets : [previousSecrets];
}

/** Whether the parts are there already; most requests on a hot path come this way. */
function isRead(source: WebhookSource): source is InboundRequest {
  if (!('rawBody' in source)) return false;
  return typeof source.rawBody === 'string' || source.rawBody instanceof Uint8Array;
}

function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}

function rank({ reason }: { readonly reason: WebhookFailureReason }): number {
  return CLOSENESS.indexOf(reason);
}
