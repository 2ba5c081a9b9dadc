import { MortiseError } from '../errors/mortise-error.ts';

const MARKER = Symbol.for('@mortise/duplicate-contract-error');

/** A contract with the same key and version is registered already. Register each once, or raise the version. */
export class DuplicateContractError extends MortiseError<'DUPLICATE_CONTRACT'> {
  /** Kind of contract, such as `integration`. */
  readonly contractType: string;
  /** `<key>.v<version>` under which the first one is stored. */
  readonly contractKey: string;

  constructor(contractType: string, contractKey: string) {
    super({
      code: 'DUPLICATE_CONTRACT',
      message: `Duplicate contract: ${contractType} "${contractKey}" is registered already; register it once, or change its key or version`,
    });
    this.contractType = contractType;
    this.contractKey = contractKey;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `DuplicateContractError`, whichever copy of the package made it. */
  static override is(value: unknown): value is DuplicateContractError {
    return MortiseError.is(value) && MARKER in value;
  }
}
