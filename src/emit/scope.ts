// Where emission stands inside a function: the statements written so far, which constant holds which
// row, and how fresh it is. Rows do not change: a write makes a new one, and constants that hold the
// old one, or another row of that entity which may be the same, go stale in the columns written.
// A column is read from a constant in which it is not stale; only where there is none, the row is
// read again. The interpreter, which reads the present state each time, is what this must agree with.
import { must } from '../core/errors.js';
import { atom, constant, method, reference, type Code } from './code.js';
import type { Doc } from './layout.js';
import { both, noFacts, type Facts } from './facts.js';
import type { FileNeeds } from './file-needs.js';
import { capital, functionName, startNames, tableNames, type Names } from './identifiers.js';
import type { Entity, Field, Statement } from '../spec/model.js';

/** A constant that holds a row as it was at some moment. */
export interface Version {
  /** Its name; a write whose result nobody asked for has none until then. */
  readonly name: () => string;
  readonly written?: PendingRow;
  readonly nullable: boolean;
  /** Columns that may have changed since. */
  readonly stale: ReadonlySet<string>;
  /** The status that was written. */
  readonly status?: string;
}

/** The row that a `put` or `add` gives back, named when it is first used. */
interface PendingRow {
  readonly call: Code;
  readonly line: Doc;
  name?: string;
}

export interface RowVariable {
  readonly kind: 'row';
  readonly entity: Entity;
  versions: readonly Version[];
  /** References that lead to it from a variable: writing one of them makes it another row. */
  readonly steps: readonly { readonly entity: string; readonly column: string }[];
}

export interface ListVariable {
  readonly kind: 'list';
  code: Code;
  /** The rows in it: its items themselves, or fields of its line items. */
  readonly rows: readonly { readonly entity: Entity; readonly field?: Field }[];
  readonly nullable: boolean;
  /** No row stands in it twice. */
  readonly distinct: boolean;
  /** Entities whose rows in it may have changed since. */
  stale: ReadonlySet<string>;
}

interface ValueVariable {
  readonly kind: 'value';
  readonly code: Code;
}

export type Variable = RowVariable | ListVariable | ValueVariable;

/** A block of statements of one function. */
export interface Block {
  readonly file: FileNeeds;
  readonly names: Names;
  /** What the variables of the spec are called. */
  readonly spoken: ReadonlyMap<string, string>;
  /** How often the function speaks of today's date; from the second time on it is a constant. */
  readonly today: { uses: number };
  /** Codes with which the function refuses, those for unknown ids apart. */
  readonly refusals: Set<string>;
  readonly needs: { db: boolean; args: boolean; context: boolean };
  readonly lines: Doc[];
  facts: Facts;
  readonly variables: Map<string, Variable>;
  readonly hops: Map<string, RowVariable>;
}

/** A variable of the spec and, where it stands for rows of one entity, its name in snake case. */
export interface SpokenVariable {
  readonly name: string;
  readonly entity?: string;
}

/** The outermost block of a function in which the spec speaks of these variables. */
export function startBlock(file: FileNeeds, variables: readonly SpokenVariable[]): Block {
  const tables = tableNames(file.domain);
  const names = startNames(tables);
  return {
    file,
    names,
    spoken: nameVariables(names, variables, (name) => tables.has(functionName(name))),
    today: { uses: 0 },
    refusals: new Set(),
    needs: { db: false, args: false, context: false },
    lines: [],
    facts: noFacts,
    variables: new Map(),
    hops: new Map(),
  };
}

// What the spec abbreviates to a letter is spelled out where that is clear: `l` is a loan.
function nameVariables(
  names: Names,
  variables: readonly SpokenVariable[],
  hidesTable: (name: string) => boolean,
): ReadonlyMap<string, string> {
  const entities = new Map<string, Set<string | undefined>>();
  for (const { name, entity } of variables)
    entities.set(name, new Set([...(entities.get(name) ?? []), entity]));
  const called = new Map<string, string>();
  const order = [...entities.keys()].sort(
    (left, right) => Number(left.length === 1) - Number(right.length === 1),
  );
  for (const name of order) {
    const [entity, ...others] = entities.get(name) ?? [];
    const spelled = name.length === 1 && entity !== undefined && others.length === 0 ? entity : undefined;
    called.set(
      name,
      (spelled === undefined ? undefined : names.tryTake(spelled)) ??
        names.take(hidesTable(name) ? `the_${name}` : name),
    );
  }
  return called;
}

/** A block inside another: it sees what is around it, and what it declares ends with it. */
export function innerBlock(outer: Block, facts: Facts): Block {
  return {
    ...outer,
    names: outer.names.inside(),
    lines: [],
    facts: both(outer.facts, facts),
    variables: new Map([...outer.variables].map(([name, variable]) => [name, { ...variable }])),
    hops: new Map([...outer.hops].map(([path, hop]) => [path, { ...hop }])),
  };
}

export function rowVariable(
  entity: Entity,
  name: string,
  nullable = false,
  steps: RowVariable['steps'] = [],
): RowVariable {
  return { kind: 'row', entity, versions: [{ name: () => name, nullable, stale: new Set() }], steps };
}

