import { type Static, Type } from '@mortise/core/schema';

/** A service that the gateway reaches, such as `github`. */
export const GatewayToolkit = Type.Object(
  {
    slug: Type.String({ minLength: 1 }),
    name: Type.String(),
    description: Type.Optional(Type.String()),
    categories: Type.Optional(Type.Array(Type.String(), { description: 'Domains, such as `payments`' })),
    toolCount: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { title: 'GatewayToolkit' },
);
export type GatewayToolkit = Static<typeof GatewayToolkit>;

/** What a tool does to the world, as far as the gateway says; the hints of MCP. Absent: not known, so take it for the worst. */
export const GatewayToolHints = Type.Object({
  readOnly: Type.Optional(Type.Boolean()),
  destructive: Type.Optional(Type.Boolean({ description: 'May delete or overwrite' })),
  idempotent: Type.Optional(Type.Boolean({ description: 'A repeat has no further effect' })),
  openWorld: Type.Optional(Type.Boolean({ description: 'Reaches beyond the service, such as by sending mail' })),
});
export type GatewayToolHints = Static<typeof GatewayToolHints>;

/** A tool in one of its versions. */
export const GatewayTool = Type.Object(
  {
    slug: Type.String({ minLength: 1, description: 'Such as `GITHUB_CREATE_ISSUE`' }),
    version: Type.String({ minLength: 1, description: 'Such as `20250902_00`; never `latest`' }),
    name: Type.String(),
    description: Type.Optional(Type.String()),
    toolkit: Type.String({ minLength: 1 }),
    inputSchema: Type.Record(Type.String(), Type.Unknown(), { description: 'JSON Schema of the arguments' }),
    outputSchema: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    scopes: Type.Optional(Type.Array(Type.String(), { description: 'What the connected account must have granted' })),
    hints: GatewayToolHints,
    deprecated: Type.Optional(Type.Boolean()),
    latestVersion: Type.Optional(Type.String({ description: 'Where this version is not the latest' })),
  },
  { title: 'GatewayTool' },
);
export type GatewayTool = Static<typeof GatewayTool>;
