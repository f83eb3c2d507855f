// Phrases of users and agents: that every {slot} stands for something, and its typed path.
import { checkExpression } from './expression.js';
import { emptyScope, findColumn, findEntity, noTables, withVariable, type EntityIndex } from './scope.js';
import { typeName } from './types.js';
import { didYouMean, type Report } from './issues.js';
import { leavesOf } from './line-item.js';
import type { DomainSpec } from './domain.js';
import type { Column, Entity, Expr, Phrase, Say, Tool } from './model.js';

type SaySpec = NonNullable<DomainSpec['say']>;

/** Resolves the phrases. */
export function resolveSay(
  spec: SaySpec,
  entities: EntityIndex,
  tools: ReadonlyMap<string, Tool>,
  brokenTools: ReadonlySet<string>,
  policies: readonly string[] | null,
  report: Report,
): Say {
  const asks = Object.entries(spec.tools ?? {}).flatMap(([name, phrases]) => {
    const below = report.at('tools', name);
    const tool = tools.get(name);
    if (tool === undefined && !brokenTools.has(name)) {
      below(`there is no tool '${name}'`, didYouMean(name, [...tools.keys(), ...brokenTools]));
    }
    const { ask, because = [], offer = [] } = phrases;
    const slots = tool?.params.map((param) => param.binds);
    if (slots !== undefined) {
      checkSlots(ask, slots, below.at('ask'));
      checkSlots(because, slots, below.at('because'));
      checkSlots(offer, slots, below.at('offer'));
    }
    return tool === undefined ? [] : [[name, { ask, because, offer }] as const];
  });
  const named = Object.entries(spec.entities ?? {}).flatMap(([name, templates]) => {
    const below = report.at('entities', name);
    const entity = findEntity(entities, name, below);
    if (entity === undefined) return [];
    const phrases = templates.map((template, index) =>
      readPhrase(template, entity, entities, below.at(index)),
    );
    return [[name, phrases] as const];
  });
  const tell = Object.entries(spec.tell ?? {}).map(([name, templates]) => {
    const below = report.at('tell', name);
    const [entityName = '', ...path] = name.split('.');
    const entity = findEntity(entities, entityName, below);
    if (entity !== undefined) {
      checkPath(path, entity, entities, below);
      checkSlots(templates, [entity.snake], below);
    }
    return [name, templates] as const;
  });
  checkAnswers(spec.answers ?? {}, entities, report);
  for (const id of Object.keys(spec.refusals ?? {})) {
    if (policies !== null && !policies.includes(id))
      report.at('refusals', id)(`there is no policy '${id}'`, didYouMean(id, policies));
  }
  // Of what could not be read nobody knows what it has.
  if (entities.broken.size === 0 && brokenTools.size === 0) checkNames(spec, entities, tools, report);
  return {
    tools: Object.fromEntries(asks),
    entities: Object.fromEntries(named),
    tell: Object.fromEntries(tell),
    values: spec.values ?? {},
    questions: spec.questions ?? {},
    answers: spec.answers ?? {},
    refusals: spec.refusals ?? {},
  };
}

/** That there are the members and parameters of which something is said. */
function checkNames(
  { values = {}, questions = {} }: SaySpec,
  entities: EntityIndex,
  tools: ReadonlyMap<string, Tool>,
  report: Report,
): void {
  const params = [...tools.values()].flatMap((tool) => tool.params);
  const types = [
    ...entities.names.flatMap((name) => (entities.get(name)?.columns ?? []).map(({ type }) => type)),
    ...params.flatMap(({ type }) => leavesOf(type)),
  ];
  const members = types.flatMap((type) => (type.kind === 'enum' ? type.of : []));
  for (const name of Object.keys(values)) {
    if (!members.includes(name))
      report.at('values', name)(`no enum has a '${name}'`, didYouMean(name, members));
  }
  const names = params.flatMap(({ name, binds }) => [name, binds]);
  for (const name of Object.keys(questions)) {
    if (!names.includes(name))
      report.at('questions', name)(`no tool takes a '${name}'`, didYouMean(name, names));
  }
}

function checkAnswers(answers: NonNullable<SaySpec['answers']>, entities: EntityIndex, report: Report): void {
  for (const [name, template] of Object.entries(answers)) {
    const below = report.at('answers', name);
    const [entityName = '', attr = ''] = name.split('.');
    const entity = findEntity(entities, entityName, below);
    if (entity !== undefined) findColumn(entities, entity, attr, below);
    checkTemplate(template, ['value'], below);
    if (!template.includes('{value}')) below('{value} is missing');
  }
}

/** The attributes from a row to the value that is asked for: references, then a value. */
function checkPath(path: readonly string[], start: Entity, entities: EntityIndex, report: Report): void {
  let entity: Entity | undefined = start;
  for (const [index, attr] of (path.length === 0 ? [''] : path).entries()) {
    const column: Column | undefined = findColumn(entities, entity, attr, report);
    if (column === undefined || index === path.length - 1) return;
    entity = column.type.kind === 'row' ? entities.get(column.type.entity) : undefined;
    if (entity === undefined) {
      if (column.type.kind !== 'row') report(`'${attr}' of a ${start.name} has no attributes`);
      return;
    }
  }
}

/** The texts between braces, or a problem with the braces themselves. */
function slotsOf(template: string, report: Report): readonly string[] {
  const slots = [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  if (/[{}]/.test(template.replaceAll(/\{[^{}]*\}/g, ''))) report('a brace has no partner');
  return slots;
}

function checkSlots(templates: readonly string[], known: readonly string[], report: Report): void {
  for (const [index, template] of templates.entries()) checkTemplate(template, known, report.at(index));
}

function checkTemplate(template: string, known: readonly string[], report: Report): void {
  for (const slot of slotsOf(template, report)) {
    if (known.includes(slot)) continue;
    const choices = known.length === 0 ? 'there are no slots here' : `slots here: ${known.join(', ')}`;
    report(`{${slot}} stands for nothing; ${choices}`, didYouMean(slot, known));
  }
}

// {copy.book.title} in a phrase for a Loan is the path loan.copy.book.title.
function readPhrase(template: string, entity: Entity, entities: EntityIndex, report: Report): Phrase {
  const scope = withVariable(emptyScope(entities, noTables), entity.snake, {
    kind: 'row',
    entity: entity.name,
  });
  const slots = slotsOf(template, report).flatMap((text) => {
    const path = checkSlot(text, entity, scope, report);
    return path === undefined ? [] : [{ text, path }];
  });
  return { template, slots };
}

function checkSlot(
  text: string,
  entity: Entity,
  scope: ReturnType<typeof emptyScope>,
  report: Report,
): Expr | undefined {
  if (!/^[a-z]\w*(\.[a-z]\w*)*$/.test(text)) {
    report(`{${text}} is not a path of attributes`, `as in {${entity.columns[1]?.attr ?? 'id'}}`);
    return undefined;
  }
  const path = checkExpression(`${entity.snake}.${text}`, scope, report);
  if (path !== undefined && (path.type.kind === 'row' || path.type.kind === 'list')) {
    report(`{${text}} is ${typeName(path.type)}: a phrase needs one of its values`);
    return undefined;
  }
  return path;
}
