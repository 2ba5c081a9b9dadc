import type { OperationName } from './model/operations.ts';
import { ServiceError } from './service-error.ts';

/** An error of the service that is planned for requests to come. */
export interface PlannedError {
  /** As in `__type`: `ThrottlingException`, `DecryptionFailure`… */
  readonly type: string;
  /** Default: a text that says it was planned. */
  readonly message?: string;
  /** Default 400. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Only for requests of this operation. Absent: any. */
  readonly operation?: OperationName;
  /** Such requests that are served as usual first. Default 0. */
  readonly afterCalls?: number;
  /** How many it befalls. Default 1. */
  readonly times?: number;
}

/** Makes another answer of the JSON that is about to be sent; text goes out as it is. */
export type AnswerChange = (answer: Readonly<Record<string, unknown>>) => unknown;

/** What goes wrong in the service itself, as against on the wire. */
export class PlannedFaults {
  readonly #errors: { readonly error: PlannedError; passing: number; times: number }[] = [];
  readonly #changes: { readonly change: AnswerChange; readonly operation: OperationName | undefined }[] = [];

  addError(error: PlannedError): void {
    this.#errors.push({ error, passing: error.afterCalls ?? 0, times: error.times ?? 1 });
  }

  addChange(change: AnswerChange, operation?: OperationName): void {
    this.#changes.push({ change, operation });
  }

  /** @throws {ServiceError} The error that is planned for this request, if any. */
  raise(operation: OperationName): void {
    for (const [index, entry] of this.#errors.entries()) {
      const { error } = entry;
      if (error.operation !== undefined && error.operation !== operation) continue;
      if (entry.passing > 0) {
        entry.passing -= 1;
        continue;
      }
      entry.times -= 1;
      if (entry.times <= 0) this.#errors.splice(index, 1);
      const { type, message = 'An error that was planned', status = 400, headers = {} } = error;
      throw new ServiceError(type, message, { status, headers });
    }
  }

  /** The answer, changed where that is planned. */
  change(operation: OperationName, answer: unknown): unknown {
    const index = this.#changes.findIndex((entry) => entry.operation === undefined || entry.operation === operation);
    const [entry] = index < 0 ? [] : this.#changes.splice(index, 1);
    return entry === undefined ? answer : entry.change(Object.fromEntries(Object.entries(answer ?? {})));
  }
}
