// What a file of emitted code needs from elsewhere, noted while its functions are written.
import type { Domain } from '../spec/model.js';

export interface FileNeeds {
  readonly domain: Domain;
  readonly imports: Set<string>; // of toolgrove/guest
  readonly types: Set<string>; // of state.ts
  readonly tables: Set<string>; // functions of tables.ts
  readonly durations: Set<'hour' | 'day'>;
}

export function startNeeds(domain: Domain, imports: readonly string[], types: readonly string[]): FileNeeds {
  return {
    domain,
    imports: new Set(imports),
    types: new Set(types),
    tables: new Set(),
    durations: new Set(),
  };
}
