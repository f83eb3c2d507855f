// Mutation operators: small wrong edits of emitted TypeScript, found in its syntax tree. Each edit
// replaces a span of the text. The operators are those of mutation testing's literature (comparison,
// boundary, connective, arithmetic, literal, statement) and those that table code invites: another
// column, another row, a dropped filter, another refusal code.
import { ts } from '../emit/syntax.js';

export interface Edit {
  readonly operator: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What of the domain the literals can be confused with. */
export interface Vocabulary {
  /** Groups of words of which one may stand for another: members of an enum, states of a machine. */
  readonly enums: readonly (readonly string[])[];
  /** Columns by the property of Db. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
}

type Kind = ts.SyntaxKind;
const K = ts.SyntaxKind;

const comparisons = new Map<Kind, readonly string[]>([
  [K.LessThanToken, ['<=', '>=']],
  [K.LessThanEqualsToken, ['<', '>']],
  [K.GreaterThanToken, ['>=', '<=']],
  [K.GreaterThanEqualsToken, ['>', '<']],
  [K.EqualsEqualsEqualsToken, ['!==']],
  [K.ExclamationEqualsEqualsToken, ['===']],
]);
const connectives = new Map<Kind, readonly string[]>([
  [K.AmpersandAmpersandToken, ['||']],
  [K.BarBarToken, ['&&']],
]);
const arithmetic = new Map<Kind, readonly string[]>([
  [K.PlusToken, ['-']],
  [K.MinusToken, ['+']],
  [K.AsteriskToken, ['/']],
  [K.SlashToken, ['*']],
]);
const renamedCalls = new Map([
  ['Math.ceil', 'Math.floor'],
  ['Math.floor', 'Math.ceil'],
  ['Math.round', 'Math.floor'],
  ['Math.min', 'Math.max'],
  ['Math.max', 'Math.min'],
  ['min', 'max'],
  ['max', 'min'],
]);
const renamedMethods = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['find', 'findLast'],
  ['includes', 'startsWith'],
  ['toLowerCase', 'trim'],
]);

/** All edits inside a node. */
export function editsIn(root: ts.Node, source: ts.SourceFile, words: Vocabulary): Edit[] {
  const edits: Edit[] = [];
  const add = (operator: string, node: ts.Node, text: string): void => {
    edits.push({ operator, start: node.getStart(source), end: node.getEnd(), text });
  };
  const text = (node: ts.Node): string => node.getText(source);
  const locals = localRows(root);

  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return; // types do not run
    if (ts.isBinaryExpression(node)) mutateBinary(node, add, text);
    else if (ts.isIfStatement(node)) mutateIf(node, add, text);
    else if (ts.isConditionalExpression(node))
      add('negate condition', node.condition, `!(${text(node.condition)})`);
    else if (ts.isPrefixUnaryExpression(node) && node.operator === K.ExclamationToken) {
      add('drop negation', node, `(${text(node.operand)})`);
    } else if (ts.isNumericLiteral(node)) {
      add('literal', node, String(Number(node.text) + 1));
      add('literal', node, `(${Number(node.text) - 1})`);
    } else if (node.kind === K.TrueKeyword) add('literal', node, 'false');
    else if (node.kind === K.FalseKeyword) add('literal', node, 'true');
    else if (ts.isStringLiteral(node)) mutateString(node, words, add);
    else if (ts.isExpressionStatement(node) || ts.isForOfStatement(node)) add('drop statement', node, ';');
    else if (ts.isCallExpression(node)) mutateCall(node, locals, add, text);
    else if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
      if (besideSpread(node)) dropProperty('drop assignment', node, source, edits);
      else if (isEntry(node)) dropProperty('drop entry', node, source, edits);
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  return edits;
}

type Add = (operator: string, node: ts.Node, text: string) => void;
type Text = (node: ts.Node) => string;

function mutateBinary(node: ts.BinaryExpression, add: Add, text: Text): void {
  const operator = node.operatorToken.kind;
  for (const other of comparisons.get(operator) ?? []) add('comparison', node.operatorToken, other);
  for (const other of arithmetic.get(operator) ?? []) add('arithmetic', node.operatorToken, other);
  for (const other of connectives.get(operator) ?? []) {
    // In brackets, lest the new operator bind other operands.
    add('connective', node, `((${text(node.left)}) ${other} (${text(node.right)}))`);
    add('drop operand', node, `(${text(node.left)})`);
    add('drop operand', node, `(${text(node.right)})`);
  }
}

function mutateIf(node: ts.IfStatement, add: Add, text: Text): void {
  add('negate condition', node.expression, `!(${text(node.expression)})`);
  if (node.elseStatement === undefined) add('drop statement', node, ';');
  else {
    add('drop branch', node, text(node.thenStatement));
    add('drop branch', node, text(node.elseStatement));
  }
}

function mutateString(node: ts.StringLiteral, words: Vocabulary, add: Add): void {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return;
  if (ts.isCallExpression(parent)) {
    const callee = parent.expression;
    if (ts.isIdentifier(callee) && callee.text === 'fail') {
      if (parent.arguments[0] === node) add('refusal code', node, `'${node.text}_X'`);
      return;
    }
    if (
      ts.isPropertyAccessExpression(callee) &&
      callee.name.text === 'where' &&
      parent.arguments[0] === node
    ) {
      const table = ts.isPropertyAccessExpression(callee.expression) ? callee.expression.name.text : '';
      for (const other of words.columns.get(table) ?? []) {
        if (other !== node.text) add('where column', node, `'${other}'`);
      }
      return;
    }
  }
  const others = new Set(words.enums.filter((group) => group.includes(node.text)).flat());
  others.delete(node.text);
  for (const other of [...others].slice(0, 2)) add('other word', node, `'${other}'`);
}

function mutateCall(node: ts.CallExpression, locals: readonly string[], add: Add, text: Text): void {
  const callee = node.expression;
  const renamed = renamedCalls.get(text(callee));
  if (renamed !== undefined) add('other function', callee, renamed);
  if (ts.isIdentifier(callee) && callee.text === 'ok') {
    const [value] = node.arguments;
    if (value === undefined) return;
    for (const other of locals) if (other !== text(value)) add('other row', value, other);
    return;
  }
  if (!ts.isPropertyAccessExpression(callee)) return;
  const method = callee.name.text;
  const other = renamedMethods.get(method);
  if (other !== undefined) add('other function', callee.name, other);
  if (method === 'filter') add('drop filter', node, text(callee.expression));
  if (method === 'where') add('drop filter', node, `${text(callee.expression)}.all()`);
}

/** Names of the constants that a function declares: what could be returned instead. */
function localRows(root: ts.Node): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) names.push(node.name.text);
    if (!ts.isArrowFunction(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(root, visit);
  return names;
}

/** A property that stands beside a spread can be left out: the spread row's own value then stays. */
function besideSpread(node: ts.ObjectLiteralElementLike): boolean {
  return ts.isObjectLiteralExpression(node.parent) && node.parent.properties.some(ts.isSpreadAssignment);
}

/** What an invariant says of rows of another entity. */
function isEntry(node: ts.ObjectLiteralElementLike): boolean {
  const owner = node.parent.parent;
  return ts.isPropertyAssignment(owner) && ts.isIdentifier(owner.name) && owner.name.text === 'touchedBy';
}

function dropProperty(
  operator: string,
  node: ts.ObjectLiteralElementLike,
  source: ts.SourceFile,
  edits: Edit[],
): void {
  const siblings = (node.parent as ts.ObjectLiteralExpression).properties;
  const index = siblings.indexOf(node);
  const [previous, next] = [siblings[index - 1], siblings[index + 1]];
  const start = previous?.getEnd() ?? node.getStart(source);
  // A first one goes with its comma, be it before the next or a trailing one.
  const end = previous === undefined ? (next?.getStart(source) ?? siblings.end) : node.getEnd();
  edits.push({ operator, start, end, text: '' });
}
