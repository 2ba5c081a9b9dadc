import { FakeClock } from '@mortise/testing';
import { signWebhook, standardWebhooks } from '@mortise/webhooks';
import type { ToolGatewayProvider } from '../tool-gateway-provider.ts';
import type { ToolGatewayConformanceTarget } from './conformance-target.ts';
import { InMemoryToolGateway } from './in-memory-tool-gateway.ts';

const SECRET = `whsec_${btoa('a secret of the in-memory gateway')}`;
const OTHER_SECRET = `whsec_${btoa('a secret that somebody else has')}`;

/**
 * The in-memory gateway as a target of the kit.
 *
 * @param wrap Puts something around the provider, such as the code of your own that is to be tested.
 */
export function inMemoryToolGatewayTarget(
  wrap: (gateway: InMemoryToolGateway) => ToolGatewayProvider = (gateway) => gateway,
): ToolGatewayConformanceTarget {
  return {
    open: async ({ catalog }) => {
      const clock = new FakeClock();
      const gateway = new InMemoryToolGateway({ catalog, webhookSecret: SECRET, now: clock.now, sleep: clock.sleep });
      return {
        provider: wrap(gateway),
        runs: () => gateway.runs,
        connect: (userId, toolkit, state = 'active') => {
          const { connectionId } = gateway.connections.ask(toolkit, userId);
          gateway.connections.setState(connectionId, state);
          return connectionId;
        },
        setState: (connectionId, state) => gateway.connections.setState(connectionId, state),
        requests: () => gateway.line.requests,
        openRequests: () => gateway.line.openRequests,
        hold: () => gateway.line.hold(),
        answerNextWith: (status) => gateway.line.answerNextWith(status),
        loseNextAnswer: () => gateway.loseNextAnswer(),
        deliver: async ({ isForged = false }) => {
          const rawBody = JSON.stringify({ type: 'trigger.message', trigger: 'CHAT_MESSAGE', data: { text: 'hi' } });
          const delivery = { body: rawBody, id: 'msg-1', timestampMs: clock.now() };
          const secrets = { signingSecret: isForged ? OTHER_SECRET : SECRET };
          const { headers } = await signWebhook(standardWebhooks(), delivery, secrets, { now: clock.now });
          return { headers, rawBody };
        },
        now: clock.now,
        sleep: clock.sleep,
        advance: (ms) => clock.advance(ms),
        close: () => gateway.close(),
      };
    },
  };
}
