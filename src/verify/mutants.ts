// All mutants of an emitted file in one module. Each unit (a tool, a guard on a tool, an invariant)
// stands in an object that names it; a mutant is a copy of the unit under another name in the same
// object, so that one guest holds the original and all its wrong versions, one type check judges all
// of them, and running a mutant costs what running a tool costs. The function of a decision table
// stands in no object: its wrong versions are functions beside it (table-mutants.ts runs them).
import { ts } from '../emit/syntax.js';
import { editsIn, type Edit, type Vocabulary } from './mutators.js';

/** A named piece of emitted code: path of names from the exported object, as ['guards', 'own', 'renew_loan']. */
export interface Unit {
  readonly path: readonly string[];
  /** The property of the object that names it, which mutants copy; null for the function of a table. */
  readonly property: ts.PropertyAssignment | null;
  /** Where its code stands: the property's own value, and functions that it names. */
  readonly parts: readonly Part[];
}

interface Part {
  readonly code: ts.Node;
  /** For a declared function: where the property names it. */
  readonly reference: ts.Identifier | null;
}

export interface Mutant {
  readonly id: string;
  readonly file: 'tables.ts' | 'tools.ts' | 'guards.ts';
  readonly unit: readonly string[];
  readonly operator: string;
  /** The name under which the wrong version stands beside the unit; of a table's, what follows the names of those that ask it. */
  readonly name: string;
  readonly diff: string;
}

interface Placed extends Mutant {
  readonly from: number;
  readonly to: number;
}

export interface MutantModule {
  /** The file with all mutants in it. */
  readonly text: string;
  /** With their place in the text. */
  readonly mutants: readonly Placed[];
}

/** Marks the name of a mutant: no tool, policy or invariant has such a name. */
export const mark = '~';

/** The units of an emitted file: the properties of its exported objects. A function that several name is of the first. */
export function unitsOf(source: ts.SourceFile): Unit[] {
  const functions = new Map<string, ts.FunctionDeclaration>();
  const objects = new Map<string, ts.ObjectLiteralExpression>();
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) {
      functions.set(statement.name.text, statement);
    }
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && initializer !== undefined && ts.isObjectLiteralExpression(initializer)) {
        objects.set(name.text, initializer);
      }
    }
  }
  const taken = new Set<ts.Node>();
  const units: Unit[] = [];
  const collect = (path: readonly string[], literal: ts.ObjectLiteralExpression, depth: number): void => {
    for (const property of literal.properties) {
      if (!ts.isPropertyAssignment(property)) continue;
      const here = [...path, nameOf(property)];
      if (depth > 0 && ts.isObjectLiteralExpression(property.initializer)) {
        collect(here, property.initializer, depth - 1);
        continue;
      }
      const parts = partsOf(property.initializer, functions).filter(({ code }) => !taken.has(code));
      for (const { code } of parts) taken.add(code);
      if (parts.length > 0) units.push({ path: here, property, parts });
    }
  };
  for (const [name, depth] of [
    ['tools', 0],
    ['guards', 1],
    ['invariants', 0],
  ] as const) {
    const literal = objects.get(name);
    if (literal !== undefined) collect([name], literal, depth);
  }
  return units;
}

/** The functions of decision tables, by the names of the tables. */
export function tableUnits(source: ts.SourceFile, names: readonly string[]): Unit[] {
  const functions = source.statements.filter(ts.isFunctionDeclaration);
  return functions.map((code, at) => ({
    path: ['tables', names[at] ?? ''],
    property: null,
    parts: [{ code, reference: null }],
  }));
}

/** The code of a value: itself, unless it only names a function, and the functions that it names. */
function partsOf(value: ts.Expression, functions: ReadonlyMap<string, ts.FunctionDeclaration>): Part[] {
  const parts: Part[] = ts.isIdentifier(value) ? [] : [{ code: value, reference: null }];
  const visit = (node: ts.Node): void => {
    const code = ts.isIdentifier(node) ? functions.get(node.text) : undefined;
    if (code !== undefined && ts.isIdentifier(node)) parts.push({ code, reference: node });
    ts.forEachChild(node, visit);
  };
  visit(value);
  return parts;
}

/** An edit of a part of a unit. */
export interface UnitEdit {
  readonly unit: Unit;
  readonly part: Part;
  readonly edit: Edit;
}

/** The edits of a unit, at most `limit`, spread evenly over its code. */
export function editsOf(
  unit: Unit,
  source: ts.SourceFile,
  words: Vocabulary,
  limit: number,
): readonly UnitEdit[] {
  const seen = new Set<string>();
  const edits = unit.parts
    .flatMap((part) => editsIn(part.code, source, words).map((edit) => ({ unit, part, edit })))
    .filter(({ edit }) => {
      const key = `${edit.start} ${edit.end} ${edit.text}`;
      const same = essence(edit.text) === essence(source.text.slice(edit.start, edit.end));
      return !same && !seen.has(key) && seen.add(key);
    });
  return spread(edits, limit);
}

