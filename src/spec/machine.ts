// State machines: states in the order in which they are first named, events with their refusals,
// and that every state and event can be reached from the first.
import { snakeCase, spaced } from './names.js';
import { isReservedName } from './reserved.js';
import { didYouMean, type Report } from './issues.js';
import type { EntitySpec } from './domain.js';
import type { StateEvent, StateMachine } from './machine-model.js';

type MachineSpec = NonNullable<EntitySpec['states']>;

/** Resolves the state machine of an entity. */
export function checkMachine(entity: string, spec: MachineSpec, report: Report): StateMachine {
  const events = Object.entries(spec.events).map(([name, event]) => {
    const reason = isReservedName(name);
    if (reason !== undefined) report.at('events', name)(`an event cannot be called '${name}': it ${reason}`);
    return resolveEvent(entity, name, event);
  });
  const states = [...new Set([spec.init, ...events.flatMap((event) => [...event.from, event.to])])];
  const machine = { states, init: spec.init, events };
  for (const state of states) {
    const reason = isReservedName(state);
    if (reason !== undefined) report(`a state cannot be called '${state}': it ${reason}`);
  }
  checkReach(machine, report);
  if (spec.weights === undefined) return machine;
  for (const [state, weight] of Object.entries(spec.weights)) {
    if (!states.includes(state)) {
      report.at('weights', state)(`there is no state '${state}'`, didYouMean(state, states));
    }
    if (weight < 0) report.at('weights', state)('a weight cannot be negative');
  }
  return { ...machine, weights: spec.weights };
}

function resolveEvent(entity: string, name: string, spec: MachineSpec['events'][string]): StateEvent {
  const given = Array.isArray(spec) ? { from: spec[0], to: spec[1] } : spec;
  const from = [...new Set(typeof given.from === 'string' ? [given.from] : given.from)];
  const [only = '', ...others] = from;
  const snake = snakeCase(entity);
  const single = others.length === 0;
  const code = single ? `${snake}_not_${only}` : `${snake}_cannot_${name}`;
  const message = single
    ? `The ${spaced(snake)} is not ${spaced(only)}.`
    : `The ${spaced(snake)} cannot be changed from its present state.`;
  return {
    name,
    from,
    to: given.to,
    code: ('code' in given ? given.code : undefined) ?? code.toUpperCase(),
    message: ('message' in given ? given.message : undefined) ?? message,
  };
}

function checkReach({ states, init, events }: StateMachine, report: Report): void {
  if (states.length > 1 && !events.some((event) => event.from.includes(init))) {
    const others = states.filter((state) => state !== init);
    report.at('init')(`no event starts from the first state '${init}'`, didYouMean(init, others));
    return;
  }
  const reached = new Set([init]);
  for (let grown = true; grown;) {
    const size = reached.size;
    for (const event of events) {
      if (event.from.some((state) => reached.has(state))) reached.add(event.to);
    }
    grown = reached.size > size;
  }
  for (const event of events) {
    const place = report.at('events', event.name);
    for (const state of event.from) {
      const entered = state === init || events.some((other) => other.to === state);
      if (!entered) place(`the state '${state}' has no way in`, didYouMean(state, reached));
    }
    if (!event.from.some((state) => reached.has(state))) {
      place(`this never fires: no state that it starts from is reached from '${init}'`);
    }
  }
}
