import shared from '../../../tooling/vitest.config.ts';

/**
 * `pg` loads `pg-pool` with `require`. The shared conditions hold `import`, which Node would then honour for `require` too.
 */
export default { ...shared, ssr: { resolve: { conditions: ['@mortise/source', 'node'] } } };
