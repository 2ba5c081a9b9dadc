import type { GatewayToolCall } from '../model/tool-call.ts';
import type { ToolGatewayConformanceTarget, ToolGatewaySubject } from './conformance-target.ts';
import type { ScriptedCatalog, ScriptedTool } from './scripted-catalog.ts';

const VERSION = '20250902_00';
const LATER = '20260101_00';

const MESSAGE_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['text'],
  properties: { text: { type: 'string', minLength: 1 }, count: { type: 'integer', minimum: 1 } },
};

function tool(slug: string, toolkit: string, more: Partial<ScriptedTool> = {}): ScriptedTool {
  return {
    slug,
    toolkit,
    version: VERSION,
    name: slug,
    inputSchema: MESSAGE_SCHEMA,
    hints: { readOnly: true },
    ...more,
  };
}

/** Nine hundred tools more, so that pages count. */
const MANY = Array.from({ length: 900 }, (_, index) => tool(`BULK_${String(index).padStart(3, '0')}`, 'bulk'));

export const CATALOG: ScriptedCatalog = {
  toolkits: [
    { slug: 'chat', name: 'Chat', categories: ['messaging'] },
    { slug: 'bank', name: 'Bank', categories: ['Open-Banking'] },
    { slug: 'bulk', name: 'Bulk', categories: ['other'] },
  ],
  tools: [
    tool('CHAT_SAY', 'chat', { latestVersion: LATER }),
    tool('CHAT_SAY', 'chat', { version: LATER }),
    tool('CHAT_FAIL', 'chat', {
      run: () => ({ successful: false, code: 'channel_not_found', message: 'There is no such channel' }),
    }),
    tool('CHAT_PURGE', 'chat', { hints: { destructive: true } }),
    tool('CHAT_ODD', 'chat', { hints: {} }),
    tool('BANK_LIST', 'bank'),
    ...MANY,
  ],
};

/** A call that works, once `user-1` has an account for chat. */
export const SAY: GatewayToolCall = {
  tool: 'CHAT_SAY',
  version: LATER,
  arguments: { text: 'hello' },
  userId: 'user-1',
};

export const OLD_VERSION = VERSION;
export const NEW_VERSION = LATER;

/** Runs a check against a fresh provider and releases everything afterwards. */
export async function withSubject(
  target: ToolGatewayConformanceTarget,
  run: (subject: ToolGatewaySubject) => Promise<void>,
  credential = 'conformance-credential',
): Promise<void> {
  const subject = await target.open({ catalog: CATALOG, credential });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}
