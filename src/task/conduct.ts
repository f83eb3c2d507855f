// How the caller will behave, drawn before gold is made, since gold has to cope with it: who speaks,
// what they keep to themselves until they are asked, what they say wrongly first, what they bring up
// later, and whether they take no for an answer.
import type { Rng } from '../core/rng.js';
import { personaNamed, personas, pickManner } from '../language/persona.js';
import { rowsMatching } from '../policy/belief/resolve.js';
import { policiesOn } from '../policy/belief/rules.js';
import type { Reference } from '../policy/talk.js';
import type { Param } from '../spec/model.js';
import type { Description } from './describe.js';
import { describeRow } from './describe.js';
import { speakAs, type SpokenWish } from './goal.js';
import { entityNamed, freeRows, rowEntity, type Ground } from './ground.js';
import { canWithhold } from './phrase.js';
import { sampleValue } from './sample-value.js';
import type { Scenario, Task, WishedArgument } from './task.js';

export interface Conduct extends Pick<
  Scenario,
  'persona' | 'ordered' | 'withheld' | 'corrected' | 'later' | 'insists'
> {
  /** The first, wrong words of what is corrected: by `wish.arg`. */
  readonly firsts: Readonly<Record<string, Description>>;
}

/** How often each happens, where it can. */
const shares = { withhold: 0.35, again: 0.2, correct: 0.2, later: 0.3, insist: 0.4 } as const;

const attempts = 6;

/** Draws a conduct for a caller with these wishes. */
export function drawConduct(
  ground: Ground,
  kind: Task['kind'],
  caller: string,
  wishes: readonly SpokenWish[],
  ordered: boolean,
  rng: Rng,
): Conduct {
  const persona = rng.pick(isGrave(ground, wishes) ? serious : personas).name;
  const later = wishes.length > 1 && rng.chance(shares.later) ? rng.int(1, wishes.length - 1) : wishes.length;
  const withheld = drawWithheld(ground, wishes.slice(0, later), persona, rng);
  const wrong = rng.chance(shares.correct)
    ? drawCorrected(ground, caller, wishes.slice(0, later), withheld, rng)
    : null;
  const insists = (kind === 'refuse' || kind === 'part') && rng.chance(shares.insist);
  return {
    persona,
    ordered,
    withheld,
    corrected: wrong === null ? [] : [{ ...wrong.argument, first: wrong.first.reference }],
    later,
    insists,
    firsts: wrong === null ? {} : { [keyOf(wrong.argument)]: wrong.first },
  };
}

/** Nobody is cheerful about a death or a theft. */
const grave = /\b(?:died|death|dead|passed away|euthanasia|put to sleep|stolen|robbed|injured)\b/i;
const serious = personas.filter(({ register }) => register !== 'casual');

function isGrave(ground: Ground, wishes: readonly SpokenWish[]): boolean {
  return wishes.some((spoken) => {
    if (spoken.wish.wish === 'tell') return false;
    const asks = ground.domain.say.tools[spoken.wish.tool]?.ask ?? [];
    return hasGraveValue(spoken) || grave.test([spoken.wish.tool.replaceAll('_', ' '), ...asks].join(' '));
  });
}

/** Whether a value of the wish makes it grave, which the tool's usual reasons do not know of. */
export function hasGraveValue({ wish }: SpokenWish): boolean {
  return wish.wish === 'do' && grave.test(JSON.stringify(wish.args));
}

/** Says everything at once and takes the first answer. */
export function plainConduct(wishes: number, ordered: boolean): Conduct {
  return {
    persona: 'plain',
    ordered,
    withheld: [],
    corrected: [],
    later: wishes,
    insists: false,
    firsts: {},
  };
}

export function keyOf({ wish, arg }: WishedArgument): string {
  return `${wish}.${arg}`;
}

/** Up to two arguments, of different wishes, that a wish can be asked for without. */
function drawWithheld(
  ground: Ground,
  wishes: readonly SpokenWish[],
  persona: string,
  rng: Rng,
): readonly WishedArgument[] {
  if (!rng.chance(shares.withhold)) return [];
  const manner = pickManner(personaNamed(persona), ground.state.now, rng);
  const open = rng.shuffle(argumentsOf(ground, wishes)).filter(({ wish, arg }) => {
    const spoken = wishes[wish];
    return spoken !== undefined && canWithhold(ground, spoken, arg, manner);
  });
  const [first] = open;
  if (first === undefined) return [];
  // Two of one name would be asked for in one breath, and nobody would know which answer is for which.
  const second = rng.chance(shares.again)
    ? open.find((other) => other.wish !== first.wish && other.askedAs !== first.askedAs)
    : undefined;
  return [first, ...(second === undefined ? [] : [second])]
    .map(({ wish, arg }) => ({ wish, arg }))
    .sort((left, right) => left.wish - right.wish);
}

