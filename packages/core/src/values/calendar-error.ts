import { MortiseError } from '../errors/mortise-error.ts';

/** A text that is not a calendar date, an offset from UTC or a time zone. */
export class CalendarError extends MortiseError<'INVALID_DATE_ONLY' | 'INVALID_OFFSET'> {}
