/** Lint rules of the house that oxlint itself does not have. */

const noExportStar = {
  create(context) {
    return {
      ExportAllDeclaration(node) {
        context.report({
          node,
          message: 'Export by name: a star hides what an entry offers and breaks the build on a clash.',
        });
      },
    };
  },
};

const BARE = new Set(['Error', 'AggregateError', 'TypeError', 'RangeError', 'SyntaxError', 'EvalError', 'URIError']);

/** Catches `throw new Error()`, `throw Error()` and `reject(new Error())`: callers can act on none of them. */
const noBareError = {
  create(context) {
    const report = (node) => {
      if (node?.type !== 'NewExpression' && node?.type !== 'CallExpression') return;
      if (node.callee.type !== 'Identifier' || !BARE.has(node.callee.name)) return;
      context.report({
        node,
        message: `Use an error with a code (it extends MortiseError) instead of a bare ${node.callee.name}.`,
      });
    };
    return {
      ThrowStatement: (node) => report(node.argument),
      CallExpression: (node) => {
        const name = node.callee.type === 'MemberExpression' ? node.callee.property.name : node.callee.name;
        if (name === 'reject') report(node.arguments[0]);
      },
    };
  },
};

export default {
  meta: { name: 'house' },
  rules: { 'no-export-star': noExportStar, 'no-bare-error': noBareError },
};