/** Writes a mutant for each edit into one module. */
export function mutateFile(
  file: Mutant['file'],
  source: ts.SourceFile,
  edits: readonly (readonly UnitEdit[])[],
): MutantModule {
  const insertions = edits.flatMap((ofUnit) =>
    ofUnit.flatMap((one, index) => copyOf(file, one, index, source)),
  );
  return assemble(source.text, insertions);
}

interface Insertion {
  readonly at: number;
  readonly text: string;
  readonly mutant?: Mutant;
}

function copyOf(
  file: Mutant['file'],
  { unit, part, edit }: UnitEdit,
  index: number,
  source: ts.SourceFile,
): Insertion[] {
  const { text } = source;
  const unitName = unit.path[unit.path.length - 1] ?? '';
  const { property } = unit;
  const name = `${property === null ? mark : ''}${unitName}${mark}${index + 1}`;
  const mutant: Mutant = {
    id: `${unit.path.join('/')}${mark}${index + 1}`,
    file,
    unit: unit.path,
    operator: edit.operator,
    name,
    diff: diffOf(text, edit),
  };
  if (property === null) return [copyOfFunction(part.code, edit, index, mutant, source, 'export ')];
  const { initializer } = property;
  const value = (change: Omit<Edit, 'operator'>): string =>
    `,\n'${name}': ${edited(text, initializer.getStart(source), initializer.getEnd(), change)}`;
  const at = property.getEnd();
  const { reference, code: declaration } = part;
  if (reference === null || !ts.isFunctionDeclaration(declaration) || declaration.name === undefined) {
    return [{ at, text: value(edit), mutant }];
  }
  const copy = copyOfFunction(declaration, edit, index, mutant, source);
  const named = {
    start: reference.getStart(source),
    end: reference.getEnd(),
    text: copyName(declaration.name.text, index + 1),
  };
  return [copy, { at, text: value(named) }];
}

function copyOfFunction(
  code: ts.Node,
  edit: Edit,
  index: number,
  mutant: Mutant,
  source: ts.SourceFile,
  before = '',
): Insertion {
  const name = ts.isFunctionDeclaration(code) ? code.name : undefined;
  const body = edited(source.text, name?.getEnd() ?? 0, code.getEnd(), edit);
  const head = `${before}function ${copyName(name?.text ?? '', index + 1)}`;
  return { at: code.getEnd(), text: `\n${head}${body}\n`, mutant };
}

/** The name of a function's wrong version. */
export function copyName(original: string, number: number): string {
  return `${original}__${number}`;
}

function assemble(text: string, insertions: readonly Insertion[]): MutantModule {
  const ordered = insertions.map((one, order) => ({ one, order }));
  ordered.sort((left, right) => left.one.at - right.one.at || left.order - right.order);
  const mutants: Placed[] = [];
  let result = '';
  let done = 0;
  for (const { one } of ordered) {
    result += text.slice(done, one.at);
    done = one.at;
    const from = result.length;
    result += one.text;
    if (one.mutant !== undefined) mutants.push({ ...one.mutant, from, to: result.length });
  }
  return { text: result + text.slice(done), mutants };
}

/** At most `limit` items, evenly spaced. */
function spread<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  return items.filter(
    (_, index) =>
      Math.floor((index * limit) / items.length) !== Math.floor(((index - 1) * limit) / items.length),
  );
}

function edited(text: string, start: number, end: number, edit: Omit<Edit, 'operator'>): string {
  return text.slice(start, edit.start) + edit.text + text.slice(edit.end, end);
}

/** The text without brackets, spaces and ends of statements: equal ones compile to equal code. */
function essence(text: string): string {
  return text.replace(/[\s();]/g, '');
}

/** The lines that the edit touches, before and after. */
function diffOf(text: string, edit: Edit): string {
  const start = text.lastIndexOf('\n', edit.start - 1) + 1;
  const newline = text.indexOf('\n', edit.end);
  const end = newline === -1 ? text.length : newline;
  const lines = (part: string, sign: string): string =>
    part
      .split('\n')
      .map((line) => `${sign} ${line.trim()}`)
      .join('\n');
  return `${lines(text.slice(start, end), '-')}\n${lines(edited(text, start, end, edit), '+')}`;
}

function nameOf(property: ts.ObjectLiteralElementLike): string {
  const { name } = property;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : '';
}