interface Argument extends WishedArgument {
  readonly param: Param | null;
  /** What it is asked for as: a row by its kind, a value by its name. */
  readonly askedAs: string;
}

/** Arguments that have words of their own and that an agent would miss. */
function argumentsOf(ground: Ground, wishes: readonly SpokenWish[]): readonly Argument[] {
  // Who is asked for their email address gives their own, and not one that they wish for.
  const own = new Set(entityNamed(ground, ground.domain.caller).columns.map((column) => column.attr));
  return wishes.flatMap(({ wish, spoken }, index) => {
    const params = wish.wish === 'do' ? (ground.tools.get(wish.tool)?.params ?? []) : [];
    return Object.entries(spoken).flatMap(([arg, { reference }]): Argument[] => {
      const param = params.find((other) => other.name === arg) ?? null;
      // What somebody brings along is told at once, in all its lines.
      if (param?.type.kind === 'list' && param.type.item.kind === 'record') return [];
      if (param?.optional === true || own.has(arg) || own.has(param?.binds ?? arg)) return [];
      if (reference.type === 'caller' || JSON.stringify(reference).includes('"made"')) return [];
      // Who asks about a thing that is nobody's says which.
      const asked = wish.wish === 'tell' ? wish.entity : null;
      if (asked !== null && (ground.paths.get(asked) ?? []).length === 0) return [];
      // Without a name everybody speaks of themselves.
      const row = param === null ? asked : rowEntity(param);
      if (row === ground.domain.caller) return [];
      return [{ wish: index, arg, param, askedAs: row ?? arg }];
    });
  });
}

/**
 * An argument that is said wrongly first: of a tool that asks for the caller to be identified, so that
 * no fair agent can have acted before the caller puts it right.
 */
function drawCorrected(
  ground: Ground,
  caller: string,
  wishes: readonly SpokenWish[],
  withheld: readonly WishedArgument[],
  rng: Rng,
): { readonly argument: WishedArgument; readonly first: Description } | null {
  const open = argumentsOf(ground, wishes).filter(({ wish, arg }) => {
    const wished = wishes[wish]?.wish;
    const said = !withheld.some((other) => other.wish === wish && other.arg === arg);
    return said && wished?.wish === 'do' && policiesOn(ground.domain, 'verify', wished.tool).length > 0;
  });
  for (const { wish, arg, param } of rng.shuffle(open)) {
    const spoken = wishes[wish];
    const first = spoken === undefined || param === null ? null : mistake(ground, caller, spoken, param, rng);
    // What is taken back must have been said once, or nobody would know where to put it right.
    if (first !== null && !isSaid(wishes, first)) return { argument: { wish, arg }, first };
  }
  return null;
}

function isSaid(wishes: readonly SpokenWish[], { reference }: Description): boolean {
  const text = JSON.stringify(reference);
  return wishes.some(({ spoken }) =>
    Object.values(spoken).some((other) => JSON.stringify(other.reference) === text),
  );
}

/** Something else of the same kind: another row that the caller may mean, another value. */
function mistake(
  ground: Ground,
  caller: string,
  spoken: SpokenWish,
  param: Param,
  rng: Rng,
): Description | null {
  const right = spoken.spoken[param.name];
  const tool = spoken.wish.wish === 'do' ? ground.tools.get(spoken.wish.tool) : undefined;
  if (right === undefined || tool === undefined) return null;
  const { type } = param;
  const same = JSON.stringify(right.reference);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const other =
      type.kind === 'row'
        ? otherRow(ground, caller, type.entity, right.reference, rng)
        : type.kind === 'list'
          ? null
          : speakAs(ground, caller, type, sampleValue(ground, tool, param, type, rng), rng);
    if (other !== null && JSON.stringify(other.reference) !== same) return other;
  }
  return null;
}

/** Another row of the kind that the caller may speak of. */
function otherRow(
  ground: Ground,
  caller: string,
  entity: string,
  right: Reference,
  rng: Rng,
): Description | null {
  if (right.type !== 'row') return null;
  const meant = rowsMatching(ground.domain, ground.source, entity, right.facts, caller);
  const rows = freeRows(ground, entity, caller).filter((id) => !meant.includes(id));
  return rows.length === 0 ? null : describeRow(ground, caller, entity, rng.pick(rows), rng);
}
