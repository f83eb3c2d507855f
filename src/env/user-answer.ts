// What the user answers when it is asked for something: its own attributes, arguments of its wishes by
// the name of the parameter or of what it stands for, and what it knows of the rows it has named.
import type { Reference, UserAct } from '../policy/talk.js';
import { boundName, snakeCase } from '../spec/names.js';
import type { Scenario } from '../task/task.js';

/** The acts that answer for these slots; what is not known is said to be unknown. */
export function answerTo(
  scenario: Scenario,
  { open }: { readonly open: number },
  { fulfilled, own: attributes }: { readonly fulfilled: readonly number[]; readonly own: readonly string[] },
  slots: readonly string[],
): readonly UserAct[] {
  const own = slots.filter((slot) => Object.hasOwn(scenario.known, slot));
  const specified = new Map<number, Record<string, Reference>>();
  const unknown: string[] = [];
  for (const slot of slots) {
    if (own.includes(slot)) continue;
    // An attribute of the caller that they do not know is no attribute of anything else.
    const asked = attributes.includes(slot) ? [] : askedFor(scenario, open, fulfilled, slot);
    for (const { wish, arg, reference } of asked) {
      specified.set(wish, { ...specified.get(wish), [arg]: reference });
    }
    if (asked.length === 0) unknown.push(slot);
  }
  return [
    ...(own.length === 0
      ? []
      : [
          {
            act: 'inform',
            slots: own.map((slot) => ({ slot, value: scenario.known[slot] ?? null })),
          } as const,
        ]),
    ...[...specified].map(([wish, args]) => ({ act: 'specify', wish, args, corrects: false }) as const),
    ...(unknown.length === 0 ? [] : [{ act: 'unknown', slots: unknown } as const]),
  ];
}

interface Argument {
  readonly wish: number;
  readonly arg: string;
  readonly reference: Reference;
}

/** The arguments that a slot may mean: those that were withheld, else those of open wishes, else any. */
function askedFor(
  scenario: Scenario,
  open: number,
  fulfilled: readonly number[],
  slot: string,
): readonly Argument[] {
  const said = argumentsOf(scenario).filter(({ wish }) => wish < open);
  const named = said.filter((argument) => isNamed(scenario, argument, slot));
  const meant = named.length > 0 ? named : said.filter(({ reference }) => knows(reference, slot));
  const waiting = meant.filter(({ wish }) => !fulfilled.includes(wish));
  const withheld = waiting.filter(({ wish, arg }) =>
    scenario.withheld.some((one) => one.wish === wish && one.arg === arg),
  );
  return [withheld, waiting, meant].find(({ length }) => length > 0) ?? [];
}

function argumentsOf({ wishes }: Scenario): readonly Argument[] {
  return wishes.flatMap((wish, index) => {
    const references = wish.wish === 'do' ? Object.entries(wish.args) : [['of', wish.of] as const];
    return references
      .filter(([, reference]) => reference.type !== 'caller')
      .map(([arg, reference]) => ({ wish: index, arg, reference }));
  });
}

/** `hold_id`, `hold` and the row that is asked about may all be asked for as a hold. */
function isNamed({ wishes }: Scenario, { wish, arg, reference }: Argument, slot: string): boolean {
  const bound = boundName(slot);
  if (arg === slot || boundName(arg) === bound) return true;
  const asked = wishes[wish];
  if (asked?.wish === 'tell') return snakeCase(asked.entity) === bound;
  return isOf(reference, bound);
}

/** Whether the reference is to rows of an entity of that name. */
function isOf(reference: Reference, entity: string): boolean {
  if (reference.type === 'list') return reference.items.some((item) => isOf(item, entity));
  return reference.type === 'row' && snakeCase(reference.entity) === entity;
}

/** Whether the slot is an attribute by which the reference names its row. */
function knows(reference: Reference, slot: string): boolean {
  switch (reference.type) {
    case 'row':
      return reference.facts.some((fact) => 'value' in fact && fact.path.split('.').pop() === slot);
    case 'list':
      return reference.items.some((item) => knows(item, slot));
    case 'record':
      return Object.entries(reference.fields).some(([field, of]) => field === slot || knows(of, slot));
    case 'value':
    case 'caller':
    case 'made':
      return false;
  }
}
