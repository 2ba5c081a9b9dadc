export type { DocBlock } from '../../compat/integrations-docblock.ts';
export { tech_contracts_integrations_DocBlocks } from '../../compat/integrations-docblock.ts';
