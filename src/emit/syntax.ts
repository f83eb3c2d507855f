// The TypeScript compiler, as ts-morph bundles it: the one door to syntax trees in this program.
import { ts } from 'ts-morph';

export { ts };

/** Parses a file, with parents set. */
export function parseSource(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
}
