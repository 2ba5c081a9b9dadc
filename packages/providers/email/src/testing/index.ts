export type { EmailTestRunner } from './check-email-provider.ts';
export { checkEmailProvider, describeEmailProvider, emailConformanceCases } from './check-email-provider.ts';
export type {
  EmailConformanceTarget,
  EmailSubject,
  EmailSubjectAddresses,
  EmailSubjectSetup,
} from './conformance-target.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type { InMemoryEmailProviderOptions } from './in-memory/in-memory-email-provider.ts';
export { InMemoryEmailProvider } from './in-memory/in-memory-email-provider.ts';
export type { InMemoryTemplate } from './in-memory/outgoing-mail.ts';
export type { ArrivingMail, InMemoryPostOfficeOptions } from './in-memory/post-office.ts';
export { InMemoryPostOffice } from './in-memory/post-office.ts';
export type { Mailbox } from './in-memory/mailbox.ts';
export { inMemoryEmailTarget } from './in-memory-target.ts';
