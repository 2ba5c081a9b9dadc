import type { EmailConformanceTarget, EmailSubject, EmailSubjectSetup } from './conformance-target.ts';
import { InMemoryEmailProvider } from './in-memory/in-memory-email-provider.ts';
import { InMemoryPostOffice } from './in-memory/post-office.ts';

const OWN = 'me@office.example';
const SECRET = 'office-webhook-secret';
const START_MS = Date.UTC(2026, 0, 5, 9);
const ADDRESSES = {
  own: { email: OWN, name: 'Me' },
  peers: ['ann@peer.example', 'bob@peer.example', 'cleo@peer.example'],
  hardBounce: 'gone@peer.example',
  softBounce: 'full@peer.example',
  complaining: 'cross@peer.example',
} as const;

const SECRETS = { current: [SECRET], none: [], rotating: ['the-secret-before', SECRET] };

/** The in-memory provider as a target of the kit, for the kit's own tests and as a pattern for other targets. */
export function inMemoryEmailTarget(
  wrap: (provider: InMemoryEmailProvider) => Pick<EmailSubject, 'outbound' | 'inbound'> = (provider) => ({
    outbound: provider,
    inbound: provider,
  }),
): EmailConformanceTarget {
  return { open: (setup) => Promise.resolve(openSubject(setup, wrap)) };
}

function openSubject(
  { credential, isRefused = false, webhookSecrets = 'current' }: EmailSubjectSetup,
  wrap: (provider: InMemoryEmailProvider) => Pick<EmailSubject, 'outbound' | 'inbound'>,
): EmailSubject {
  let nowMs = START_MS;
  const now = (): number => nowMs;
  const { hardBounce, softBounce, complaining } = ADDRESSES;
  const bounces = { [hardBounce]: 'hard', [softBounce]: 'soft' } as const;
  const office = new InMemoryPostOffice({ now, bounces, complaints: [complaining] });
  const provider = new InMemoryEmailProvider(office, {
    address: OWN,
    credential,
    password: isRefused ? 'another one' : credential,
    webhookSecrets: SECRETS[webhookSecrets],
  });
  const mailbox = office.mailbox(OWN);
  return {
    ...wrap(provider),
    addresses: ADDRESSES,
    receivedBy: (address) => Promise.resolve(office.receivedBy(address)),
    arrive: (mail) => Promise.resolve(office.deliver(OWN, mail)),
    remove: (id) => Promise.resolve(mailbox.remove(id, new Date(nowMs).toISOString())),
    forgetChanges: () => Promise.resolve(mailbox.forgetChanges()),
    deliver: () => office.signedEvents(SECRET),
    advance: async (ms) => {
      nowMs += ms;
    },
    now,
    stall: () => provider.stall(),
    close: () => Promise.resolve(),
  };
}
