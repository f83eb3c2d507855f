// What is known of constants on the way through emitted code, by their text: that they are not null
// (TypeScript knows it too and needs no `present`), and which values they can have (so that no
// check is emitted whose outcome is known, and no comparison that TypeScript calls unintentional).

export type Literal = string | number | boolean;

export interface Fact {
  readonly present: boolean;
  /** It is null. */
  readonly none?: true;
  /** The values it can have; undefined when that is not known. */
  readonly values?: ReadonlySet<Literal>;
}

export type Facts = ReadonlyMap<string, Fact>;

export const noFacts: Facts = new Map();

export function known(text: string, fact: Fact): Facts {
  return new Map([[text, fact]]);
}

/** What holds when both hold. */
export function both(left: Facts, right: Facts): Facts {
  if (left.size === 0) return right;
  if (right.size === 0) return left;
  const merged = new Map(left);
  for (const [text, fact] of right) {
    const other = merged.get(text);
    merged.set(text, other === undefined ? fact : narrowed(other, fact));
  }
  return merged;
}

/** What holds when one of the two holds. */
export function either(left: Facts, right: Facts): Facts {
  const joined = new Map<string, Fact>();
  for (const [text, fact] of left) {
    const other = right.get(text);
    if (other === undefined) continue;
    const present = fact.present && other.present;
    const values =
      fact.values === undefined || other.values === undefined
        ? undefined
        : new Set([...fact.values, ...other.values]);
    if (fact.none === true && other.none === true) joined.set(text, { present: false, none: true });
    else if (present || values !== undefined) joined.set(text, factOf(present, values));
  }
  return joined;
}

/** What a callback still knows: TypeScript forgets there what it knew of properties. */
export function insideCallback(facts: Facts): Facts {
  return new Map([...facts].filter(([text]) => !text.includes('.')));
}

export function factOf(present: boolean, values: ReadonlySet<Literal> | undefined): Fact {
  return values === undefined ? { present } : { present, values };
}

function narrowed(left: Fact, right: Fact): Fact {
  if (left.none === true || right.none === true) return { present: false, none: true };
  const { values } = right;
  const kept =
    left.values === undefined || values === undefined
      ? (left.values ?? values)
      : new Set([...left.values].filter((value) => values.has(value)));
  return factOf(left.present || right.present, kept);
}
