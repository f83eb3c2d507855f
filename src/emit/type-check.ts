// Checks emitted files under this project's own strict options. Everything is in memory but the
// declarations of 'toolgrove/guest', which the build has written; the standard library is parsed once.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Project } from 'ts-morph';
import { Bug } from '../core/errors.js';
import type { Issue } from '../core/result.js';
import { ts } from './syntax.js';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  noEmit: true,
};

const guestPackage = '/node_modules/toolgrove';
let shared: Project | undefined;

/** What TypeScript says of the files; nothing, when they are right. */
export function typeCheck(files: Readonly<Record<string, string>>): readonly Issue[] {
  const project = (shared ??= startProject());
  const sources = Object.entries(files).map(([path, text]) =>
    project.createSourceFile(`/domain/${path}`, text, { overwrite: true }),
  );
  const issues = sources.flatMap((source) =>
    source.getPreEmitDiagnostics().map((diagnostic): Issue => {
      const start = diagnostic.getStart();
      return {
        path: source.getBaseName(),
        message: ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, ' '),
        ...(start === undefined ? {} : { line: source.getLineAndColumnAtPos(start).line }),
      };
    }),
  );
  for (const source of sources) project.removeSourceFile(source);
  return issues;
}

function startProject(): Project {
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: options });
  const root = builtRoot();
  const manifest = {
    name: 'toolgrove',
    type: 'module',
    exports: { './guest': { types: './sandbox/guest/index.d.ts' } },
  };
  const files = project.getFileSystem();
  files.writeFileSync('/package.json', JSON.stringify({ type: 'module' }));
  files.writeFileSync(`${guestPackage}/package.json`, JSON.stringify(manifest));
  for (const path of declarations(root, 'sandbox/guest/index.d.ts')) {
    files.writeFileSync(`${guestPackage}/${path}`, readFileSync(join(root, path), 'utf8'));
  }
  return project;
}

/** The declaration files that one imports, with itself. */
function declarations(root: string, entry: string): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const text = readFileSync(join(root, path), 'utf8');
    for (const [, name = ''] of text.matchAll(/from '(\.[^']+)\.js'/g)) {
      follow(join(dirname(path), `${name}.d.ts`));
    }
  };
  follow(entry);
  return found;
}

// The folder of built files: this file's own when it runs from there, else beside the sources.
function builtRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    for (const root of [folder, join(folder, 'dist')]) {
      if (existsSync(join(root, 'sandbox/guest/index.d.ts'))) return root;
    }
    const parent = dirname(folder);
    if (parent === folder) throw new Bug('the guest library is not built');
    folder = parent;
  }
}
