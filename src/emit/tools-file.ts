// tools.ts: the tools of a domain, one function each, and the table by which the guest finds them.
import type { Domain } from '../spec/model.js';
import { hardline, join, print, type Doc } from './layout.js';
import { emittedFile } from './module-text.js';
import { functionName } from './identifiers.js';
import { startNeeds } from './file-needs.js';
import { toolFunction } from './tool-text.js';
import { propertyKey } from './code.js';

export interface ToolsFile {
  readonly text: string;
  /** By tool, the codes with which its function refuses, those for unknown ids apart. */
  readonly refusals: ReadonlyMap<string, readonly string[]>;
}

/** Emits tools.ts. */
export function toolsFile(domain: Domain): ToolsFile {
  const file = startNeeds(domain, ['type Tool'], ['Db']);
  const functions = domain.tools.map((tool) => toolFunction(tool, file));
  const entries = domain.tools.map((tool): Doc => [
    `  ${propertyKey(tool.name)}: ${functionName(tool.name)},`,
    hardline,
  ]);
  const table: Doc = ['export const tools: Readonly<Record<string, Tool<Db>>> = {', hardline, entries, '};'];
  const body = join([hardline, hardline], [...functions.map(({ doc }) => doc), table]);
  const about = `${domain.title}: the tools. A refusal undoes what the call has written.`;
  return {
    text: emittedFile(file, about, print(body)),
    refusals: new Map(domain.tools.map((tool, at) => [tool.name, functions[at]?.refusals ?? []])),
  };
}
