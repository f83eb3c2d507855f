// guards.ts: the policies that a call can be judged by, as code, and what must hold of every state.
import type { Domain, Expr, Policy, Tool } from '../spec/model.js';
import { judgesCalls, ruleOn } from '../spec/rule.js';
import { must } from '../core/errors.js';
import { lineItemOf, rowFields } from '../spec/line-item.js';
import { bindParams } from './bind-text.js';
import { atom, constant, method, reference, returns } from './code.js';
import { conditionCode } from './condition-text.js';
import { placeOf } from './expression-text.js';
import { functionDoc } from './function-text.js';
import { capital, functionName, identifier, startNames, tableNames, type Names } from './identifiers.js';
import { invariantText } from './invariant-text.js';
import { hardline, indent, join, print, type Doc } from './layout.js';
import { emittedFile } from './module-text.js';
import { startNeeds, type FileNeeds } from './file-needs.js';
import { rowVariable, startBlock, tableOf } from './scope.js';
import { returnIf } from './refuse-text.js';
import { declareToday } from './today-text.js';
import { argumentsType, entityOf } from './type-text.js';
import { boundIn, readIn } from './variables.js';

/** The text of guards.ts. */
export function guardsFile(domain: Domain): string {
  const file = startNeeds(domain, ['type Guard', 'type Invariant'], ['Db']);
  const names = startNames(tableNames(domain));
  const judged = domain.policies.map((policy) => ({ policy, cases: casesOf(policy, domain) }));
  const written = judged.flatMap(({ policy, cases }) =>
    cases === undefined ? [] : [policyText(policy, cases, names, file)],
  );
  const invariants = domain.invariants.map((invariant) => invariantText(invariant, names, file));
  const body = join(
    [hardline, hardline],
    [
      ...written.flatMap((policy) => policy.declarations),
      table(
        'guards',
        'Readonly<Record<string, Readonly<Record<string, Guard<Db>>>>>',
        written.map((policy) => policy.entry),
      ),
      ...invariants.map((invariant) => invariant.declaration),
      table(
        'invariants',
        'Readonly<Record<string, Invariant<Db>>>',
        invariants.map((invariant) => invariant.entry),
      ),
    ],
  );
  const told = domain.policies.some((policy) => policy.kind === 'conceal' && policy.unless !== undefined);
  const about =
    `${domain.title}: what policies ask of a call (true: it complies; a call that names a missing row does), ` +
    `${told ? 'whether a row may be told of, ' : ''}and what must hold of every state.`;
  return emittedFile(file, about, print(body));
}

function table(name: string, type: string, entries: readonly Doc[]): Doc {
  const rows: Doc =
    entries.length === 0
      ? '{};'
      : ['{', indent(entries.map((entry): Doc => [hardline, entry])), hardline, '};'];
  return [`export const ${name}: ${type} = `, rows];
}

interface Written {
  readonly declarations: readonly Doc[];
  readonly entry: Doc;
}

/** What a policy judges: calls of a tool, or the telling of an entity's rows. */
interface JudgedCase {
  readonly key: string;
  readonly tool: Pick<Tool, 'name' | 'params'>;
  readonly condition: Expr;
  readonly wanted: boolean;
  /** The answer where it asks for a caller and nobody is identified. */
  readonly nobody: boolean;
}

function casesOf(policy: Policy, domain: Domain): readonly JudgedCase[] | undefined {
  if (policy.kind === 'conceal') {
    const { unless } = policy;
    return (
      unless &&
      Object.entries(unless).map(([key, condition]) => {
        const { key: name, snake } = entityOf(domain, key);
        const type = { kind: 'row', entity: key } as const;
        const tool = { name: snake, params: [{ name, binds: snake, type, optional: false }] };
        return { key, tool, condition, wanted: true, nobody: false };
      })
    );
  }
  if (!judgesCalls(policy)) return undefined;
  return policy.on.flatMap((on): JudgedCase[] => {
    const tool = must(
      domain.tools.find((candidate) => candidate.name === on),
      on,
    );
    const rule = ruleOn(policy, tool);
    if (rule === undefined) return [];
    return [{ key: on, tool, condition: rule.condition, wanted: rule.complies, nobody: true }];
  });
}

