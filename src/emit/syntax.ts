// The TypeScript compiler, as ts-morph bundles it: the one door to syntax trees in this program.
import { ts } from 'ts-morph';

export { ts };

/** Parses a file, with parents set. */
export function parseSource(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
}

/** Every node of a tree, parents before children, in the order of the text. */
export function descendants(root: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(root, visit);
  return nodes;
}

/** The text of a file with the node's text replaced. */
export function replaceNode(file: ts.SourceFile, node: ts.Node, text: string): string {
  return file.text.slice(0, node.getStart(file)) + text + file.text.slice(node.getEnd());
}
