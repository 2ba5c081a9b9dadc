import { chat } from '../calls/chat.ts';
import { REFERENCES, storeJson } from '../credentials.ts';
import { ARCHIVE, ASSISTANT, BORROWER, NEWSLETTER, TRANSLATOR } from '../tenants.ts';
import type { Scenario } from './scenario.ts';

/** A key that the provider refuses, and its replacement while everything runs. */
export const wrongKey: Scenario = {
  title: 'A wrong key',
  async run({ call, tenants, llm, secrets, credentials }) {
    const question = 'Are all invoices paid?';
    await storeJson(secrets.vault, REFERENCES.tenantApiKey, { apiKey: credentials.revokedApiKey });
    await call({
      title: 'a key that the provider does not know: 401',
      tenant: tenants.globex,
      slot: ASSISTANT,
      operation: 'llm.chat',
      executor: chat(llm, question),
      expect: { outcome: 'unauthenticated', attempts: 1 },
    });
    await storeJson(secrets.vault, REFERENCES.tenantApiKey, { apiKey: credentials.tenantApiKey });
    await call({
      title: 'the right key again, as a new version',
      tenant: tenants.globex,
      slot: ASSISTANT,
      operation: 'llm.chat',
      executor: chat(llm, question),
      expect: { outcome: 'ok', attempts: 1 },
    });
  },
};

/** Calls that must not leave the house. */
export const refusedBeforeTheCall: Scenario = {
  title: 'Refused before the call',
  async run({ call, tenants, llm }) {
    const question = 'Are all invoices paid?';
    const { globex } = tenants;
    await call({
      title: 'a slot that nothing is bound to',
      tenant: globex,
      slot: NEWSLETTER,
      operation: 'email.send',
      executor: neverCalled,
      expect: { outcome: 'SLOT_NOT_BOUND', attempts: 0 },
    });
    await call({
      title: 'a connection that is disconnected',
      tenant: globex,
      slot: ARCHIVE,
      operation: 'sql.query',
      executor: neverCalled,
      expect: { outcome: 'CONNECTION_NOT_READY', attempts: 0 },
    });
    await call({
      title: 'a secret without the field that the spec wants',
      tenant: globex,
      slot: TRANSLATOR,
      operation: 'llm.chat',
      executor: chat(llm, question),
      expect: { outcome: 'SECRET_INVALID', attempts: 0 },
    });
    await call({
      title: "a tenant that reaches for the host's key",
      tenant: globex,
      slot: BORROWER,
      operation: 'llm.chat',
      executor: chat(llm, question),
      expect: { outcome: 'SECRET_NOT_ALLOWED', attempts: 0 },
    });
  },
};

function neverCalled(): never {
  throw new Error('The guard made a call that it should have refused');
}
