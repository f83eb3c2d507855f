// All mutants of an emitted file in one module. Each unit (a tool, a guard on a tool, an invariant)
// stands in an object that names it; a mutant is a copy of the unit under another name in the same
// object, so that one guest holds the original and all its wrong versions, one type check judges all
// of them, and running a mutant costs what running a tool costs.
import { parseSource, ts } from '../emit/syntax.js';
import { editsIn, type Edit, type Vocabulary } from './mutators.js';

/** A named piece of emitted code: path of names from the exported object, as ['guards', 'own', 'renew_loan']. */
export interface Unit {
  readonly path: readonly string[];
  /** The name in the object: what mutants copy. */
  readonly property: ts.ObjectLiteralElementLike;
  /** Where the unit's code stands: a function declaration, or the property's own value. */
  readonly code: ts.Node;
  readonly declared: boolean;
}

export interface Mutant {
  readonly id: string;
  readonly file: 'tools.ts' | 'guards.ts';
  readonly unit: readonly string[];
  readonly operator: string;
  /** The name under which the wrong version stands beside the unit. */
  readonly name: string;
  readonly diff: string;
}

interface Placed extends Mutant {
  readonly from: number;
  readonly to: number;
  readonly same: boolean;
}

export interface MutantModule {
  /** The file with all mutants in it. */
  readonly text: string;
  /** With their place in the text, and whether they compile to what the original compiles to. */
  readonly mutants: readonly Placed[];
}

/** Marks the name of a mutant: no tool, policy or invariant has such a name. */
export const mark = '~';

/** The units of an emitted file: the properties of its exported registry objects. */
export function unitsOf(source: ts.SourceFile): Unit[] {
  const functions = new Map<string, ts.FunctionDeclaration>();
  const objects: { name: string; literal: ts.ObjectLiteralExpression }[] = [];
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) {
      functions.set(statement.name.text, statement);
    }
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      const value = initializer === undefined ? undefined : bare(initializer);
      if (ts.isIdentifier(name) && value !== undefined && ts.isObjectLiteralExpression(value)) {
        objects.push({ name: name.text, literal: value });
      }
    }
  }
  const roots = objects.filter(({ name }) => ['tools', 'guards', 'invariants'].includes(name));
  return roots.flatMap(({ name, literal }) =>
    literal.properties.flatMap((property) => {
      const direct = unitAt([name, nameOf(property)], property, functions);
      if (name !== 'guards') return direct;
      const value = ts.isPropertyAssignment(property) ? bare(property.initializer) : undefined;
      const inner =
        value !== undefined && ts.isIdentifier(value)
          ? objects.find((one) => one.name === value.text)?.literal
          : value;
      if (inner === undefined || !ts.isObjectLiteralExpression(inner)) return [];
      return inner.properties.flatMap((one) => unitAt([name, nameOf(property), nameOf(one)], one, functions));
    }),
  );
}

function unitAt(
  path: readonly string[],
  property: ts.ObjectLiteralElementLike,
  functions: ReadonlyMap<string, ts.FunctionDeclaration>,
): Unit[] {
  if (ts.isShorthandPropertyAssignment(property)) {
    const code = functions.get(property.name.text);
    return code === undefined ? [] : [{ path, property, code, declared: true }];
  }
  if (ts.isMethodDeclaration(property)) return [{ path, property, code: property, declared: false }];
  if (!ts.isPropertyAssignment(property)) return [];
  const value = bare(property.initializer);
  const declared = ts.isIdentifier(value) ? functions.get(value.text) : undefined;
  if (declared !== undefined) return [{ path, property, code: declared, declared: true }];
  return [{ path, property, code: property.initializer, declared: false }];
}

export interface MutateOptions {
  /** At most so many mutants of a unit, spread evenly. */
  readonly perUnit: number;
  /** Paths of the units to mutate. */
  readonly units: ReadonlySet<string>;
}

/** Writes mutants of a file into one module. */
export function mutateFile(
  file: Mutant['file'],
  text: string,
  words: Vocabulary,
  options: MutateOptions,
): MutantModule {
  const source = parseSource(file, text);
  const insertions: Insertion[] = [];
  for (const unit of unitsOf(source)) {
    if (!options.units.has(unit.path.join('/'))) continue;
    const seen = new Set<string>();
    const edits = editsIn(unit.code, source, words).filter((edit) => {
      const key = `${edit.start} ${edit.end} ${edit.text}`;
      return !seen.has(key) && seen.add(key);
    });
    for (const [index, edit] of spread(edits, options.perUnit).entries()) {
      insertions.push(...copyOf(file, unit, edit, index, source));
    }
  }
  return assemble(text, insertions);
}

interface Insertion {
  readonly at: number;
  readonly text: string;
  readonly mutant?: Mutant & { readonly same: boolean };
}

function copyOf(
  file: Mutant['file'],
  unit: Unit,
  edit: Edit,
  index: number,
  source: ts.SourceFile,
): Insertion[] {
  const { text } = source;
  const unitName = unit.path[unit.path.length - 1] ?? '';
  const name = `${unitName}${mark}${index + 1}`;
  const mutant = {
    id: `${unit.path.slice(1).join('/')}${mark}${index + 1}`,
    file,
    unit: unit.path,
    operator: edit.operator,
    name,
    diff: diffOf(text, edit),
    same: code(edited(text, edit.start, edit.end, edit)) === code(text.slice(edit.start, edit.end)),
  };
  const end = unit.property.getEnd();
  if (!unit.declared) {
    const start = unit.code.getStart(source);
    const value = edited(text, start, unit.code.getEnd(), edit);
    const copy = ts.isMethodDeclaration(unit.code)
      ? `'${name}'${value.slice(unit.code.name.getEnd() - start)}`
      : `'${name}': ${value}`;
    return [{ at: end, text: `,\n${copy}`, mutant }];
  }
  const declaration = unit.code as ts.FunctionDeclaration;
  const identifier = `${declaration.name?.text ?? 'unit'}__${index + 1}`;
  const nameStart = declaration.name?.getStart(source) ?? declaration.getStart(source);
  const nameEnd = declaration.name?.getEnd() ?? nameStart;
  const body = edited(text, nameEnd, declaration.getEnd(), edit);
  return [
    { at: declaration.getEnd(), text: `\nfunction ${identifier}${body}\n`, mutant },
    { at: end, text: `, '${name}': ${identifier}` },
  ];
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

function edited(text: string, start: number, end: number, edit: Edit): string {
  return text.slice(start, edit.start) + edit.text + text.slice(edit.end, end);
}

/** What the text compiles to, without what does not run. */
function code(text: string): string {
  return ts.transpileModule(text, { compilerOptions: { removeComments: true } }).outputText;
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

function bare(expression: ts.Expression): ts.Expression {
  if (
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isParenthesizedExpression(expression)
  ) {
    return bare(expression.expression);
  }
  return expression;
}

function nameOf(property: ts.ObjectLiteralElementLike): string {
  const { name } = property;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : '';
}
