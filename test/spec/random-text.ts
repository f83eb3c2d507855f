// Random expressions over the boat hire as text: mostly of the right type, at times not, at times
// without proof that something is there. What the checker makes of them is the point.
import type { Rng } from '../../src/core/rng.js';

type Kind =
  | 'bool'
  | 'int'
  | 'money'
  | 'number'
  | 'datetime'
  | 'date'
  | 'duration'
  | 'class'
  | 'string'
  | 'Guest'
  | 'Boat'
  | 'Hire'
  | 'list';

const kinds: readonly Kind[] = [
  'bool',
  'int',
  'money',
  'number',
  'datetime',
  'date',
  'duration',
  'class',
  'string',
  'Guest',
  'Boat',
  'Hire',
  'list',
];

/** A random expression that is meant to be of a random kind. */
export function randomText(rng: Rng): string {
  let fresh = 0;
  const rows: [name: string, kind: 'Guest' | 'Boat' | 'Hire'][] = [
    ['hire', 'Hire'],
    ['guest', 'Guest'],
    ['boat', 'Boat'],
    ['skipper', 'Guest'],
  ];
  const lines: string[] = []; // variables of line items

  function text(kind: Kind, depth: number): string {
    const wanted = rng.chance(0.03) ? rng.pick(kinds) : kind;
    return depth <= 0 ? leaf(wanted) : node(wanted, depth - 1);
  }

  // Tests a path for null, rightly or wrongly, and then speaks of what it leads to.
  function guarded(depth: number): string {
    const path = rng.pick([
      'skipper',
      `${row('Hire')}.skipper`,
      `${row('Guest')}.sponsor`,
      ...lines.map((line) => `${line}.guest`),
    ]);
    const date = `${row('Boat')}.serviced`;
    const [tested, use] = rng.chance(0.8)
      ? [
          path,
          (): string =>
            rng.pick([
              `${path}.name == 'x'`,
              `${path}.sponsor == guest`,
              `count(Hire w where w.guest == ${path}) < 2`,
            ]),
        ]
      : [date, (): string => `${date} < today`];
    rows.push([path, 'Guest']);
    const right = rng.chance(0.6) ? use() : text('bool', depth);
    rows.pop();
    return rng.pick([
      `(${tested} != null and ${right})`,
      `(${tested} == null or ${right})`,
      `(${tested} != null or ${right})`,
      `(not (${tested} == null) and ${right})`,
      `(not (${tested} != null and n > 2) or ${right})`,
      `(not (${tested} == null or n > 2) and ${right})`,
      `exists(Boat x where ${tested} != null and x.seats > 1 and ${right})`,
      `all(Boat x: ${right} where ${tested} != null)`,
      `((${tested} == guest or n > 3) and ${right})`,
      `(${tested} == guest and ${right})`,
    ]);
  }

  // Comparisons of one path with small numbers: at times they contradict each other.
  function compared(): string {
    const path = rng.pick(['n', 'boat.seats', 'count(hires)', ...lines.map((line) => `${line}.seats`)]);
    const one = (): string => `${path} ${rng.pick(['<', '<=', '>', '>=', '==', '!='])} ${rng.int(1, 4)}`;
    return rng.pick([`(${one()} and ${one()})`, `(${one()} or ${one()})`, `(not (${one()}) and ${one()})`]);
  }

  function row(kind: 'Guest' | 'Boat' | 'Hire'): string {
    const known = rows.filter(([, other]) => other === kind).map(([name]) => name);
    const hire = rng.pick(rows.filter(([, other]) => other === 'Hire').map(([name]) => name));
    if (kind === 'Guest')
      return rng.pick([...known, `${hire}.guest`, `${hire}.skipper`, `${rng.pick(known)}.sponsor`]);
    return kind === 'Boat' ? rng.pick([...known, `${hire}.boat`]) : rng.pick(known);
  }

  function leaf(kind: Kind): string {
    switch (kind) {
      case 'bool':
        return rng.pick([
          'true',
          `${row('Guest')} != null`,
          `${row('Boat')}.serviced != null`,
          'skipper == null',
        ]);
      case 'int':
        return rng.pick([
          'n',
          '3',
          `${row('Boat')}.seats`,
          'count(hires)',
          'count(lines)',
          ...lines.map((line) => `${line}.seats`),
        ]);
      case 'money':
        return rng.pick(['250', `${row('Hire')}.deposit`]);
      case 'number':
        return rng.pick(['0.5', 'n', '2.25']);
      case 'datetime':
        return rng.pick(['now', `${row('Hire')}.due`, "'2025-06-01T10:00Z'"]);
      case 'date':
        return rng.pick(['today', `${row('Boat')}.serviced`, `date(${row('Hire')}.due)`]);
      case 'duration':
        return rng.pick(['2h', '1d', '30min']);
      case 'class':
        return rng.pick([`${row('Boat')}.class`, "'canoe'"]);
      case 'string':
        return rng.pick([
          `${row('Guest')}.name`,
          `${row('Guest')}.email`,
          "'x'",
          `${row('Hire')}.note`,
          ...lines.map((line) => `${line}.note`),
          `${row('Hire')}.id`,
        ]);
      case 'list':
        return rng.pick(['hires', 'list(Boat every)']);
      default:
        return row(kind);
    }
  }

  function over(depth: number): {
    from: string;
    where: string;
    body: (kind: Kind) => string;
    end: () => void;
  } {
    const entity = rng.pick(['Guest', 'Boat', 'Hire'] as const);
    const name = `v${fresh++}`;
    if (rng.chance(0.25)) return overLines(name, depth);
    const listed = rng.chance(0.3);
    rows.push([name, listed ? 'Hire' : entity]);
    return {
      from: listed ? `${name} in hires` : `${entity} ${name}`,
      where: rng.chance(0.7) ? ` where ${text('bool', depth)}` : '',
      body: (kind) => text(kind, depth),
      end: () => void rows.pop(),
    };
  }

  function overLines(name: string, depth: number): ReturnType<typeof over> {
    lines.push(name);
    rows.push([`${name}.boat`, 'Boat'], [`${name}.guest`, 'Guest']);
    return {
      from: `${name} in lines`,
      where: rng.chance(0.7) ? ` where ${text('bool', depth)}` : '',
      body: (kind) => text(kind, depth),
      end: () => {
        lines.pop();
        rows.splice(-2);
      },
    };
  }

  function aggregate(fn: string, depth: number, kind?: Kind): string {
    const range = over(depth);
    const body = kind === undefined ? '' : `: ${range.body(kind)}`;
    range.end();
    return `${fn}(${range.from}${body}${range.where})`;
  }

  function node(kind: Kind, depth: number): string {
    const binary = (operator: string, left: Kind, right: Kind): string =>
      `(${text(left, depth)} ${operator} ${text(right, depth)})`;
    switch (kind) {
      case 'bool': {
        const same = rng.pick(kinds.filter((one) => one !== 'list'));
        const ordered = rng.pick(['int', 'money', 'number', 'datetime', 'date', 'duration'] as const);
        return rng.pick([
          () => binary('and', 'bool', 'bool'),
          () => binary('or', 'bool', 'bool'),
          () => `not ${text('bool', depth)}`,
          () => binary(rng.pick(['==', '!=']), same, same),
          () => binary(rng.pick(['<', '<=', '>', '>=']), ordered, ordered),
          () => `(${text('class', depth)} in ['canoe', 'motor_boat'])`,
          () => `(${row('Hire')} in hires)`,
          () => aggregate('exists', depth),
          () => aggregate('all', depth, 'bool'),
          () => guarded(depth),
          () => guarded(depth),
          compared,
          () => `needs_licence(${text('class', depth)}, ${text('money', depth)})`,
        ])();
      }
      case 'int':
        return rng.pick([
          () => binary(rng.pick(['+', '-', '*']), 'int', 'int'),
          () => `${rng.pick(['ceil', 'floor', 'round'])}(${text('number', depth)})`,
          () => aggregate('count', depth),
          () => aggregate('sum', depth, 'int'),
          () => `abs(${text('int', depth)})`,
          () => `-${text('int', depth)}`,
          () => `min(${text('int', depth)}, ${text('int', depth)}, n)`,
        ])();
      case 'money':
        return rng.pick([
          () => binary(rng.pick(['+', '-']), 'money', 'int'),
          () => binary('*', 'money', 'int'),
          () => aggregate('sum', depth, 'money'),
          () => `max(${text('money', depth)}, 0)`,
          () => `day_rate(${text('class', depth)}, ${text('int', depth)}, ${text('bool', depth)})`,
          () => `day_rate(${leaf('class')}, n, ${text('bool', depth)})`,
        ])();
      case 'number':
        return rng.pick([
          () => `(${text('money', depth)} / ${rng.pick(['2', '7', '0.5'])})`,
          () => binary('*', 'money', 'number'),
          () => `(${text('duration', depth)} / ${rng.pick(['1d', '1h'])})`,
        ])();
      case 'datetime':
        return rng.pick([
          () => binary(rng.pick(['+', '-']), 'datetime', 'duration'),
          () => aggregate(rng.pick(['min', 'max']), depth, 'datetime'),
          () => `max(${text('datetime', depth)}, now)`,
        ])();
      case 'date':
        return rng.pick([() => binary('+', 'date', 'duration'), () => `date(${text('datetime', depth)})`])();
      case 'duration':
        return rng.pick([
          () => binary('-', 'datetime', 'datetime'),
          () => binary('-', 'date', 'date'),
          () => binary('*', 'duration', 'int'),
        ])();
      case 'class':
        return rng.chance(0.4) ? `swap(${text('class', depth)}, ${text('bool', depth)})` : leaf(kind);
      case 'list':
        return rng.pick([() => aggregate('list', depth), () => aggregate('list', depth, rng.pick(kinds))])();
      case 'Guest':
      case 'Boat':
      case 'Hire':
        return rng.chance(0.3) ? aggregate('first', depth) : row(kind);
      default:
        return leaf(kind);
    }
  }

  return text(rng.pick(kinds), rng.int(1, 4));
}
