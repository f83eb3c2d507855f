// Invariants as TypeScript: what must hold of one row, and which rows to judge again after a change.
import { must } from '../core/errors.js';
import type { Entity, Expr, Invariant } from '../spec/model.js';
import {
  arrow,
  atLevel,
  atom,
  levels,
  method,
  property,
  quote,
  reference,
  returns,
  type Code,
} from './code.js';
import { dependenciesOf, entitiesIn, type Step } from './dependencies.js';
import { conditionCode } from './condition-text.js';
import { placeOf } from './expression-text.js';
import { functionDoc } from './function-text.js';
import { functionName, identifier, type Names } from './identifiers.js';
import { group, hardline, indent, join, line, softline, ifBroken, type Doc } from './layout.js';
import { rowVariable, spoken, startBlock, tableOf, type Block, type FileNeeds } from './scope.js';
import { declareToday } from './today-text.js';
import { entityOf } from './type-text.js';
import { boundIn } from './variables.js';

/** The function and the entry of one invariant. */
export interface InvariantText {
  readonly declaration: Doc;
  readonly entry: Doc;
}

/** Writes an invariant. */
export function invariantText(invariant: Invariant, names: Names, file: FileNeeds): InvariantText {
  const judged = judgedRow(invariant.holds);
  const name = names.take(functionName(invariant.id));
  const spokenOf = [...(judged === undefined ? [] : [judged]), ...boundIn(invariant.holds)];
  const block = startBlock(file, spokenOf);
  const params: Doc[] = [];
  if (judged !== undefined) {
    const entity = entityOf(file.domain, judged.of);
    const row = spoken(block, judged.name);
    file.types.add(entity.name);
    block.variables.set(judged.name, rowVariable(entity, row));
    params.push([row, ': ', entity.name]);
  }
  const { condition, wanted } = judged ?? { condition: invariant.holds, wanted: true };
  block.lines.push(returns(conditionCode(condition, placeOf(block), wanted)));
  declareToday(block, 0);
  const declaration = functionDoc({
    name,
    doc: invariant.doc ?? `${invariant.id}: ${invariant.source}`,
    params: [[block.needs.db ? 'db' : '_db', ': Db'], ...params],
    result: 'boolean',
    lines: block.lines,
    exported: false,
  });
  return { declaration, entry: entry(invariant, name, judged, file) };
}

interface Judged {
  readonly name: string;
  readonly entity: string; // in snake case
  readonly of: string;
  readonly condition: Expr;
  readonly wanted: boolean;
}

/** The row that is judged on its own: of `all(Loan l: …)` and of `not exists(Loan l where …)`. */
function judgedRow(holds: Expr): Judged | undefined {
  const negated = holds.kind === 'unary' && holds.op === 'not' ? holds.of : undefined;
  const over = negated ?? holds;
  if (over.kind !== 'aggregate' || over.fn !== (negated === undefined ? 'all' : 'exists')) return undefined;
  if (over.variableType.kind !== 'row' || 'list' in over.source) return undefined;
  const part = negated === undefined ? over.body : over.where;
  if (part === undefined) return undefined;
  const bool = { kind: 'bool' } as const;
  const outside: Expr | undefined =
    negated === undefined && over.where !== undefined
      ? { kind: 'unary', op: 'not', of: over.where, type: bool }
      : undefined;
  const condition: Expr =
    outside === undefined ? part : { kind: 'binary', op: 'or', left: outside, right: part, type: bool };
  const { entity } = over.source;
  const snake = entity.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return { name: over.variable, entity: snake, of: entity, condition, wanted: negated === undefined };
}

function entry(invariant: Invariant, name: string, judged: Judged | undefined, file: FileNeeds): Doc {
  const touched: [string, Doc][] =
    judged === undefined
      ? entitiesIn(invariant.holds).map((entity) => [entity, "'all'"])
      : [...dependenciesOf(judged.condition, judged.name)].map(([entity, ways]) => [
          entity,
          ways === 'all' ? "'all'" : touchedRows(entityOf(file.domain, entity), ways, file),
        ]);
  const touches = touched.map(([entity, rows]): Doc => [hardline, `${entity}: `, rows, ',']);
  const fields: Doc[] = [
    `of: ${judged === undefined ? 'null' : quote(judged.of)},`,
    `holds: ${name},`,
    touches.length === 0 ? 'touchedBy: {},' : ['touchedBy: {', indent(touches), hardline, '},'],
  ];
  return [`${invariant.id}: {`, indent(fields.map((field): Doc => [hardline, field])), hardline, '},'];
}

/** `(db: Db, copy: Copy) => db.loans.where('copy_id', copy.copy_id)` */
function touchedRows(entity: Entity, ways: readonly (readonly Step[])[], file: FileNeeds): Doc {
  const row = identifier(entity.snake);
  const block = startBlock(file, []);
  file.types.add(entity.name);
  const found = ways.map((way) => rowsOn(way, reference(row), block));
  const [only, ...others] = found;
  const all =
    only !== undefined && others.length === 0
      ? only.doc
      : list(found.map((code): Doc => code.item ?? ['...', atLevel(code, levels.atom)]));
  return [`(db: Db, ${row}: ${entity.name}) =>`, group(indent([line, all]))];
}

interface Rows extends Code {
  /** For a list of one: the item. */
  readonly item?: Doc;
}

/** The rows at the end of a way that begins at a row. */
function rowsOn(way: readonly Step[], row: Code, block: Block): Rows {
  const [step, ...rest] = way;
  if (step === undefined) return { ...atom(['[', row.doc, ']']), item: row.doc };
  const { domain } = block.file;
  const [owner, target] = [entityOf(domain, step.owner), entityOf(domain, step.target)];
  if (step.go === 'up') return rowsReferring(owner, step.column, property(row, target.key), rest, block);
  const id = property(row, step.column);
  const [next, ...further] = rest;
  if (next?.go === 'up') {
    const column = must(
      owner.columns.find((candidate) => candidate.column === step.column),
      step.column,
    );
    const rows = rowsReferring(entityOf(domain, next.owner), next.column, id, further, block);
    // No row is referred to: asking for rows that refer to null would find others.
    return column.type.nullable === true ? conditional([id.doc, ' === null'], atom('[]'), rows) : rows;
  }
  const found = method(tableOf(block, target), 'get', [id]);
  if (next === undefined) return { ...atom(['[', found.doc, ']']), item: found.doc };
  const name = identifier(target.snake);
  const onwards = conditional(name, rowsOn(rest, reference(name), block), atom('[]'));
  return method(atom(['[', found.doc, ']']), 'flatMap', [
    arrow(name, { ...onwards, doc: ['(', onwards.doc, ')'] }),
  ]);
}

function rowsReferring(owner: Entity, column: string, id: Code, rest: readonly Step[], block: Block): Code {
  const rows = method(tableOf(block, owner), 'where', [atom(quote(column)), id]);
  if (rest.length === 0) return rows;
  const name = identifier(owner.snake);
  return method(rows, 'flatMap', [arrow(name, rowsOn(rest, reference(name), block))]);
}

function conditional(test: Doc, yes: Code, no: Code): Code {
  return { doc: group([test, indent([line, '? ', yes.doc, line, ': ', no.doc])]), level: levels.nullish };
}

function list(items: readonly Doc[]): Doc {
  return group(['[', indent([softline, join([',', line], items)]), ifBroken(','), softline, ']']);
}
