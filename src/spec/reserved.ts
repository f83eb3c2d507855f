// Names that a spec cannot give: words of TypeScript and of the expression language, what emitted
// modules call their own things, and names that mean something on every JavaScript object.

const objectWords = new Set(['__proto__', 'constructor', 'prototype']);

// Those that cannot name a variable in a module; type, of, number and the like can.
const typescriptWords = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

const languageWords = new Set(['and', 'or', 'not', 'in', 'where', 'now', 'today']);
const policyWords = new Set(['caller', 'subject']);
const functionWords = new Set('ceil floor round abs date min max count exists all sum first list'.split(' '));
const emittedWords = new Set(
  (
    'db args context ok fail present sum min max tools tables guards invariants addMinutes dateOf minutesBetween ' +
    'globalThis Math String Number Boolean Object Array Date NaN Infinity'
  ).split(' '),
);
const emittedTypes = new Set(
  (
    'Db Table TableInfo Tool ToolResult Guard GuardContext Invariant Refusal Row Record Omit Pick Partial Readonly ' +
    'Required Exclude Extract Array ReadonlyArray Object String Number Boolean Date Map Set Promise Symbol Error ' +
    'Function RegExp Math JSON Proxy Reflect Intl Iterator'
  ).split(' '),
);

const camel = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Why a name cannot be used for anything, if it cannot. */
export function isReservedName(name: string): string | undefined {
  return objectWords.has(name) ? 'means something on every JavaScript object' : undefined;
}

/** Why a name has a meaning of its own in expressions, if it has. */
export function isReservedWord(name: string): string | undefined {
  if (languageWords.has(name)) return 'is a word of the expression language';
  return policyWords.has(name) ? 'has a meaning in policies' : undefined;
}

/** Why a variable (a parameter, `let`, `as` or one of an aggregate) cannot have the name, if it cannot. */
export function isReservedVariable(name: string): string | undefined {
  return isReservedWord(name) ?? isReservedFunction(name);
}

/** Why a tool cannot have the name, if it cannot. */
export function isReservedFunction(name: string): string | undefined {
  const written = camel(name);
  if (typescriptWords.has(written)) return 'is a word of TypeScript';
  if (emittedWords.has(written)) return 'is used by emitted code';
  if (name === 'transfer_to_human') return 'is a tool of every domain';
  return isReservedName(name);
}

/** Why a decision table cannot have the name, if it cannot. */
export function isReservedTable(name: string): string | undefined {
  if (functionWords.has(name)) return 'is a function of the expression language';
  if (name === 'hour' || name === 'day') return 'is used by emitted code';
  return isReservedVariable(name);
}

/** Why an entity cannot have the name, if it cannot. */
export function isReservedEntity(name: string): string | undefined {
  return emittedTypes.has(name) ? 'is used by emitted code' : isReservedName(name);
}
