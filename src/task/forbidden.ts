// What must not be done though it would work, and what must not be told: exactly one rule is against it.
import { must } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { columnsOf, follow } from '../policy/belief/path.js';
import type { Rule } from '../policy/belief/rules.js';
import type { Call } from '../policy/talk.js';
import { typedValue } from '../policy/typed-value.js';
import { traceRows } from '../spec/evaluate.js';
import { holdsGuard } from '../spec/interpret.js';
import { mentions } from '../spec/mention.js';
import type { Expr, Tool } from '../spec/model.js';
import { ruleOn } from '../spec/rule.js';
import type { Session } from '../world/world.js';
import { callOf, namedRows } from './chain.js';
import type { ChainStep } from './chain-model.js';
import type { Conceal, Question, TurnedDown } from './draft.js';
import { entityNamed, type Ground } from './ground.js';
import { concealersAt, concealersOf, concealsOn, placeOf } from './questions.js';
import { pickCaller, sampleArgs } from './sample-call.js';
import type { Usage } from './use.js';

/** A forbidden call of somebody, as a step that can be said. */
export interface Case {
  readonly caller: string;
  readonly step: ChainStep;
  readonly call: Call;
}

export interface CaseOptions {
  /** Somebody in particular, or whoever the tool makes sense for. */
  readonly caller: string | null;
  /** Rows that the case has to leave alone. */
  readonly avoid: ReadonlySet<string>;
  readonly attempts: number;
}

/** Looks for a call of the tool that breaks this rule alone. */
export function findCase(
  ground: Ground,
  usage: Usage,
  rule: Rule,
  toolName: string,
  { caller: fixed, avoid, attempts }: CaseOptions,
  rng: Rng,
): Case | null {
  const tool = must(ground.tools.get(toolName), `tool ${toolName}`);
  const condition = conditionOf(rule, tool);
  if (condition === undefined) return null;
  // A rule about whose something is shows on what is somebody else's.
  const foreign = mentions(condition, 'caller') ? 0.6 : 0;
  const session = ground.open();
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const caller = fixed ?? pickCaller(ground, tool, usage, rng);
      const options = { usage, made: [], named: [], avoid, foreign };
      const sampled = sampleArgs(ground, tool, caller, rng, options);
      const step = sampled === null ? null : { tool: toolName, args: sampled };
      const call = step === null ? null : callOf(ground, session, [], step, caller);
      if (step === null || call === null) continue;
      if (breaksOnly(session, call, caller, rule) && worksOn(session, call)) return { caller, step, call };
    }
    return null;
  } finally {
    session.close();
  }
}

/** Looks for a value that exactly this policy keeps from somebody who can ask for it. */
export function findSecret(
  ground: Ground,
  rule: Conceal,
  key: string,
  { caller: fixed, avoid, attempts }: CaseOptions,
  rng: Rng,
): { readonly caller: string; readonly question: Question } | null {
  const [entity = '', ...path] = key.split('.');
  const attr = path.join('.');
  const column = columnsOf(ground.domain, entity, attr)?.at(-1);
  const ids = ground.ids.get(entity) ?? [];
  const anybody = ground.ids.get(ground.domain.caller) ?? [];
  if (column === undefined || ids.length === 0 || anybody.length === 0) return null;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const id = rng.pick(ids);
    // Whose it is in one way may not be told of it in another; what nobody is told, they ask of their own.
    const owners = ground.owners.get(id) ?? [];
    const asksOwn = rule.unless === undefined ? owners.length > 0 : owners.length > 1 && rng.chance(0.7);
    const caller = fixed ?? rng.pick(asksOwn ? owners : anybody);
    const value = follow(ground.domain, ground.source, entity, id, attr) ?? null;
    if (value === null || avoid.has(id)) continue;
    const question = { entity, id, attr, value: typedValue(column, value) };
    const [only, ...others] = concealersOf(ground, question, caller);
    const isOnly = only?.id === rule.id && others.length === 0;
    if (isOnly && !isToBeHad(ground, question, caller)) return { caller, question };
  }
  return null;
}

/** Whether the caller may be told of the same value in another row: nobody could say which was meant. */
function isToBeHad(ground: Ground, question: Question, caller: string): boolean {
  const place = placeOf(ground, question);
  if (place === null) return false;
  const { entity, column } = place;
  const { key } = entityNamed(ground, entity);
  return ground.source
    .rows(entity, [])
    .some(
      (row) =>
        row[column] === question.value.value &&
        concealersAt(ground, { ...place, id: String(row[key]) }, caller).length === 0,
    );
}

/** Whether exactly its rule is against it now. */
export function isForbidden(ground: Ground, session: Session, one: TurnedDown, caller: string): boolean {
  return one.end === 'concealed'
    ? isSecret(ground, session, one, caller)
    : breaksOnly(session, one.call, caller, one.rule);
}

function breaksOnly(session: Session, { tool, args }: Call, caller: string, rule: Rule): boolean {
  const violated = session.violatedGuards(tool, args, caller);
  return violated.ok && violated.value.length === 1 && violated.value[0] === rule.id;
}

function isSecret(
  ground: Ground,
  session: Session,
  { question, rule }: Extract<TurnedDown, { end: 'concealed' }>,
  caller: string,
): boolean {
  const place = placeOf(ground, question);
  const judged = place === null ? null : session.concealed(place.entity, place.id, caller);
  if (place === null || judged === null || !judged.ok) return false;
  const against = concealsOn(ground.domain, place).filter(
    ({ id, unless }) => unless?.[place.entity] === undefined || judged.value.includes(id),
  );
  return against.length === 1 && against[0]?.id === rule.id;
}

/** Whether it would come about now if it were not forbidden: the tool would carry it out and change something. */
export function wouldWork(session: Session, one: TurnedDown): boolean {
  return one.end === 'concealed' || worksOn(session, one.call);
}

function worksOn(session: Session, { tool, args }: Call): boolean {
  const before = session.digest();
  const trial = session.fork();
  try {
    if (trial.call(tool, args).type !== 'result') return false;
    const after = trial.digest();
    return before.ok && after.ok && before.value !== after.value;
  } finally {
    trial.close();
  }
}

/** Ids of the rows that an agent must have read: whose values trigger the rule, else those the call is about. */
export function triggersOf(ground: Ground, one: TurnedDown, caller: string): readonly string[] {
  if (one.end === 'concealed') {
    const place = placeOf(ground, one.question);
    // What is never told is refused without a look at it.
    return place === null || one.rule.unless?.[place.entity] === undefined ? [] : [place.id];
  }
  const { rule, call } = one;
  const tool = must(ground.tools.get(call.tool), `tool ${call.tool}`);
  const condition = must(conditionOf(rule, tool), `condition of ${rule.id}`);
  // Of a conjunction that fails, the first part that fails is what triggers the rule.
  const parts = rule.kind === 'guard' ? conjuncts(condition) : [condition];
  for (const part of parts) {
    const trace = traceRows(ground.source);
    const holds = holdsGuard(part, tool, call.args, caller, trace.source, rule.kind === 'guard');
    if ((!holds || rule.kind === 'escalate') && trace.rows.size > 0) return [...trace.rows.keys()].toSorted();
  }
  return namedRows(ground, [call])
    .map(({ id }) => id)
    .toSorted();
}

function conjuncts(expr: Expr): readonly Expr[] {
  if (expr.kind !== 'binary' || expr.op !== 'and') return [expr];
  return [...conjuncts(expr.left), ...conjuncts(expr.right)];
}

export function conditionOf(rule: Rule, tool: Tool): Expr | undefined {
  return ruleOn(rule, tool)?.condition;
}
