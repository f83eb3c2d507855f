// TypeScript to the JavaScript modules that the guest runs: types are erased file by file, nothing
// is checked (type-check.ts does that).
import { ts } from './syntax.js';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  removeComments: true,
};

/** The JavaScript of each file: tools.ts becomes tools.js. */
export function compileModules(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path.replace(/\.ts$/, '.js'),
      ts.transpileModule(text, { compilerOptions: options, fileName: path }).outputText,
    ]),
  );
}
