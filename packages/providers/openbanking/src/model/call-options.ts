import type { CallOptions } from '@mortise/core';

/** Whether the user (PSU in the words of PSD2) asked for this very call. */
export interface OpenBankingPsuContext {
  readonly present: boolean;
  /** Sent to banks that want it as proof of presence. Personal data. */
  readonly ipAddress?: string;
  readonly userAgent?: string;
}

/** Options of a call to a bank. */
export interface OpenBankingCallOptions extends CallOptions {
  /** Absent: the user is not there. Banks limit such calls, usually to four a day. */
  readonly psu?: OpenBankingPsuContext;
}
