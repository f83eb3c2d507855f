// Small wrong versions of a tool, made in the spec: those of its expressions, a dropped requirement, a
// dropped statement, an if that is always or never taken.
import type { Assignment, Expr, Returns, SpecTool, Statement } from '../spec/model.js';
import { exprVariants, replaced, type Entities, type Variant } from './variants.js';

/** All wrong versions of a tool. */
export function* toolVariants(tool: SpecTool, entities: Entities): Generator<Variant<SpecTool>> {
  for (const [index, one] of tool.lets.entries()) {
    for (const inner of exprVariants(one.value, entities)) {
      yield {
        ...inner,
        value: { ...tool, lets: replaced(tool.lets, index, { ...one, value: inner.value }) },
      };
    }
  }
  for (const [index, one] of tool.requires.entries()) {
    const without = tool.requires.filter((_, at) => at !== index);
    yield { what: `drop require ${one.code}`, value: { ...tool, requires: without }, at: one.holds };
    for (const inner of exprVariants(one.holds, entities)) {
      const requires = replaced(tool.requires, index, { ...one, holds: inner.value });
      yield { ...inner, value: { ...tool, requires } };
    }
  }
  for (const inner of bodyVariants(tool.body, entities)) {
    yield { ...inner, value: { ...tool, body: inner.value } };
  }
  for (const inner of returnVariants(tool.returns, entities)) {
    yield { ...inner, value: { ...tool, returns: inner.value } };
  }
}

function* returnVariants(returns: Returns, entities: Entities): Generator<Variant<Returns>> {
  if ('value' in returns) {
    for (const inner of exprVariants(returns.value, entities))
      yield { ...inner, value: { value: inner.value } };
    return;
  }
  for (const [name, value] of Object.entries(returns.fields)) {
    for (const inner of exprVariants(value, entities)) {
      yield { ...inner, value: { fields: { ...returns.fields, [name]: inner.value } } };
    }
  }
}

function* bodyVariants(
  body: readonly Statement[],
  entities: Entities,
): Generator<Variant<readonly Statement[]>> {
  for (const [index, statement] of body.entries()) {
    yield { what: `drop ${statement.kind}`, value: body.filter((_, at) => at !== index), at: null };
    for (const inner of statementVariants(statement, entities)) {
      yield { ...inner, value: replaced(body, index, inner.value) };
    }
  }
}

function* statementVariants(statement: Statement, entities: Entities): Generator<Variant<Statement>> {
  switch (statement.kind) {
    case 'fire':
    case 'delete':
      return;
    case 'set':
      for (const [index, one] of statement.assignments.entries()) {
        if (statement.assignments.length > 1) {
          const assignments = statement.assignments.filter((_, at) => at !== index);
          const shows = heldOtherwise(one, entities);
          yield { what: `drop set ${one.column}`, value: { ...statement, assignments }, at: null, shows };
        }
        for (const inner of exprVariants(one.value, entities)) {
          const assignments = replaced(statement.assignments, index, { ...one, value: inner.value });
          yield { ...inner, value: { ...statement, assignments } };
        }
      }
      return;
    case 'create':
      for (const [column, value] of Object.entries(statement.values)) {
        for (const inner of exprVariants(value, entities)) {
          const values = { ...statement.values, [column]: inner.value };
          yield { ...inner, value: { ...statement, values } };
        }
      }
      return;
    case 'if':
      for (const value of [true, false]) {
        const condition: Expr = { kind: 'literal', value, type: { kind: 'bool' } };
        yield { what: `if ${value}`, value: { ...statement, condition }, at: statement.condition };
      }
      for (const inner of exprVariants(statement.condition, entities)) {
        yield { ...inner, value: { ...statement, condition: inner.value } };
      }
      for (const inner of bodyVariants(statement.then, entities)) {
        yield { ...inner, value: { ...statement, then: inner.value } };
      }
      for (const inner of bodyVariants(statement.else, entities)) {
        yield { ...inner, value: { ...statement, else: inner.value } };
      }
      return;
    case 'each': {
      const { where } = statement;
      if (where !== undefined) {
        const { where: _, ...rest } = statement;
        yield { what: 'drop where', value: rest, at: where };
        for (const inner of exprVariants(where, entities)) {
          yield { ...inner, value: { ...statement, where: inner.value } };
        }
      }
      for (const inner of bodyVariants(statement.do, entities)) {
        yield { ...inner, value: { ...statement, do: inner.value } };
      }
    }
  }
}

/** The column holds something other than what it is set to. */
function heldOtherwise({ row, entity, column, value }: Assignment, entities: Entities): { when: Expr }[] {
  const info = entities.get(entity)?.columns.find((one) => one.column === column);
  if (info === undefined) return [];
  const now: Expr = { kind: 'member', of: row, attr: info.attr, column, type: info.type };
  return [{ when: { kind: 'binary', op: '!=', left: now, right: value, type: { kind: 'bool' } } }];
}
