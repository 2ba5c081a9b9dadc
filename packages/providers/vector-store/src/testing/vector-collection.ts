import { IntegrationError } from '@mortise/core';
import type { VectorCollectionSpec } from '../model/collection.ts';
import type { StoredVectorDocument, VectorDocument, VectorSearchResult } from '../model/document.ts';
import { type FilterNode, parseVectorFilter } from '../model/filter.ts';
import { matchesNode } from '../model/match-filter.ts';
import type { VectorFilterRequest, VectorSearchQuery } from '../model/requests.ts';
import { toScore, vectorDistance } from '../score/measure.ts';
import { refusal } from './service-line.ts';

interface Point {
  readonly id: string;
  readonly vector: readonly number[];
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly namespace: string;
  readonly expiresAtMs?: number;
}

/** The name of the default namespace within; no caller can say it. */
const DEFAULT_NAMESPACE = '';

/** One collection in memory, searched by comparing with every document. */
export class VectorCollection {
  readonly spec: VectorCollectionSpec;
  readonly #points = new Map<string, Point>();
  readonly #now: () => number;

  constructor(spec: VectorCollectionSpec, now: () => number) {
    this.spec = spec;
    this.#now = now;
  }

  get size(): number {
    return this.#points.size;
  }

  /** All or none: everything is checked before anything is written. */
  put(documents: readonly VectorDocument[]): void {
    const points = documents.map((document) => this.#toPoint(document));
    for (const point of points) this.#points.set(keyOf(point.namespace, point.id), point);
  }

  remove(ids: readonly string[], namespace = DEFAULT_NAMESPACE): void {
    for (const id of ids) this.#points.delete(keyOf(namespace, id));
  }

  removeWhere(request: VectorFilterRequest): void {
    for (const { namespace, id } of this.#select(request)) this.#points.delete(keyOf(namespace, id));
  }

  setPayload(ids: readonly string[], payload: Readonly<Record<string, unknown>>, namespace = DEFAULT_NAMESPACE): void {
    checkPayload(payload);
    for (const id of ids) {
      const point = this.#points.get(keyOf(namespace, id));
      if (point === undefined) continue;
      const merged = structuredClone({ ...point.payload, ...payload });
      this.#points.set(keyOf(namespace, id), { ...point, payload: merged });
    }
  }

  get(ids: readonly string[], namespace = DEFAULT_NAMESPACE): Point[] {
    return ids.flatMap((id) => this.#points.get(keyOf(namespace, id)) ?? []).filter((point) => this.#isAlive(point));
  }

  list(request: VectorFilterRequest): Point[] {
    return this.#select(request);
  }

  search(query: VectorSearchQuery): VectorSearchResult[] {
    const { topK, scoreThreshold = Number.NEGATIVE_INFINITY, vector } = query;
    if (!Number.isInteger(topK) || topK < 1) throw refusal(`topK: expected a whole number from 1, got ${topK}`, 'topK');
    this.#checkLength(vector);
    const { metric } = this.spec;
    return this.#select(query)
      .map((point) => {
        const distance = vectorDistance(metric, point.vector, vector);
        return { point, distance, score: toScore(metric, distance) };
      })
      .filter(({ score }) => score >= scoreThreshold)
      .sort((left, right) => left.distance - right.distance || (left.point.id < right.point.id ? -1 : 1))
      .slice(0, topK)
      .map(({ point, distance, score }, rank) => ({
        ...toStored(point, query.includeVector ?? false, query.includePayload ?? true),
        score,
        distance,
        rank,
      }));
  }

  #select({
    namespace = DEFAULT_NAMESPACE,
    allNamespaces = false,
    filter = {},
  }: VectorFilterRequest | VectorSearchQuery): Point[] {
    const node: FilterNode = parseVectorFilter(filter);
    return [...this.#points.values()].filter(
      (point) =>
        (allNamespaces || point.namespace === namespace) &&
        this.#isAlive(point) &&
        matchesNode(point.payload ?? {}, node),
    );
  }

  #isAlive({ expiresAtMs }: Point): boolean {
    return expiresAtMs === undefined || expiresAtMs > this.#now();
  }

  #toPoint({ id, vector, payload, namespace = DEFAULT_NAMESPACE, expiresAt }: VectorDocument): Point {
    if (id === '') throw refusal('documents: a document has an empty id', 'documents');
    this.#checkLength(vector);
    if (payload !== undefined) checkPayload(payload);
    return {
      id,
      vector: [...vector],
      namespace,
      ...(payload === undefined ? {} : { payload: structuredClone(payload) }),
      ...(expiresAt === undefined ? {} : { expiresAtMs: expiresAt.getTime() }),
    };
  }

  #checkLength(vector: readonly number[]): void {
    const { dimensions, name } = this.spec;
    if (vector.length !== dimensions) {
      throw refusal(`vector: "${name}" has ${dimensions} dimensions, got ${vector.length}`, 'vector');
    }
    if (!vector.every((value) => Number.isFinite(value))) throw refusal('vector: expected finite numbers', 'vector');
  }
}

/** A point as a store gives it back. */
export function toStored(
  { id, vector, payload, namespace, expiresAtMs }: Point,
  includeVector: boolean,
  includePayload: boolean | readonly string[] = true,
): StoredVectorDocument {
  const fields = typeof includePayload === 'boolean' ? undefined : includePayload;
  const shown =
    payload === undefined || fields === undefined
      ? payload
      : Object.fromEntries(Object.entries(payload).filter(([name]) => fields.includes(name)));
  return {
    id,
    ...(includeVector ? { vector: [...vector] } : {}),
    ...(shown === undefined || includePayload === false ? {} : { payload: structuredClone({ ...shown }) }),
    ...(namespace === DEFAULT_NAMESPACE ? {} : { namespace }),
    ...(expiresAtMs === undefined ? {} : { expiresAt: new Date(expiresAtMs).toISOString() }),
  };
}

/** What JSON cannot carry is refused by name instead of being changed on the way. */
function checkPayload(value: unknown, path = 'payload', depth = 0): void {
  if (depth > 64) throw refusal(`${path}: is nested too deep`, 'payload');
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') {
    throw new IntegrationError({
      code: 'invalid_request',
      field: path,
      message: `${path}: a ${typeof value} is no JSON`,
    });
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw refusal(`${path}: expected a finite number`, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries(value)) checkPayload(item, `${path}.${name}`, depth + 1);
}

function keyOf(namespace: string, id: string): string {
  return JSON.stringify([namespace, id]);
}
