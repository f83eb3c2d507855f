// Invariants as TypeScript: what must hold of one row, and which rows to judge again after a change.
import { Bug, must } from '../core/errors.js';
import type { Entity, Expr, Invariant } from '../spec/model.js';
import {
  arrow,
  arrowBody,
  atLevel,
  atom,
  binary,
  conditional,
  constant,
  levels,
  list,
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
import { hardline, indent, type Doc } from './layout.js';
import type { FileNeeds } from './file-needs.js';
import { rowVariable, spoken, startBlock, tableOf, type Block } from './scope.js';
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
          ways === 'all' || ways.some(turnsDownTwice)
            ? "'all'"
            : touchedRows(entityOf(file.domain, entity), ways, file),
        ]);
  const touches = touched.map(([entity, rows]): Doc => [hardline, `${entity}: `, rows, ',']);
  const fields: Doc[] = [
    `of: ${judged === undefined ? 'null' : quote(judged.of)},`,
    `holds: ${name},`,
    touches.length === 0 ? 'touchedBy: {},' : ['touchedBy: {', indent(touches), hardline, '},'],
  ];
  return [`${invariant.id}: {`, indent(fields.map((field): Doc => [hardline, field])), hardline, '},'];
}

// After a step up the way goes on for each of many rows; there only single steps down are followed.
function turnsDownTwice(way: readonly Step[]): boolean {
  const up = way.findIndex((step) => step.go === 'up');
  return up >= 0 && way.some((step, at) => at > up && step.go === 'down' && way[at + 1]?.go === 'down');
}

/** `(db: Db, copy: Copy) => db.loans.where('copy_id', copy.copy_id)` */
function touchedRows(entity: Entity, ways: readonly (readonly Step[])[], file: FileNeeds): Doc {
  const block = startBlock(file, []);
  const row = block.names.take(entity.snake);
  file.types.add(entity.name);
  const head = `(db: Db, ${row}: ${entity.name}) =>`;
  const [only, ...others] = ways;
  if (only !== undefined && others.length === 0) {
    const { lines, code } = walked(only, reference(row), block);
    if (lines.length === 0) return [head, arrowBody(code)];
    const all = [...lines, returns(code)].map((one): Doc => [hardline, one]);
    return [head, ' {', indent(all), hardline, '}'];
  }
  const walks = ways.map((way) => walked(way, reference(row), block));
  // A way that may end early cannot stand among others.
  if (walks.some(({ lines }) => lines.length > 0)) return "'all'";
  return [
    head,
    arrowBody(list(walks.map(({ code }): Doc => code.item ?? ['...', atLevel(code, levels.atom)]))),
  ];
}

interface Rows extends Code {
  /** For a list of one: the item. */
  readonly item?: Doc;
}

interface Walked {
  /** Rows on the way that are looked up first. */
  readonly lines: readonly Doc[];
  readonly code: Rows;
}

/** The rows at the end of a way that begins at a row. */
function walked(way: readonly Step[], row: Code, block: Block): Walked {
  const [step, next, ...rest] = way;
  const down = step?.go === 'down' && next?.go === 'down';
  if (!down) return { lines: [], code: rowsOn(way, row, block) };
  const target = entityOf(block.file.domain, step.target);
  const name = block.names.take(target.snake);
  const found = method(tableOf(block, target), 'get', [property(row, step.column)]);
  const onwards = walked([next, ...rest], reference(name), block);
  return {
    lines: [constant(name, found), `if (!${name}) return [];`, ...onwards.lines],
    code: onwards.code,
  };
}

function rowsOn(way: readonly Step[], row: Code, block: Block): Rows {
  const [step, ...rest] = way;
  if (step === undefined) return { ...list([row.doc]), item: row.doc };
  const { domain } = block.file;
  const [owner, target] = [entityOf(domain, step.owner), entityOf(domain, step.target)];
  if (step.go === 'up') return rowsReferring(owner, step.column, property(row, target.key), rest, block);
  const id = property(row, step.column);
  const column = must(
    owner.columns.find((candidate) => candidate.column === step.column),
    step.column,
  );
  const [next, ...further] = rest;
  if (next?.go === 'up') {
    const rows = rowsReferring(entityOf(domain, next.owner), next.column, id, further, block);
    // No row is referred to: asking for rows that refer to null would find others.
    return column.type.nullable === true
      ? conditional(binary(id, '===', atom('null')), atom('[]'), rows)
      : rows;
  }
  if (next !== undefined) throw new Bug('a way goes down twice behind a turn');
  const found = method(tableOf(block, target), 'get', [id]).doc;
  return { ...list([found]), item: found };
}

function rowsReferring(owner: Entity, column: string, id: Code, rest: readonly Step[], block: Block): Code {
  const rows = method(tableOf(block, owner), 'where', [atom(quote(column)), id]);
  if (rest.length === 0) return rows;
  const name = identifier(owner.snake);
  return method(rows, 'flatMap', [arrow(name, rowsOn(rest, reference(name), block))]);
}