/** The name of the constant that was there first; for its key, or for whether it is null. */
export function firstName(row: RowVariable): string {
  const [first] = row.versions;
  return first === undefined ? '' : first.name();
}

/** The same as a word to make other names of: `line.model` is lineModel. */
export function firstWord(row: RowVariable): string {
  return firstName(row).replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** What a variable of the spec is called in code. */
export function spoken(block: Block, variable: string): string {
  return must(block.spoken.get(variable), `name of ${variable}`);
}

/** A table of `db`. */
export function tableOf(block: Block, entity: Entity): Code {
  block.needs.db = true;
  return reference(`db.${entity.table}`);
}

/** Notes an import from the guest library and gives its name. */
export function guest(block: Block, name: string): string {
  block.file.imports.add(name);
  return name;
}

/** Notes the function of a decision table as an import and gives its name. */
export function tableFunction(block: Block, table: string): string {
  const name = functionName(table);
  block.file.tables.add(name);
  return name;
}

/**
 * A constant in which what is wanted is not stale: one of which something is known, else the latest
 * that has a name. Where there is none the row is read again.
 */
export function versionWith(block: Block, row: RowVariable, wanted: Wanted, isThere: boolean): Version {
  const usable = usableVersion(block, row, wanted);
  if (usable !== undefined) return usable;
  const { code, nullable } = readAgain(block, row, isThere);
  const name = block.names.take(`current${capital(firstWord(row))}`);
  block.lines.push(constant(name, code));
  const version: Version = { name: () => name, nullable, stale: new Set() };
  row.versions = [...row.versions, version];
  return version;
}

/** What must not be stale: a column, or every column but some. */
export type Wanted = { readonly column: string } | { readonly allBut: readonly string[] };

/** As versionWith, without reading. */
export function usableVersion(block: Block, row: RowVariable, wanted: Wanted): Version | undefined {
  const isUsable = ({ stale }: Version): boolean =>
    'column' in wanted
      ? !stale.has(wanted.column)
      : [...stale].every((column) => wanted.allBut.includes(column));
  const usable = row.versions.filter(isUsable);
  const named = usable.filter(
    (version) => version.written === undefined || version.written.name !== undefined,
  );
  const known =
    'column' in wanted && named.find((version) => block.facts.has(`${version.name()}.${wanted.column}`));
  return known || (named.at(-1) ?? usable.at(-1));
}

/** The name of a row that the spec's checker proved to be there, wrapped where TypeScript does not see it. */
export function certainName(block: Block, name: string, nullable: boolean): string {
  if (!nullable || block.facts.get(name)?.present === true) return name;
  return `${guest(block, 'present')}(${name})`;
}

/** The row as it is now. */
export function readAgain(
  block: Block,
  row: RowVariable,
  isThere: boolean,
): { readonly code: Code; readonly nullable: boolean } {
  const old = firstName(row);
  const bound = row.versions[0]?.nullable === true;
  const nullable = bound && !isThere && block.facts.get(old)?.present !== true;
  const from = reference(`${nullable ? old : certainName(block, old, bound)}.${row.entity.key}`);
  const again = method(tableOf(block, row.entity), 'must', [from]);
  return { code: nullable ? atom([`${old} && `, again.doc]) : again, nullable };
}

/** After a write: rows of the entity are stale in the column, and paths through it lead elsewhere. */
export function wrote(
  block: Block,
  entity: string,
  columns: readonly string[],
  also: readonly RowVariable[] = [],
): void {
  const rows = new Set<Variable>([...block.variables.values(), ...block.hops.values(), ...also]);
  for (const variable of rows) {
    if (variable.kind === 'list') {
      if (variable.rows.some((row) => row.entity.name === entity))
        variable.stale = new Set([...variable.stale, entity]);
    } else if (variable.kind === 'row' && variable.entity.name === entity) {
      variable.versions = variable.versions.map((version) => ({
        ...version,
        stale: new Set([...version.stale, ...columns]),
      }));
    }
  }
  for (const [path, hop] of block.hops) {
    if (hop.steps.some((step) => step.entity === entity && columns.includes(step.column)))
      block.hops.delete(path);
  }
}

/** Writes `put` or `add` as a statement, which becomes a constant when its row is used later. */
export function pending(
  block: Block,
  written: Code,
  status: string | undefined,
  nameIt: () => string,
): Version {
  const line = (): Doc => (row.name === undefined ? [written.doc, ';'] : constant(row.name, written));
  const row: PendingRow = { call: written, line };
  block.lines.push(line);
  return {
    name: () => (row.name ??= nameIt()),
    written: row,
    nullable: false,
    stale: new Set(),
    ...(status === undefined ? {} : { status }),
  };
}

/** What statements may write, by entity and column. */
export function writesOf(statements: readonly Statement[]): readonly { entity: string; columns: string[] }[] {
  return statements.flatMap((statement) => {
    switch (statement.kind) {
      case 'fire':
        return [{ entity: statement.entity, columns: ['status'] }];
      case 'set':
        return statement.assignments.map(({ entity, column }) => ({ entity, columns: [column] }));
      case 'if':
        return [...writesOf(statement.then), ...writesOf(statement.else)];
      case 'each':
        return writesOf(statement.do);
      default:
        return [];
    }
  });
}
