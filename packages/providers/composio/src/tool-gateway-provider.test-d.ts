import { describe, expectTypeOf, it } from 'vitest';
import type { CompleteToolGatewayProvider } from './complete.ts';
import type { GatewayToolCall, GatewayToolResult } from './model/tool-call.ts';
import type { ToolGatewayProvider } from './tool-gateway-provider.ts';

describe('the interface', () => {
  it('tells success from failure', () => {
    const read = (result: GatewayToolResult): unknown => {
      if (result.ok) {
        expectTypeOf(result.error).toEqualTypeOf<undefined>();
        return result.data;
      }
      expectTypeOf(result.data).toEqualTypeOf<undefined>();
      return result.error.code;
    };
    expectTypeOf(read).toBeFunction();
  });

  it('wants a version and a user with every call', () => {
    // @ts-expect-error the version is missing
    const unpinned: GatewayToolCall = { tool: 'x', arguments: {}, userId: 'u' };
    // @ts-expect-error the user is missing
    const anonymous: GatewayToolCall = { tool: 'x', version: '1', arguments: {} };
    expectTypeOf([unpinned, anonymous]).not.toBeAny();
  });

  it('has no optional part left when complete', () => {
    expectTypeOf<CompleteToolGatewayProvider['proxy']>().toBeFunction();
    expectTypeOf<CompleteToolGatewayProvider>().toExtend<ToolGatewayProvider>();
  });
});
