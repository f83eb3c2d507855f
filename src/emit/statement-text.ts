// Statements as TypeScript. A refusal is an early return: the guest undoes what the call has written.
import { must } from '../core/errors.js';
import type { StateEvent } from '../spec/machine-model.js';
import type { Expr, Statement } from '../spec/model.js';
import { atom, quote } from './code.js';
import { condition, placeOf } from './expression-text.js';
import { both } from './facts.js';
import { hardline, indent, join, type Doc } from './layout.js';
import { writeEach } from './loop-text.js';
import { columnOf } from './path-text.js';
import { ifHead, refuseIf } from './refuse-text.js';
import { innerBlock, writesOf, wrote, type Block, type RowVariable } from './scope.js';
import { entityOf } from './type-text.js';
import { putRow, targetRow, writeCreate, writeDelete, writeSet } from './write-text.js';

type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>;

/** Writes statements in order. */
export function writeStatements(statements: readonly Statement[], block: Block): void {
  for (const statement of statements) {
    if (statement.kind === 'fire') writeFire(statement, block);
    else if (statement.kind === 'set') writeSet(statement, block);
    else if (statement.kind === 'create') writeCreate(statement, block);
    else if (statement.kind === 'delete') writeDelete(statement, block);
    else if (statement.kind === 'if') writeIf(statement, block);
    else writeEach(statement, block, writeStatements);
  }
}

function writeFire(statement: Of<'fire'>, block: Block): void {
  const entity = entityOf(block.file.domain, statement.entity);
  const machine = must(entity.machine, `states of ${entity.name}`);
  const event = must(
    machine.events.find((candidate) => candidate.name === statement.event),
    `event ${statement.event}`,
  );
  const row = targetRow(statement.row, block);
  checkState(statement.row, row, event, machine.states, block);
  putRow(row, [['status', atom(quote(event.to))]], block, event.to, event.to);
}

// A check whose outcome is known, from an earlier requirement, is left out.
function checkState(
  path: Expr,
  row: RowVariable,
  event: StateEvent,
  states: readonly string[],
  block: Block,
): void {
  const written = row.versions.find(
    (version) => !version.stale.has('status') && version.status !== undefined,
  );
  if (written?.status !== undefined && event.from.includes(written.status)) return;
  const type = { kind: 'enum', of: states } as const;
  const status: Expr = { kind: 'member', of: path, attr: 'status', column: 'status', type };
  const text = columnOf(path, 'status', placeOf(block)).reference;
  const possible = (text === undefined ? undefined : block.facts.get(text)?.values) ?? new Set(states);
  if ([...possible].every((state) => event.from.includes(String(state)))) return;
  const bool = { kind: 'bool' } as const;
  const other = event.from
    .map((state): Expr => {
      const literal: Expr = { kind: 'literal', value: state, type };
      return { kind: 'binary', op: '!=', left: status, right: literal, type: bool };
    })
    .reduce((left, right) => ({ kind: 'binary', op: 'and', left, right, type: bool }));
  const test = condition(other, block);
  refuseIf(test, event.code, event.message, block);
  block.facts = both(block.facts, test.whenFalse);
}

function writeIf(statement: Of<'if'>, block: Block): void {
  const turned = statement.then.length === 0;
  const test = condition(statement.condition, block, !turned);
  const [first, second] = turned ? [statement.else, statement.then] : [statement.then, statement.else];
  if (first.length === 0) return;
  const yes = innerBlock(block, test.whenTrue);
  writeStatements(first, yes);
  const no = innerBlock(block, test.whenFalse);
  writeStatements(second, no);
  const otherwise = elseDoc(second, no);
  block.lines.push([ifHead(test), indent([hardline, body(yes)]), hardline, '}', otherwise]);
  for (const { entity, columns } of writesOf(statement.then.concat(statement.else)))
    wrote(block, entity, columns);
}

function elseDoc(statements: readonly Statement[], block: Block): Doc {
  if (statements.length === 0) return '';
  const [only, ...others] = block.lines;
  const chained = statements[0]?.kind === 'if' && only !== undefined && others.length === 0;
  return chained ? [' else ', only] : [' else {', indent([hardline, body(block)]), hardline, '}'];
}

/** The statements of a block, as one document. */
function body(block: Block): Doc {
  return join(hardline, block.lines);
}
