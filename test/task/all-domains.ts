// Every domain of the repository, so that laws of composing hold of those to come as well.
import { readdirSync } from 'node:fs';

export const domainIds: readonly string[] = readdirSync(new URL('../../domains/', import.meta.url))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.slice(0, -'.yaml'.length))
  .sort();
