// Reading a spec from YAML (or JSON, which YAML contains): limits first, then the text's own
// problems, then the check, with the line of each problem.
import { Composer, LineCounter, Parser, type Document } from 'yaml';
import { fail, ok, type Issue, type Result } from '../core/result.js';
import { checkSpec } from './check.js';
import { oneLine } from './issues.js';
import { findOddities, locator, mostAliases } from './yaml-place.js';
import type { Domain } from './model.js';

const largest = 2 * 1024 * 1024;
const deepest = 40;
const mostShown = 50;

/** Reads and checks the text of a domain spec. Never throws. */
export function readSpec(text: string): Result<Domain> {
  const lines = new LineCounter();
  const document = readDocument(text, lines);
  if (!document.ok) return document;
  const value = toValue(document.value);
  if (!value.ok) return value;
  return checkSpec(value.value, locator(document.value, lines));
}

function problem(message: string, line?: number): Result<never> {
  return fail<Issue[]>([{ path: '', message, ...(line === undefined ? {} : { line }) }]);
}

function readDocument(text: string, lines: LineCounter): Result<Document> {
  const size = Buffer.byteLength(text);
  if (size > largest)
    return problem(`${(size / 1024 / 1024).toFixed(1)} MB is too large: a spec has at most 2 MB`);
  const tooDeep = depthLine(text);
  if (tooDeep !== undefined) return problem(`nested more than ${deepest} deep`, tooDeep);
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, lineCounter: lines });
  const documents = [...composer.compose(new Parser(lines.addNewLine).parse(text))];
  const [document, second] = documents;
  if (document === undefined) return problem('the file is empty');
  const lineOf = (offset: number): number => lines.linePos(offset).line;
  if (second !== undefined) return problem('the file holds more than one document', lineOf(second.range[0]));
  const flaws = [...document.errors, ...document.warnings].map((flaw) => ({
    message: flaw.message.split('\n')[0] ?? '',
    offset: flaw.pos[0],
  }));
  const found = flaws.length > 0 ? flaws : findOddities(document);
  const issues: Issue[] = found
    .slice(0, mostShown)
    .map(({ message, offset }) => ({ path: '', message: oneLine(message), line: lineOf(offset) }));
  return issues.length > 0 ? fail(issues) : ok(document as Document);
}

// The composer recurses, so that depth is judged on the text before: brackets outside quotes, and
// blocks by their indentation. A spec never comes near the limit.
function depthLine(text: string): number | undefined {
  let open = 0;
  let quote = '';
  let line = 1;
  let indents: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (at === 0 || text.charAt(at - 1) === '\n') {
      const lead = /^[ ]*(?:[-?:] +)*/.exec(text.slice(at, at + 400))?.[0] ?? '';
      const column = lead.length;
      const marks = lead.replaceAll(' ', '').length;
      if (marks > deepest) return line;
      if (quote === '' && open === 0) {
        indents = [...indents.filter((indent) => indent < column), column];
        if (indents.length > deepest) return line;
      }
    }
    if (character === '\n') line++;
    if (quote !== '') {
      if (character === '\\' && quote === '"') at++;
      else if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && /^$|[\s[{,:(]/.test(text.charAt(at - 1)))
      quote = character;
    else if (character === '[' || character === '{') open++;
    else if ((character === ']' || character === '}') && open > 0) open--;
    if (open > deepest) return line;
  }
  return undefined;
}

function toValue(document: Document): Result<unknown> {
  try {
    return ok(document.toJS({ maxAliasCount: mostAliases }) as unknown);
  } catch (error) {
    // The library throws for aliases alone: too many, or to themselves.
    return problem(error instanceof ReferenceError ? 'too many aliases' : 'the document cannot be read');
  }
}
