import type { WebhookContract } from '@mortise/core';
import { describe, expectTypeOf, it } from 'vitest';
import {
  type InboundRequest,
  receiveWebhook,
  type ReplayStore,
  signWebhook,
  verifyWebhook,
  type WebhookFailureReason,
} from './index.ts';

declare const contract: WebhookContract;
declare const request: Request;

describe('results', () => {
  it('are told apart by ok, and by kind', async () => {
    const result = await verifyWebhook(contract, request, { secret: 's' });
    if (result.ok) {
      expectTypeOf(result.dedupeKey).toEqualTypeOf<string>();
      expectTypeOf(result.body).toEqualTypeOf<Uint8Array>();
      // @ts-expect-error A delivery has no reason.
      void result.reason;
    } else {
      expectTypeOf(result.reason).toEqualTypeOf<WebhookFailureReason>();
      // @ts-expect-error A failure shows nothing of the body.
      void result.body;
    }
    const received = await receiveWebhook(contract, request, {});
    if (received.kind === 'delivery') expectTypeOf(received.delivery.ok).toEqualTypeOf<true>();
    expectTypeOf(received.response.status).toEqualTypeOf<number>();
  });

  it('of signing are requests that verification takes', async () => {
    const sent = await signWebhook(contract, { body: '' }, {});
    expectTypeOf(sent).toExtend<InboundRequest>();
  });
});

it('takes requests of Fetch, of Node, and their parts; never a parsed body', () => {
  expectTypeOf(verifyWebhook).parameter(1).not.toBeAny();
  void verifyWebhook(contract, { headers: new Headers(), rawBody: new Uint8Array() }, {});
  void verifyWebhook(contract, { headers: { a: ['b'] }, rawBody: '' }, {});
  void verifyWebhook(contract, { rawHeaders: [], async *[Symbol.asyncIterator]() {} }, {});
  // @ts-expect-error A parsed body is not what was signed.
  void verifyWebhook(contract, { headers: {}, rawBody: { id: 1 } }, {});
  // @ts-expect-error A secret is text.
  void verifyWebhook(contract, request, { secret: 1 });
});

it('takes a store that answers at once, or later', () => {
  expectTypeOf<{ remember: () => true; forget: () => void }>().toExtend<ReplayStore>();
  expectTypeOf<{ remember: () => Promise<boolean>; forget: () => Promise<void> }>().toExtend<ReplayStore>();
});
