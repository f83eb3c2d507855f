// A value as it is told to a user, typed by its column, so that the composer that wants it told and
// the agent that tells it agree.
import type { Column } from '../spec/model.js';
import type { Scalar, TypedValue } from './talk.js';

export function typedValue(column: Column, value: Scalar): TypedValue {
  return { type: typeOf(column), value };
}

function typeOf(column: Column): TypedValue['type'] {
  if (column.role === 'key' || column.role === 'reference') return 'id';
  if (column.role === 'status') return 'enum';
  switch (column.type.kind) {
    case 'int':
    case 'number':
    case 'money':
    case 'bool':
    case 'date':
    case 'datetime':
    case 'enum':
      return column.type.kind;
    default:
      return 'string';
  }
}