// Tools for which a policy comes out as the same code share the function.
function policyText(policy: Policy, cases: readonly JudgedCase[], names: Names, file: FileNeeds): Written {
  const made = new Map<string, { name: string; doc: Doc }>();
  const texts = cases.map((judged) => {
    const guard = guardFunction(judged, file);
    return { judged, guard, text: print(guard('', '')) };
  });
  const distinct = new Set(texts.map(({ text }) => text)).size;
  const rows = texts.map(({ judged: { key, tool }, guard, text }): Doc => {
    let known = made.get(text);
    if (known === undefined) {
      const base = functionName(policy.id);
      const what = policy.kind === 'conceal' ? named(tool) : `a call that names ${named(tool)}`;
      const about = made.size === 0 ? policy.text : `${policy.id}, for ${what}.`;
      const name = names.take(distinct === 1 ? base : `${base}For${rowNames(tool)}`);
      known = { name, doc: guard(name, about) };
      made.set(text, known);
    }
    return [hardline, `${key}: ${known.name},`];
  });
  return {
    declarations: [...made.values()].map(({ doc }) => doc),
    entry: [`${policy.id}: {`, indent(rows), hardline, '},'],
  };
}

type Named = JudgedCase['tool'];

function rowNames(tool: Named): string {
  const names = rowParams(tool).map((param) => capital(identifier(param.binds)));
  return names.length === 0 ? capital(functionName(tool.name)) : names.join('And');
}

function named(tool: Named): string {
  const names = rowParams(tool).map(
    (param) => `${param.type.kind === 'list' ? '' : 'a '}${param.binds.replaceAll('_', ' ')}`,
  );
  return names.length === 0 ? 'no row' : names.join(' and ').replace(/\ba (?=[aeiou])/g, 'an ');
}

function rowParams(tool: Named): Tool['params'] {
  return tool.params.filter((param) => {
    const { type } = param;
    const item = lineItemOf(param);
    if (item !== undefined) return rowFields(item).length > 0;
    return type.kind === 'row' || (type.kind === 'list' && type.item.kind === 'row');
  });
}

/** The function of a guard, when it gets its name and documentation. */
function guardFunction(
  { condition, wanted, nobody, tool }: JudgedCase,
  file: FileNeeds,
): (name: string, doc: string) => Doc {
  const { domain } = file;
  const read = new Set(readIn(condition));
  const block = startBlock(file, [
    ...tool.params.map((param) => ({ name: param.binds })),
    { name: 'caller' },
    ...boundIn(condition),
  ]);
  bindParams(tool.params, block, { missing: () => 'true', same: () => 'true' }, (variable) =>
    read.has(variable),
  );
  if (read.has('caller')) {
    const entity = entityOf(domain, domain.caller);
    block.lines.push(
      constant('caller', method(tableOf(block, entity), 'get', [reference('context.caller')])),
    );
    block.lines.push(returnIf(atom('!caller'), String(nobody)));
    block.variables.set('caller', rowVariable(entity, 'caller'));
    file.imports.add('type GuardContext');
  }
  const bound = block.lines.length;
  block.lines.push(returns(conditionCode(condition, placeOf(block), wanted)));
  declareToday(block, bound);
  const shown = tool.params.filter((param) => read.has(param.binds) || rowParams(tool).includes(param));
  const withArgs = shown.length > 0 || read.has('caller');
  const params: Doc[] = [
    [block.needs.db ? 'db' : '_db', ': Db'],
    ...(withArgs
      ? [[block.needs.args ? 'args' : '_args', ': ', shown.length === 0 ? 'object' : argumentsType(shown)]]
      : []),
    ...(read.has('caller') ? ['context: GuardContext'] : []),
  ];
  return (name, doc) =>
    functionDoc({ name, doc, params, result: 'boolean', lines: block.lines, exported: false });
}
