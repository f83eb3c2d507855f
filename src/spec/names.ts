// How names of the spec become names in code, state and results. One place, so that the
// interpreter, the emitter and the oracle agree.
import pluralize from 'pluralize';

/** VetSlot → vet_slot */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** vet_slot → vetSlot */
export function camelCase(snake: string): string {
  return snake.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export function spaced(snake: string): string {
  return snake.replaceAll('_', ' ');
}

export function plural(word: string): string {
  return pluralize.plural(word);
}

/** The variable that a parameter binds: loan for loan_id, copies for copy_ids, else its own name. */
export function boundName(param: string): string {
  if (param.endsWith('_ids')) return plural(param.slice(0, -4));
  return param.endsWith('_id') ? param.slice(0, -3) : param;
}

/** Short id prefixes, none of which begins another: Vet → VE, VetSlot → VS. */
export function assignPrefixes(entities: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  const free = (prefix: string): boolean => [...taken.values()].every((other) => other !== prefix);
  for (const entity of entities) {
    const words = snakeCase(entity)
      .split('_')
      .map((word) => word.toUpperCase());
    const initials = words.map((word) => word.charAt(0)).join('');
    const letters = words.join('');
    const candidates = [
      ...(initials.length > 1 ? [initials] : []),
      ...Array.from(
        { length: letters.length - 1 },
        (_, last) => letters.charAt(0) + letters.charAt(last + 1),
      ),
      ...Array.from({ length: 90 }, (_, index) => `${letters.charAt(0)}${index + 10}`),
    ];
    const prefix = candidates.find((candidate) => candidate.length > 1 && free(candidate));
    taken.set(entity, prefix ?? `${letters}${taken.size}`);
  }
  return taken;
}
