import type { EmailInboundProvider } from '../email-inbound-provider.ts';
import type { EmailMessage } from '../model/message.ts';
import type { EmailOutboundMessage } from '../model/outbound-message.ts';
import { fail } from './conformance-failure.ts';
import type { EmailConformanceTarget, EmailSubject, EmailSubjectSetup } from './conformance-target.ts';

const CREDENTIAL = 'conformance-credential';

/** Runs a check against a fresh provider and releases everything afterwards. */
export async function withSubject(
  target: EmailConformanceTarget,
  run: (subject: EmailSubject) => Promise<void>,
  setup: Partial<EmailSubjectSetup> = {},
): Promise<void> {
  const subject = await target.open({ credential: CREDENTIAL, ...setup });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

/** A small mail from the subject to its first peer. */
export function mailFrom(
  { addresses }: EmailSubject,
  fields: Partial<EmailOutboundMessage> = {},
): EmailOutboundMessage {
  return {
    from: { ...addresses.own },
    to: [{ email: addresses.peers[0] }],
    subject: 'Conformance',
    textBody: 'Hello',
    ...fields,
  };
}

/** The inbound half, which the check has asked for. */
export function inboundOf(subject: EmailSubject): EmailInboundProvider {
  return subject.inbound ?? fail('the provider reads no mail');
}

/** A mail that arrives in the mailbox; gives its id. */
export function arrive(
  subject: EmailSubject,
  mail: Partial<Parameters<NonNullable<EmailSubject['arrive']>>[0]> = {},
): Promise<string> {
  const { own, peers } = subject.addresses;
  const deliver = subject.arrive ?? fail('the target lets no mail arrive');
  return deliver({
    from: { email: peers[0] },
    to: [own],
    subject: 'News',
    textBody: 'Hello',
    sentAt: new Date(subject.now()),
    ...mail,
  });
}

/** The one mail that a peer got. */
export async function onlyMailOf(subject: EmailSubject, address: string): Promise<EmailMessage> {
  const mails = await subject.receivedBy(address);
  if (mails.length !== 1) fail(`expected one mail for ${address}, got ${mails.length}`);
  return mails[0] ?? fail('no mail');
}

/** Value of the first header of a name, whatever its case. */
export function headerOf({ headerList = [] }: EmailMessage, name: string): string | undefined {
  return headerList.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;
}
