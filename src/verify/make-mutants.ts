// The mutants of an emitted domain, in groups that share a module. Those that do not type-check
// (under the project's own strict options) or compile to what the original compiles to are left out.
import { compileModules } from '../emit/compile.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { parseSource, type ts } from '../emit/syntax.js';
import { typeCheck } from '../emit/type-check.js';
import type { Domain } from '../spec/model.js';
import {
  editsOf,
  mutateFile,
  tableUnits,
  unitsOf,
  type Mutant,
  type MutantModule,
  type Unit,
  type UnitEdit,
} from './mutants.js';
import type { MutantGroup } from './mutation.js';
import type { Vocabulary } from './mutators.js';
import { askersOf } from './table-mutants.js';

/** Mutants that share a module: fewer would copy the originals more often, more would unbalance the workers. */
const mutantsPerGroup = 120;

/** Makes, checks and compiles the mutants; `perUnit` bounds them. */
export function makeMutants(
  domain: Domain,
  emitted: EmittedDomain,
  perUnit: number,
): { readonly groups: readonly MutantGroup[]; readonly generated: number; readonly invalid: number } {
  const words = vocabularyOf(domain);
  const tables = domain.tables.map(({ name }) => name);
  const modules = (['tables.ts', 'tools.ts', 'guards.ts'] as const).flatMap((file) => {
    const source = parseSource(file, emitted.files[file] ?? '');
    const units = file === 'tables.ts' ? tableUnits(source, tables) : unitsOf(source);
    return chunksOf(file, source, units, words, perUnit).map((module) => ({ file, module }));
  });
  const valid = checkModules(emitted, modules);
  const groups = modules.map(({ file, module }, index) => ({
    file,
    compiled: compileModules({ [file]: module.text })[file.replace('.ts', '.js')] ?? '',
    mutants: (valid[index] ?? []).map(({ from: _from, to: _to, ...mutant }) => mutant),
    ...(file === 'tables.ts' ? { askers: askersOf(domain) } : {}),
  }));
  const generated = modules.reduce((sum, { module }) => sum + module.mutants.length, 0);
  const kept = groups.reduce((sum, { mutants }) => sum + mutants.length, 0);
  return { groups: groups.filter(({ mutants }) => mutants.length > 0), generated, invalid: generated - kept };
}

/** The mutants of a file, by unit, split so that no module holds too many. */
function chunksOf(
  file: Mutant['file'],
  source: ts.SourceFile,
  units: readonly Unit[],
  words: Vocabulary,
  perUnit: number,
): readonly MutantModule[] {
  const modules: MutantModule[] = [];
  let chunk: (readonly UnitEdit[])[] = [];
  let size = 0;
  const close = (): void => {
    if (size > 0) modules.push(mutateFile(file, source, chunk));
    chunk = [];
    size = 0;
  };
  for (const unit of units) {
    const edits = editsOf(unit, source, words, perUnit);
    if (size > 0 && size + edits.length > mutantsPerGroup) close();
    chunk.push(edits);
    size += edits.length;
  }
  close();
  return modules;
}

function checkModules(
  emitted: EmittedDomain,
  modules: readonly { readonly file: Mutant['file']; readonly module: MutantModule }[],
): readonly MutantModule['mutants'][] {
  const names = modules.map(({ file }, index) => `${file.replace('.ts', '')}-${index}.ts`);
  const files = { ...emitted.files };
  for (const [index, name] of names.entries()) files[name] = modules[index]?.module.text ?? '';
  const wrong = new Map<string, number[]>();
  for (const { path, line } of typeCheck(files)) {
    if (line !== undefined) wrong.set(path, [...(wrong.get(path) ?? []), line]);
  }
  return modules.map(({ module }, index) => {
    const starts = lineStarts(module.text);
    const lines = (wrong.get(names[index] ?? '') ?? []).map((line) => starts[line - 1] ?? 0);
    const bad = (from: number, to: number): boolean => lines.some((start) => start >= from && start < to);
    return module.mutants.filter(({ from, to }) => !bad(from, to));
  });
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function vocabularyOf(domain: Domain): Vocabulary {
  const enums: (readonly string[])[] = [];
  const columns = new Map<string, readonly string[]>();
  for (const entity of domain.entities) {
    columns.set(
      entity.table,
      entity.columns.map(({ column }) => column),
    );
    if (entity.machine !== undefined) enums.push(entity.machine.states);
    for (const { type } of entity.columns) if (type.kind === 'enum') enums.push(type.of);
  }
  for (const tool of domain.tools) {
    for (const { type } of tool.params) if (type.kind === 'enum') enums.push(type.of);
  }
  for (const { inputs, gives } of domain.tables) {
    for (const type of [...inputs.map((input) => input.type), gives]) {
      if (type.kind === 'enum') enums.push(type.of);
    }
  }
  return { enums, columns };
}
