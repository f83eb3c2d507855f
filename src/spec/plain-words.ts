// The words of a domain that have no paths in their slots: how users ask, and how values and rules are said.

export interface PlainWords {
  /** By tool. */
  readonly tools: Readonly<Record<string, ToolWords>>;
  /** How a user asks for a value, by `Entity.attr`. */
  readonly tell: Readonly<Record<string, readonly string[]>>;
  /** How members of enums are said; others by their names. */
  readonly values: Readonly<Record<string, string>>;
  /** How an agent asks for a parameter, by its name or what it binds. */
  readonly questions: Readonly<Record<string, string>>;
  /** How an agent tells a {value}, by `Entity.attr`. */
  readonly answers: Readonly<Record<string, string>>;
  /** How an agent gives a rule to a user, by the policy's id; others by their text. */
  readonly refusals: Readonly<Record<string, string>>;
}

interface ToolWords {
  readonly ask: readonly string[];
  readonly because: readonly string[];
  /** How an agent says what it would do. */
  readonly offer: readonly string[];
}
