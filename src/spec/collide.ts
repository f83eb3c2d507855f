// Names that differ in the spec but would be one in code, data or refusals.
import { sameLines } from './line-item.js';
import { camelCase } from './names.js';
import { isReservedFunction, isReservedVariable } from './reserved.js';
import type { Report } from './issues.js';
import type { TableIndex } from './scope.js';
import type { Entity, SpecTool, Tool } from './model.js';

/** Reports entities that would share a table or a variable. */
export function checkEntityNames(entities: readonly Entity[], report: Report): void {
  for (const { name, snake } of entities) {
    const reason = isReservedVariable(snake);
    if (reason !== undefined) report.at(name)(`an entity cannot be called '${name}': '${snake}' ${reason}`);
  }
  const derived = [
    ['table', (entity: Entity) => entity.table],
    ['variable', (entity: Entity) => camelCase(entity.snake)],
    ['id prefix', (entity: Entity) => entity.prefix],
  ] as const;
  for (const [what, nameOf] of derived) {
    const owners = new Map<string, string>();
    for (const entity of entities) {
      const name = nameOf(entity);
      const other = owners.get(name);
      if (other !== undefined) {
        report.at(entity.name)(
          `${other} and ${entity.name} would share the ${what} '${name}'`,
          'give one a plural',
        );
      }
      owners.set(name, entity.name);
    }
  }
}

/** The tools by name; reports those of one name, and functions of one name (tables are functions too). */
export function joinTools(
  derived: readonly (readonly [place: Report, tool: Tool])[],
  written: readonly (readonly [place: Report, tool: Tool])[],
  tables: TableIndex,
): ReadonlyMap<string, Tool> {
  const tools = new Map<string, Tool>();
  const taken = new Map([...tables.keys()].map((name) => [camelCase(name), name]));
  const functions = new Map<string, string>();
  for (const [place, tool] of [...derived, ...written]) {
    const code = camelCase(tool.name);
    const other = functions.get(code);
    const origin = tools.get(tool.name)?.kind === 'derived' ? ', which the entity brings by itself' : '';
    const reason = isReservedFunction(tool.name);
    const table = taken.get(code);
    if (table !== undefined) place(`there is a table '${table}' already`);
    if (other !== undefined) place(`there is a tool '${other}' already${origin}`);
    if (reason !== undefined) place(`a tool cannot be called '${tool.name}': it ${reason}`);
    functions.set(code, tool.name);
    if (!tools.has(tool.name)) tools.set(tool.name, tool);
  }
  return tools;
}

/** Reports refusal codes that would mean two things: one that every world has, or two in one tool. */
export function checkCodes(entities: readonly Entity[], tools: readonly SpecTool[], report: Report): void {
  const meanings = new Map<string, string>();
  for (const code of ['UNKNOWN_TOOL', 'INVALID_ARGUMENTS'])
    meanings.set(code, 'that the call itself is wrong');
  for (const { snake, words, pluralWords, columns } of entities) {
    const upper = snake.toUpperCase();
    meanings.set(`${upper}_NOT_FOUND`, `that no ${words} has the id`);
    meanings.set(`${upper}_IN_USE`, `that the ${words} is still in use`);
    meanings.set(`${upper}_AMBIGUOUS`, `that several ${pluralWords} match`);
    for (const { attr, unique, role } of columns) {
      if (unique && role !== 'key')
        meanings.set(`${attr.toUpperCase()}_TAKEN`, `that another row has the ${attr}`);
    }
  }
  for (const { name, machine } of entities) {
    for (const event of machine?.events ?? []) {
      clash(meanings, event.code, report.at('entities', name, 'states', 'events', event.name));
    }
  }
  for (const { name, params, requires } of tools) {
    const own = new Map(
      params.flatMap((param) => sameLines(param) ?? []).map((one) => [one.code, one.message]),
    );
    for (const [index, { code, message }] of requires.entries()) {
      const place = report.at('tools', name, 'require', index, 1);
      clash(meanings, code, place);
      if (own.get(code) !== message) clash(own, code, place);
      own.set(code, message);
    }
  }
}

function clash(meanings: ReadonlyMap<string, string>, code: string, place: Report): void {
  const other = meanings.get(code);
  if (other !== undefined) place(`the code ${code} already means: ${other}`);
}
