// Expressions as text with every bracket written, and random expressions: for tests that read back.
import * as fc from 'fast-check';
import type { AggregateFn, BinaryOp } from '../../src/spec/model.js';
import type { SourceSyntax, Syntax } from '../../src/spec/syntax.js';

export function printed(syntax: Syntax): string {
  switch (syntax.kind) {
    case 'literal':
      if (syntax.type === 'duration') return `${String(syntax.value)}min`;
      return typeof syntax.value === 'string' ? JSON.stringify(syntax.value) : String(syntax.value);
    case 'literals':
      return `[${syntax.items.map(printed).join(', ')}]`;
    case 'name':
      return syntax.name;
    case 'member':
      return `${printed(syntax.of)}.${syntax.name}`;
    case 'unary':
      return `(${syntax.op} ${printed(syntax.of)})`;
    case 'binary':
      return `(${printed(syntax.left)} ${syntax.op} ${printed(syntax.right)})`;
    case 'call':
      return `${syntax.fn}(${syntax.args.map(printed).join(', ')})`;
    case 'aggregate': {
      const body = syntax.body === undefined ? '' : `: ${printed(syntax.body)}`;
      const where = syntax.where === undefined ? '' : ` where ${printed(syntax.where)}`;
      return `${syntax.fn}(${source(syntax.source)}${body}${where})`;
    }
  }
}

function source({ entity, variable, list }: SourceSyntax): string {
  return entity === undefined
    ? `${variable} in ${list === undefined ? '' : printed(list)}`
    : `${entity} ${variable}`;
}

const names = fc.constantFrom('loan', 'copy', 'x', 'due_date', 'minimum');
const operators = fc.constantFrom<BinaryOp>(
  'or',
  'and',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '*',
  '/',
);
const text = fc.string({ maxLength: 8 }).filter((one) => !/["\\]|[^\x20-\x7e]/.test(one));

export function randomSyntax(): fc.Arbitrary<Syntax> {
  const { tree } = fc.letrec<{ tree: Syntax; leaf: Syntax; path: Syntax }>((tie) => ({
    leaf: fc.oneof(
      fc.nat(1000).map((value): Syntax => ({ kind: 'literal', type: 'int', value })),
      fc.nat(1000).map((value): Syntax => ({ kind: 'literal', type: 'number', value: value + 0.5 })),
      fc.nat(1000).map((value): Syntax => ({ kind: 'literal', type: 'duration', value })),
      text.map((value): Syntax => ({ kind: 'literal', type: 'string', value })),
      fc.boolean().map((value): Syntax => ({ kind: 'literal', type: 'bool', value })),
      fc.constant<Syntax>({ kind: 'literal', type: 'null', value: null }),
      tie('path'),
    ),
    path: fc.oneof(
      { depthSize: 'small' },
      names.map((name): Syntax => ({ kind: 'name', name })),
      fc.record({ kind: fc.constant('member' as const), of: tie('path'), name: names }),
    ),
    tree: fc.oneof(
      { depthSize: 'small' },
      tie('leaf'),
      fc.record({
        kind: fc.constant('unary' as const),
        op: fc.constantFrom('not' as const, '-' as const),
        of: tie('tree'),
      }),
      fc.record({
        kind: fc.constant('binary' as const),
        op: operators,
        left: tie('tree'),
        right: tie('tree'),
      }),
      fc.record({
        kind: fc.constant('binary' as const),
        op: fc.constant('in' as const),
        left: tie('tree'),
        right: fc
          .array(tie('leaf'), { minLength: 1, maxLength: 3 })
          .map((items) => ({ kind: 'literals' as const, items })),
      }),
      fc.record({
        kind: fc.constant('call' as const),
        fn: fc.constantFrom('ceil', 'abs', 'date', 'whatever'),
        args: fc.array(tie('tree'), { maxLength: 3 }),
      }),
      fc.record(
        {
          kind: fc.constant('aggregate' as const),
          fn: fc.constantFrom<AggregateFn>('all', 'sum', 'min', 'max', 'list'),
          source: fc.oneof(
            fc.record({ entity: fc.constantFrom('Loan', 'VetSlot'), variable: names }),
            fc.record({ variable: names, list: tie('path') }),
          ),
          body: tie('tree'),
          where: tie('tree'),
        },
        { requiredKeys: ['kind', 'fn', 'source'] },
      ),
    ),
  }));
  return tree;
}
